#include "webhooks/dispatch/delivery_book.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "webhooks/dispatch/pace.hpp"

namespace answerback::webhooks::dispatch {

namespace {

constexpr std::uint32_t pulled_at_once = 64;  // retries of an endpoint that works again, with one lease

}  // namespace

DeliveryBook::DeliveryBook(const DispatcherOptions& options) : options_(options) { house_.max_in_flight = options.max_in_flight; }

Line* DeliveryBook::find(EndpointKey key) {
  const auto found = lines_.find(key);
  return found == lines_.end() ? nullptr : &found->second;
}

void DeliveryBook::set(Endpoint endpoint, flows::Instant now) {
  auto& line = lines_[endpoint.key];
  line.health_is(endpoint.health, now);
  line.endpoint = std::move(endpoint);
  refresh(line, now);
  if (line.standing != Standing::parked) agenda_.book(line, now);
}

void DeliveryBook::remove(EndpointKey key) {
  auto* line = find(key);
  if (line == nullptr) return;
  held(line->standing) -= static_cast<std::uint32_t>(line->ready.size());
  agenda_.cancel(*line);
  std::erase(turns_, line);
  std::erase(asked_, key);
  lines_.erase(key);
}

void DeliveryBook::wake(const std::vector<EndpointKey>& keys, flows::Instant now) {
  for (const auto key : keys)
    if (auto* line = find(key); line != nullptr && line->standing_at(now) != Standing::parked) agenda_.book(*line, now);
}

void DeliveryBook::clock_was_set(flows::Duration by, flows::Instant now) {
  asked_at_ += by;
  for (auto& [key, line] : lines_) {
    auto& until = line.endpoint.health.paused_until;
    if (until > now) until += by;
    for (auto& [lease, under_way] : line.under_way) under_way.since += by;
    agenda_.cancel(line);
    refresh(line, now);
    if (line.standing != Standing::parked) agenda_.book(line, now);
  }
}

// Brings a line to where its health, its pace and its slots put it.
void DeliveryBook::refresh(Line& line, flows::Instant now) {
  const auto waiting = static_cast<std::uint32_t>(line.ready.size());
  held(line.standing) -= waiting;
  line.standing = line.standing_at(now);
  held(line.standing) += waiting;
  if (line.standing == Standing::parked) {
    const auto& health = line.endpoint.health;
    if (health.state != HealthState::disabled) agenda_.book(line, std::max(health.paused_until, now + std::chrono::milliseconds(1)));
    return;
  }
  if (line.is_in_turn || line.ready.empty() || !line.has_free_slot(options_, now)) return;
  if (const auto wait = line.pace.wait(now); wait > flows::Duration::zero()) return agenda_.book(line, now + wait);
  line.is_in_turn = true;
  turns_.push_back(&line);
}

// Round after round, one request per line and round, until none may start.
std::vector<DeliveryBook::Start> DeliveryBook::start(flows::Instant now) {
  std::vector<Start> starts;
  for (bool has_started = true; has_started && !house_.is_full();) {
    has_started = false;
    for (auto count = turns_.size(); count > 0 && !house_.is_full(); --count) {
      auto& line = *turns_.front();
      turns_.pop_front();
      line.is_in_turn = false;
      if (line.standing == Standing::parked || line.ready.empty()) continue;
      if (line.may_start(options_, house_, now)) {
        starts.push_back(begin(line, now));
        has_started = true;
      }
      refresh(line, now);
    }
  }
  return starts;
}

DeliveryBook::Start DeliveryBook::begin(Line& line, flows::Instant now) {
  auto due = std::move(line.ready.front());
  line.ready.pop_front();
  --held(line.standing);
  line.endpoint.health = before_attempt(line.endpoint.health, now);
  line.pace.take(now);
  line.under_way.emplace(due.lease, Line::UnderWay{due.key, now, due.lease});
  ++house_.in_flight;
  auto request = delivery_request(due, line.endpoint, options_, now);
  return {std::move(due), std::move(request)};
}

std::optional<DeliverySettlement> DeliveryBook::answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer, flows::Instant now) {
  --house_.in_flight;
  auto* line = find(due.endpoint);
  if (line != nullptr) {
    const auto started = line->under_way.extract(due.lease);
    if (!started.empty()) due.lease = started.mapped().lease;
  }
  if (answer.error == "not_started") {  // the client is closing; the lease falls back
    if (line != nullptr) agenda_.book(*line, now + after_store_failure);
    return std::nullopt;
  }
  Endpoint removed;
  removed.key = due.endpoint;
  auto settled = settle_attempt(std::move(due), line == nullptr ? removed : line->endpoint, started_at, answer, options_, now);
  if (line == nullptr) {
    settled.endpoint_changed = settled.endpoint_disabled = false;
    return settled;
  }
  if (settled.next.verdict == Verdict::delivered) line->pace.delivered(now);
  line->health_is(settled.endpoint.health, now);
  line->endpoint.health = settled.endpoint.health;
  line->answered_quickly = answer.status != 0 && answer.took < std::chrono::seconds(1);
  refresh(*line, now);
  return settled;
}

