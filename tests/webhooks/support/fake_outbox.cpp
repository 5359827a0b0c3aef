#include "tests/webhooks/support/fake_outbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace answerback::tests {

using namespace webhooks;

void FakeOutbox::add(EndpointKey endpoint, std::int64_t contact, flows::Instant due_at, int count) {
  const std::scoped_lock lock(mutex_);
  for (int i = 0; i < count; ++i) {
    Row row;
    row.due.key.value = static_cast<std::int64_t>(rows_.size()) + 1;
    row.due.endpoint = endpoint;
    row.due.contact.value = contact + i;
    row.due.event_id = fmt::format("evt_{}_{}", contact + i, rows_.size() + 1);
    row.due.event_type = "conversation.completed";
    row.due.body = fmt::format(R"({{"id":"{}","type":"conversation.completed"}})", row.due.event_id);
    row.due.due_at = due_at;
    rows_.push_back(std::move(row));
  }
}

void FakeOutbox::add_text(engine::Message message, flows::Instant due_at, std::uint32_t attempt) {
  const std::scoped_lock lock(mutex_);
  texts_.push_back({DueSend{std::move(message), attempt, due_at}, true});
}

void FakeOutbox::add_call(engine::CallRequest request, flows::Instant due_at) {
  const std::scoped_lock lock(mutex_);
  calls_.push_back({DueCall{std::move(request), 1, due_at}, Row::State::pending});
}

void FakeOutbox::fail_next_lease() {
  const std::scoped_lock lock(mutex_);
  fails_next_ = true;
}

std::vector<DeliverySettlement> FakeOutbox::settled() const {
  const std::scoped_lock lock(mutex_);
  return settled_;
}

std::vector<SendSettlement> FakeOutbox::settled_texts() const {
  const std::scoped_lock lock(mutex_);
  return settled_texts_;
}

std::vector<CallSettlement> FakeOutbox::settled_calls() const {
  const std::scoped_lock lock(mutex_);
  return settled_calls_;
}

int FakeOutbox::lease_calls() const {
  const std::scoped_lock lock(mutex_);
  return lease_calls_;
}

void FakeOutbox::lease_for(const Want& want, LeasedDeliveries& leased) {
  std::set<std::int64_t> busy;  // contacts with an earlier one that is not finished
  std::optional<flows::Instant> next_due;
  std::uint32_t slots = want.slots;
  for (auto& row : rows_) {
    if (row.due.endpoint != want.endpoint || row.state == Row::State::finished) continue;
    const bool is_head = busy.insert(row.due.contact.value).second;
    if (!is_head || row.state == Row::State::leased) continue;
    if (row.due.due_at <= now_() && slots > 0) {
      --slots;
      row.state = Row::State::leased;
      row.due.lease = {++leases_};
      leased.due.push_back(row.due);
    } else {
      next_due = next_due ? std::min(*next_due, row.due.due_at) : row.due.due_at;
    }
  }
  if (next_due) leased.next_due.emplace_back(want.endpoint, *next_due);
}

LeasedDeliveries FakeOutbox::lease(const std::vector<Want>& wants) {
  const std::scoped_lock lock(mutex_);
  ++lease_calls_;
  if (std::exchange(fails_next_, false)) throw std::runtime_error("the store is busy");
  LeasedDeliveries leased;
  for (const auto& want : wants) lease_for(want, leased);
  return leased;
}

void FakeOutbox::settle(std::vector<DeliverySettlement> settled) {
  const std::scoped_lock lock(mutex_);
  for (auto& each : settled) {
    auto& row = rows_.at(static_cast<std::size_t>(each.delivery.key.value - 1));
    const bool again = each.next.verdict == Verdict::retry;
    row.state = again ? Row::State::pending : Row::State::finished;
    row.due.due_at = each.next.due_at;
    row.due.failures = each.next.failures;
    ++row.due.attempt;
    settled_.push_back(std::move(each));
  }
}

