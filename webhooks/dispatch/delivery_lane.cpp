#include "webhooks/dispatch/delivery_lane.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "webhooks/dispatch/attempt.hpp"
#include "webhooks/dispatch/pace.hpp"

namespace answerback::webhooks::dispatch {

namespace {

void shorten(std::optional<flows::Duration>& sleep, std::optional<flows::Duration> other) {
  if (other && (!sleep || *other < *sleep)) sleep = other;
}

}  // namespace

DeliveryLane::DeliveryLane(Surroundings& surroundings) : surroundings_(surroundings) {
  house_.max_in_flight = surroundings.options.max_in_flight;
}

Line* DeliveryLane::find(EndpointKey key) {
  const auto found = lines_.find(key);
  return found == lines_.end() ? nullptr : &found->second;
}

void DeliveryLane::set(Endpoint endpoint) {
  auto& line = lines_[endpoint.key];
  line.endpoint = std::move(endpoint);
  const auto now = surroundings_.now();
  refresh(line, now);
  if (line.standing != Standing::parked) agenda_.book(line, now);
}

void DeliveryLane::remove(EndpointKey key) {
  auto* line = find(key);
  if (line == nullptr) return;
  held(line->standing) -= static_cast<std::uint32_t>(line->ready.size());
  agenda_.cancel(*line);
  std::erase(turns_, line);
  lines_.erase(key);
}

void DeliveryLane::wake(const std::vector<EndpointKey>& keys) {
  const auto now = surroundings_.now();
  for (const auto key : keys)
    if (auto* line = find(key); line != nullptr && line->standing != Standing::parked) agenda_.book(*line, now);
}

// Pauses keep their length, and every line is looked at now.
void DeliveryLane::clock_was_set(flows::Duration by) {
  const auto now = surroundings_.now();
  asked_at_ += by;
  for (auto& [key, line] : lines_) {
    auto& until = line.endpoint.health.paused_until;
    if (until > now) until += by;
    for (auto& [delivery, since] : line.under_way) since += by;
    agenda_.cancel(line);
    refresh(line, now);
    if (line.standing != Standing::parked) agenda_.book(line, now);
  }
}

// Brings a line to where its health, its pace and its slots put it.
void DeliveryLane::refresh(Line& line, flows::Instant now) {
  const auto waiting = static_cast<std::uint32_t>(line.ready.size());
  held(line.standing) -= waiting;
  line.standing = line.standing_at(now);
  held(line.standing) += waiting;
  if (line.standing == Standing::parked) {
    const auto& health = line.endpoint.health;
    if (health.state != HealthState::disabled) agenda_.book(line, std::max(health.paused_until, now + std::chrono::milliseconds(1)));
    return;
  }
  if (line.is_in_turn || line.ready.empty() || !line.has_free_slot(surroundings_.options, now)) return;
  line.is_in_turn = true;
  turns_.push_back(&line);
}

// Round after round, one request per line and round, until none may start.
void DeliveryLane::start_ready(flows::Instant now) {
  for (bool has_started = true; has_started && !house_.is_full();) {
    has_started = false;
    for (auto count = turns_.size(); count > 0 && !house_.is_full(); --count) {
      auto& line = *turns_.front();
      turns_.pop_front();
      line.is_in_turn = false;
      if (line.standing == Standing::parked || line.ready.empty()) continue;
      if (line.may_start(surroundings_.options, house_, now)) {
        start(line, now);
        has_started = true;
      }
      refresh(line, now);
    }
  }
}

void DeliveryLane::start(Line& line, flows::Instant now) {
  auto due = std::move(line.ready.front());
  line.ready.pop_front();
  --held(line.standing);
  line.endpoint.health = before_attempt(line.endpoint.health, now);
  line.under_way.emplace(due.key, now);
  ++house_.in_flight;
  ++surroundings_.tally.in_flight;
  auto request = delivery_request(due, line.endpoint, surroundings_.options, now);
  surroundings_.endpoints.send(std::move(request),
                               surroundings_.on_worker([this, due = std::move(due), now](const HttpAnswer& answer) mutable {
                                 answered(std::move(due), now, answer);
                               }));
}

void DeliveryLane::answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer) {
  --house_.in_flight;
  --surroundings_.tally.in_flight;
  const auto now = surroundings_.now();
  auto* line = find(due.endpoint);
  if (line != nullptr) line->under_way.erase(due.key);
  if (answer.error == "not_started") return;  // the client is closing; the lease falls back
  Endpoint removed;
  removed.key = due.endpoint;
  auto settled = settle_attempt(std::move(due), line == nullptr ? removed : line->endpoint, started_at, answer,
                                surroundings_.options, now);
  if (line == nullptr) {
    settled.endpoint_changed = settled.endpoint_disabled = false;
  } else {
    line->endpoint.health = settled.endpoint.health;
    line->answered_quickly = answer.status != 0 && answer.took < std::chrono::seconds(1);
    refresh(*line, now);
  }
  count(settled);
  settled_.add(std::move(settled));
}

