#include <algorithm>

#include "storage/memory/changes.hpp"
#include "storage/memory/memory_store_impl.hpp"
#include "storage/settling.hpp"

namespace answerback::storage::memory {

namespace {

using engine::MessageStatus;
using webhooks::DeliveryState;
using webhooks::Verdict;

bool is_waiting(const Data& data, const SendLeases& leases, Row row, const Send& send) {
  return send.state == Send::State::queued && !leases.leased(data.messages[static_cast<std::size_t>(row - 1)].id);
}

// What was never tried is due since it was made, whatever the clock says of that by now.
std::optional<Row> next_due_send(const Data& data, const SendLeases& leases, const webhooks::SendQuota& quota, Instant now, Instant untried_until) {
  std::optional<Row> found;
  for (const auto& [row, send] : data.sends) {
    if (!is_waiting(data, leases, row, send) || quota.room(webhooks::line_of(data.message(row))) == 0) continue;
    if (send.due_at > (send.attempts == 0 ? untried_until : now)) continue;
    if (!found || send.due_at < data.sends.at(*found).due_at) found = row;
  }
  return found;
}

std::optional<Instant> next_send_due(const Data& data, const SendLeases& leases, const webhooks::SendQuota& quota) {
  std::optional<Instant> next;
  for (const auto& [row, send] : data.sends) {
    if (!is_waiting(data, leases, row, send) || quota.room(webhooks::line_of(data.message(row))) == 0) continue;
    if (!next || send.due_at < *next) next = send.due_at;
  }
  return next;
}

bool may_write_to(const Data& data, const engine::Message& message) {
  const auto it = data.contacts.find(message.id.contact);
  if (it == data.contacts.end() || it->second.phone.empty()) return false;
  return message.exempt || it->second.consent != engine::Consent::opted_out;
}

engine::Message stop_here(Data& data, Row row, MessageStatus status) {
  data.message(row).status = status;
  finish_send(data, row);
  return data.message(row);
}

std::vector<LeaseBook::Candidate> waiting_of(const Data& data, const LeaseBook& leases, webhooks::EndpointKey endpoint, Instant now) {
  std::vector<LeaseBook::Candidate> waiting;
  const auto it = data.unfinished.find(endpoint.value);
  if (it == data.unfinished.end()) return waiting;
  for (const auto key : it->second) {
    const auto& kept = data.deliveries.at(key);
    if (kept.delivery.state == DeliveryState::pending && !leases.leased({key}, now))
      waiting.push_back({{key}, kept.what, kept.delivery.due_at.value_or(now)});
  }
  std::stable_sort(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) { return a.due_at < b.due_at; });
  return waiting;
}

webhooks::DueDelivery due_of(const Data& data, const KeptDelivery& kept) {
  const auto& delivery = kept.delivery;
  return {delivery.key,        delivery.endpoint,     kept.contact,  delivery.event_id,
          delivery.event_type, data.events.at(kept.event).event.body, delivery.attempts + 1, kept.failures, *delivery.due_at};
}

}  // namespace

void MemoryStore::lease_send(Row row, Instant now, LeasedSends& into) {
  const auto& message = data_.message(row);
  if (message.expires_at && *message.expires_at <= now) {
    into.expired.push_back(stop_here(data_, row, MessageStatus::expired));
  } else if (!may_write_to(data_, message)) {
    into.suppressed.push_back(stop_here(data_, row, MessageStatus::suppressed));
  } else {
    const auto& send = data_.sends.at(row);
    send_leases_.take(message.id, row, now);
    into.due.push_back({message, send.attempts + 1, send.due_at});
  }
}

LeasedSends MemoryStore::lease_sends(Instant now, webhooks::SendQuota quota) {
  const Lock lock(mutex_);
  LeasedSends leased;
  send_leases_.drop_expired(now);
  sends_due_until_ = std::max(sends_due_until_, now);
  while (const auto row = next_due_send(data_, send_leases_, quota, now, sends_due_until_)) {
    const auto before = leased.due.size();
    lease_send(*row, now, leased);
    if (leased.due.size() > before) quota.take(webhooks::line_of(leased.due.back().message));
  }
  leased.next_due = next_send_due(data_, send_leases_, quota);
  return leased;
}