std::pair<std::vector<DueSend>, std::optional<flows::Instant>> FakeOutbox::lease_texts(SendQuota quota) {
  const std::scoped_lock lock(mutex_);
  std::pair<std::vector<DueSend>, std::optional<flows::Instant>> leased;
  for (auto& text : texts_) {
    if (!text.is_pending) continue;
    if (quota.room(line_of(text.send.message)) == 0) continue;
    if (text.send.due_at <= now_()) {
      text.is_pending = false;
      quota.take(line_of(text.send.message));
      leased.first.push_back(text.send);
    } else {
      leased.second = leased.second ? std::min(*leased.second, text.send.due_at) : text.send.due_at;
    }
  }
  return leased;
}

void FakeOutbox::settle_texts(std::vector<SendSettlement> settled) {
  const std::scoped_lock lock(mutex_);
  for (auto& each : settled) {
    for (auto& text : texts_) {
      if (!each.retry || text.send.message.id != each.send.message.id) continue;
      text.is_pending = true;
      text.send.due_at = each.retry_at;
      ++text.send.attempt;
    }
    settled_texts_.push_back(std::move(each));
  }
}

LeasedCalls FakeOutbox::lease_flow_calls(std::uint32_t slots, std::uint32_t per_host) {
  const std::scoped_lock lock(mutex_);
  if (std::exchange(fails_next_, false)) throw std::runtime_error("the store is busy");
  LeasedCalls leased;
  std::map<std::string, std::uint32_t> under_way;
  for (const auto& call : calls_) under_way[host_of(call.due.request)] += call.state == Row::State::leased ? 1 : 0;
  for (auto& call : calls_) {
    auto& taken = under_way[host_of(call.due.request)];
    if (call.state != Row::State::pending || taken >= per_host) continue;
    if (call.due.due_at <= now_() && leased.due.size() < slots) {
      call.state = Row::State::leased;
      ++taken;
      leased.due.push_back(call.due);
    } else {
      leased.next_due = leased.next_due ? std::min(*leased.next_due, call.due.due_at) : call.due.due_at;
    }
  }
  return leased;
}

void FakeOutbox::settle_flow_calls(std::vector<CallSettlement> settled) {
  const std::scoped_lock lock(mutex_);
  for (auto& each : settled) {
    for (auto& call : calls_) {
      if (key_of(call.due.request) != key_of(each.call.request)) continue;
      call.state = each.retry_at ? Row::State::pending : Row::State::finished;
      call.due.due_at = each.retry_at.value_or(call.due.due_at);
      ++call.due.attempt;
    }
    settled_calls_.push_back(std::move(each));
  }
}

Outbox FakeOutbox::port() {
  Outbox port;
  port.lease_deliveries = [this](const std::vector<Want>& wants, const auto& done) { done(lease(wants)); };
  port.settle_deliveries = [this](std::vector<DeliverySettlement> settled) { settle(std::move(settled)); };
  port.lease_sends = [this](SendQuota quota, const auto& done) {
    if (leases_to_fail > 0 && leases_to_fail-- > 0) return done(LeasedTexts{{}, {}, true});
    auto leased = lease_texts(std::move(quota));
    done(LeasedTexts{std::move(leased.first), leased.second});
  };
  port.start_send = [this](const DueSend&, const auto& done) { done(sends_start.load()); };
  port.settle_sends = [this](std::vector<SendSettlement> settled) { settle_texts(std::move(settled)); };
  port.lease_calls = [this](std::uint32_t slots, std::uint32_t per_host, const auto& done) {
    if (leases_to_fail > 0 && leases_to_fail-- > 0) return done(LeasedCalls{{}, {}, true});
    done(lease_flow_calls(slots, per_host));
  };
  port.settle_calls = [this](std::vector<CallSettlement> settled) { settle_flow_calls(std::move(settled)); };
  return port;
}

}  // namespace answerback::tests