std::uint32_t DeliveryBook::held_or_asked(Standing standing) const {
  const auto index = static_cast<std::size_t>(standing);
  return held_[index] + asking_[index];
}

std::uint32_t DeliveryBook::budget(Standing standing) const {
  const auto all = options_.max_in_flight * std::max(1U, options_.prefetch);
  const auto slow = held_or_asked(Standing::slow);
  const auto limit = standing == Standing::quick ? all : std::max(1U, all / 2);
  const auto used = standing == Standing::quick ? slow + held_or_asked(Standing::quick) + house_.in_flight : slow;
  return used < limit ? limit - used : 0;
}

std::uint32_t DeliveryBook::look(Line& line, flows::Instant now) {
  refresh(line, now);
  if (line.standing == Standing::parked) return 0;
  const auto room = std::min(line.room(options_, house_, now), budget(line.standing));
  // With nothing held no answer will come that leads back here.
  if (room == 0 && line.ready.empty() && line.under_way.empty()) agenda_.book(line, now + breath);
  return room;
}

std::vector<Want> DeliveryBook::ask(flows::Instant now) {
  if (!asked_.empty() && now - asked_at_ > lost_lease_call) not_leased(now);
  if (!asked_.empty()) return {};
  std::vector<Want> wants;
  asking_ = {};
  while (auto* line = agenda_.take_due(now)) {
    const auto slots = look(*line, now);
    if (slots == 0) continue;
    wants.push_back({line->endpoint.key, slots, line->pulls_forward ? std::min(slots, pulled_at_once) : 0});
    asking_[static_cast<std::size_t>(line->standing)] += slots;
  }
  for (const auto& want : wants) asked_.push_back(want.endpoint);
  asked_at_ = now;
  return wants;
}

void DeliveryBook::not_leased(flows::Instant again_at) {
  for (const auto key : std::exchange(asked_, {}))
    if (auto* line = find(key)) agenda_.book(*line, again_at);
}

void DeliveryBook::leased(LeasedDeliveries leased, flows::Instant now) {
  if (leased.failed) return not_leased(now + after_store_failure);
  const auto asked = std::exchange(asked_, {});
  for (const auto key : leased.pulled_all)
    if (auto* line = find(key)) line->pulls_forward = false;
  std::set<EndpointKey> served;
  for (auto& due : leased.due) {
    const auto key = due.endpoint;
    if (take_in(std::move(due), now)) served.insert(key);
  }
  for (const auto& [key, at] : leased.next_due)
    if (auto* line = find(key)) agenda_.book(*line, served.contains(key) ? at : std::max(at, now + breath));
  for (const auto key : asked) {
    auto* line = find(key);
    if (line != nullptr && !line->pulls_forward && !served.contains(key) && line->ready.empty()) line->pace.caught_up();
  }
}

bool DeliveryBook::take_in(DueDelivery due, flows::Instant now) {
  auto* line = find(due.endpoint);
  if (line == nullptr || line->renew(due)) return false;
  line->ready.push_back(std::move(due));
  ++held(line->standing);
  refresh(*line, now);
  return true;
}

void DeliveryBook::handed_over(const std::vector<DeliverySettlement>& settled, flows::Instant now) {
  for (const auto& each : settled)
    if (auto* line = find(each.delivery.endpoint); line != nullptr && line->standing_at(now) != Standing::parked) agenda_.book(*line, now);
}

std::optional<flows::Instant> DeliveryBook::next_look() const { return asking() ? asked_at_ + lost_lease_call : agenda_.next(); }

}  // namespace answerback::webhooks::dispatch