webhooks::SendStart MemoryStore::start_send(const webhooks::DueSend& due, Instant now) {
  const auto row = send_leases_.row_of(due.message.id);
  const auto it = data_.sends.find(row);
  if (it == data_.sends.end() || it->second.state != Send::State::queued || it->second.attempts + 1 != due.attempt)
    return webhooks::SendStart::gone;
  auto& message = data_.message(row);
  if (message.expires_at && *message.expires_at <= now) return stop_here(data_, row, MessageStatus::expired), webhooks::SendStart::expired;
  if (!may_write_to(data_, message)) return stop_here(data_, row, MessageStatus::suppressed), webhooks::SendStart::suppressed;
  message.status = MessageStatus::sending;
  it->second.state = Send::State::sending;
  ++it->second.attempts;
  return webhooks::SendStart::go;
}

std::vector<webhooks::SendStart> MemoryStore::start_sends(std::span<const webhooks::DueSend> sends, Instant now) {
  const Lock lock(mutex_);
  std::vector<webhooks::SendStart> starts;
  for (const auto& each : sends) {
    starts.push_back(start_send(each, now));
    send_leases_.release(each.message.id);
  }
  return starts;
}

std::vector<engine::Message> MemoryStore::recover_sends() {
  const Lock lock(mutex_);
  std::vector<Row> rows;
  for (const auto& [row, send] : data_.sends) {
    if (send.state == Send::State::sending) rows.push_back(row);
  }
  std::vector<engine::Message> recovered;
  recovered.reserve(rows.size());
  for (const auto row : rows) recovered.push_back(stop_here(data_, row, MessageStatus::unknown));
  return recovered;
}

webhooks::LeasedDeliveries MemoryStore::lease_deliveries(Instant now, std::span<const webhooks::Want> wants) {
  const Lock lock(mutex_);
  webhooks::LeasedDeliveries leased;
  for (const auto& want : wants) {
    if (want.pull_forward > 0) pull_forward(want, now, leased);
    auto waiting = waiting_of(data_, leases_, want.endpoint, now);
    for (const auto& taken : leases_.take(want.endpoint, want.slots, waiting, now)) {
      leased.due.push_back(due_of(data_, data_.deliveries.at(taken.key.value)));
      leased.due.back().lease = taken.lease;
    }
    if (!waiting.empty()) leased.next_due.emplace_back(want.endpoint, waiting.front().due_at);
  }
  return leased;
}

void MemoryStore::pull_forward(const webhooks::Want& want, Instant now, webhooks::LeasedDeliveries& leased) {
  std::vector<KeptDelivery*> waiting;
  for (const auto key : data_.unfinished[want.endpoint.value]) {
    auto& kept = data_.deliveries.at(key);
    if (kept.delivery.state == DeliveryState::pending && kept.what == DeliveryClass::retry) waiting.push_back(&kept);
  }
  std::sort(waiting.begin(), waiting.end(), [](const auto* a, const auto* b) { return *a->delivery.due_at < *b->delivery.due_at; });
  const auto [pull, fresh] = pulls_.try_emplace(want.endpoint, std::pair{now, now});
  auto& [after, last] = pull->second;
  if (fresh && !waiting.empty()) last = *waiting.back()->delivery.due_at;
  std::uint32_t pulled = 0;
  for (auto* kept : waiting) {
    const auto due = *kept->delivery.due_at;
    if (due <= after || due > last || pulled == want.pull_forward) continue;
    after = due;
    kept->delivery.due_at = now;
    ++pulled;
  }
  if (pulled == want.pull_forward) return;
  pulls_.erase(pull);
  leased.pulled_all.push_back(want.endpoint);
}

void MemoryStore::settle(const webhooks::DeliverySettlement& settlement) {
  if (!leases_.holds(settlement.delivery.key, settlement.delivery.lease)) return;
  const auto it = data_.deliveries.find(settlement.delivery.key.value);
  if (it == data_.deliveries.end() || it->second.delivery.state != DeliveryState::pending) return;
  auto& kept = it->second;
  auto& delivery = kept.delivery;
  const auto state = state_after(settlement.next.verdict);
  if (state == DeliveryState::pending) {
    if (kept.what != DeliveryClass::urgent) kept.what = DeliveryClass::retry;
    delivery.due_at = settlement.next.due_at;
  }
  kept.failures = settlement.next.failures;
  delivery.attempts = settlement.delivery.attempt;
  delivery.last_status = settlement.status;
  delivery.last_error = settlement.error;
  for (auto& attempt : attempts_in(settlement)) delivery.history.push_back(std::move(attempt));
  set_state(data_, kept, state);
  release_delivery(data_, delivery.endpoint, kept.contact);  // after a failure, too: some do not wait for what fails
}