void DeliveryLane::count(const DeliverySettlement& settled) {
  auto& tally = surroundings_.tally;
  switch (settled.next.verdict) {
    case Verdict::delivered: ++tally.delivered; return;
    case Verdict::retry: ++tally.retried; return;
    case Verdict::gone:
    case Verdict::give_up: ++tally.dead; return;
  }
}

std::uint32_t DeliveryLane::held_or_asked(Standing standing) const {
  const auto index = static_cast<std::size_t>(standing);
  return held_[index] + asking_[index];
}

std::uint32_t DeliveryLane::budget(Standing standing) const {
  const auto& options = surroundings_.options;
  const auto all = options.max_in_flight * std::max(1U, options.prefetch);
  const auto slow = held_or_asked(Standing::slow);
  const auto limit = standing == Standing::quick ? all : std::max(1U, all / 2);
  const auto used = standing == Standing::quick ? slow + held_or_asked(Standing::quick) + house_.in_flight : slow;
  return used < limit ? limit - used : 0;
}

std::uint32_t DeliveryLane::look(Line& line, flows::Instant now) {
  refresh(line, now);
  if (line.standing == Standing::parked) return 0;
  const auto room = std::min(line.room(surroundings_.options, house_, now), budget(line.standing));
  // With nothing held no answer will come that leads back here.
  if (room == 0 && line.ready.empty() && line.under_way.empty()) agenda_.book(line, now + breath);
  return room;
}

std::vector<Want> DeliveryLane::wants(flows::Instant now) {
  std::vector<Want> wants;
  asking_ = {};
  while (auto* line = agenda_.take_due(now)) {
    const auto slots = look(*line, now);
    if (slots == 0) continue;
    wants.push_back({line->endpoint.key, slots});
    asking_[static_cast<std::size_t>(line->standing)] += slots;
  }
  return wants;
}

void DeliveryLane::ask(flows::Instant now) {
  if (!asked_.empty() && now - asked_at_ > lost_lease_call) give_up_asking(now);
  if (!asked_.empty()) return;
  auto wanted = wants(now);
  if (wanted.empty()) return;
  for (const auto& want : wanted) asked_.push_back(want.endpoint);
  asked_at_ = now;
  try {
    surroundings_.outbox.lease_deliveries(
        std::move(wanted), surroundings_.on_worker([this](LeasedDeliveries answer) { leased(std::move(answer)); }));
  } catch (const std::exception&) {
    give_up_asking(now + after_store_failure);
  }
}

void DeliveryLane::give_up_asking(flows::Instant again_at) {
  for (const auto key : std::exchange(asked_, {}))
    if (auto* line = find(key)) agenda_.book(*line, again_at);
}

void DeliveryLane::leased(LeasedDeliveries leased) {
  asked_.clear();
  const auto now = surroundings_.now();
  std::set<EndpointKey> served;
  for (auto& due : leased.due) {
    const auto key = due.endpoint;
    if (take_in(std::move(due), now)) served.insert(key);
  }
  for (const auto& [key, at] : leased.next_due)
    if (auto* line = find(key)) agenda_.book(*line, served.contains(key) ? at : std::max(at, now + breath));
}

bool DeliveryLane::take_in(DueDelivery due, flows::Instant now) {
  auto* line = find(due.endpoint);
  if (line == nullptr || line->knows(due.key)) return false;
  line->ready.push_back(std::move(due));
  ++held(line->standing);
  refresh(*line, now);
  return true;
}

void DeliveryLane::hand_over(bool more_is_coming) {
  if (!settled_.is_due(more_is_coming)) return;
  auto results = settled_.take();
  // What waited behind these in the store may be leased from now on.
  const auto now = surroundings_.now();
  for (const auto& each : results)
    if (auto* line = find(each.delivery.endpoint); line != nullptr && line->standing != Standing::parked)
      agenda_.book(*line, now);
  try {
    surroundings_.outbox.settle_deliveries(std::move(results));
  } catch (const std::exception&) {
    // The store lost them; their leases fall back and they are delivered once more: at least once.
  }
}

std::optional<flows::Duration> DeliveryLane::sleep(flows::Instant now) const {
  std::optional<flows::Duration> sleep;
  if (!settled_.empty()) shorten(sleep, settled_.wait().value_or(flows::Duration::zero()));
  if (!asked_.empty()) {
    shorten(sleep, longest_sleep);
  } else if (const auto next = agenda_.next(); next && !is_stopping_) {
    shorten(sleep, std::clamp(*next - now, flows::Duration::zero(), longest_sleep));
  }
  return sleep;
}

std::optional<flows::Duration> DeliveryLane::turn() {
  const auto now = surroundings_.now();
  if (!is_stopping_) start_ready(now);
  hand_over(house_.in_flight > 0);
  if (!is_stopping_) ask(now);
  return sleep(now);
}

}  // namespace answerback::webhooks::dispatch