void MemoryStore::settle_deliveries(std::span<const webhooks::DeliverySettlement> settlements, std::span<const OperationalEvent> events) {
  const Lock lock(mutex_);
  for (const auto& settlement : settlements) {
    settle(settlement);
    if (leases_.holds(settlement.delivery.key, settlement.delivery.lease)) leases_.release(settlement.delivery.key);
    const auto endpoint = data_.endpoints.find(settlement.endpoint.key.value);
    if (settlement.endpoint_changed && endpoint != data_.endpoints.end()) endpoint->second.health = settlement.endpoint.health;
  }
  for (const auto& event : events) insert_with_deliveries(event, event.event.at);
  strip_kept_events(data_, Instant::min());
}

Store::Redelivery MemoryStore::redeliver(webhooks::DeliveryKey key, Instant now) {
  const Lock lock(mutex_);
  const auto it = data_.deliveries.find(key.value);
  if (it == data_.deliveries.end()) return Redelivery::unknown;
  if (leases_.leased(key, now)) return Redelivery::under_way;
  auto& kept = it->second;
  const bool waits = webhooks::unfinished(kept.delivery.state);
  if (kept.what == DeliveryClass::retry) kept.what = DeliveryClass::first;
  kept.delivery.due_at = now;
  if (waits) {
    kept.delivery.state = DeliveryState::pending;
    return Redelivery::due;
  }
  kept.failures = 0;
  set_state(data_, kept, DeliveryState::held);
  if (kept.contact.value == 0) kept.delivery.state = DeliveryState::pending;
  release_delivery(data_, kept.delivery.endpoint, kept.contact);
  return Redelivery::due;
}

bool MemoryStore::skip(webhooks::DeliveryKey key, Instant now) {
  const Lock lock(mutex_);
  const auto it = data_.deliveries.find(key.value);
  if (it == data_.deliveries.end() || !webhooks::unfinished(it->second.delivery.state)) return false;
  auto& kept = it->second;
  kept.delivery.due_at = now;
  kept.delivery.last_error = "skipped";
  set_state(data_, kept, DeliveryState::dead);
  release_delivery(data_, kept.delivery.endpoint, kept.contact);
  leases_.release(key);
  strip_kept_events(data_, Instant::min());
  return true;
}

std::size_t MemoryStore::replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const StoredEvent&)>& wanted,
                                ReplayBounds bounds, Instant now) {
  const Lock lock(mutex_);
  std::set<std::int64_t> had;
  for (const auto& [key, kept] : data_.deliveries) {
    if (kept.delivery.endpoint == endpoint) had.insert(kept.event);
  }
  std::set<std::pair<Instant, std::int64_t>> events;
  for (const auto& [cursor, kept] : data_.events) events.emplace(kept.event.at, cursor);
  std::size_t made = 0, looked_at = 0;
  auto it = events.upper_bound({place.since, place.behind});
  for (; it != events.end() && made < bounds.made && looked_at < bounds.looked_at; ++it, ++looked_at) {
    place = {it->first, it->second, false};
    if (had.contains(it->second) || !wanted(data_.events.at(it->second).event)) continue;
    insert_delivery(data_, endpoint, it->second, DeliveryClass::retry, now);
    ++made;
  }
  place.is_finished = it == events.end() && made < bounds.made && looked_at < bounds.looked_at;
  return made;
}

std::vector<webhooks::DeliveryKey> MemoryStore::insert_with_deliveries(const OperationalEvent& event, Instant now) {
  std::vector<webhooks::DeliveryKey> keys;
  const auto cursor = insert_event(data_, event.event);
  const auto what = event.event.urgent ? DeliveryClass::urgent : DeliveryClass::first;
  for (const auto endpoint : event.endpoints) keys.push_back(insert_delivery(data_, endpoint, cursor, what, now));
  return keys;
}

std::vector<webhooks::DeliveryKey> MemoryStore::add_event(const OperationalEvent& event, Instant now) {
  const Lock lock(mutex_);
  return insert_with_deliveries(event, now);
}

}  // namespace answerback::storage::memory
