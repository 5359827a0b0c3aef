#include "webhooks/dispatch/line.hpp"

#include <algorithm>

namespace answerback::webhooks::dispatch {

namespace {

constexpr flows::Duration quick = std::chrono::seconds(1);

}  // namespace

std::uint32_t House::share(std::uint32_t wanted, bool is_quick) const {
  if (is_quick) return wanted;
  if (in_flight >= std::max(1U, max_in_flight - max_in_flight / 8)) return 0;
  return in_flight >= std::max(1U, max_in_flight / 2) ? std::min(wanted, 1U) : wanted;
}

bool Line::renew(const DueDelivery& due) {
  const auto waiting = std::find_if(ready.begin(), ready.end(), [&](const DueDelivery& each) { return each.key == due.key; });
  if (waiting != ready.end()) *waiting = due;
  const auto started = std::find_if(under_way.begin(), under_way.end(), [&](const auto& each) { return each.second.key == due.key; });
  if (started != under_way.end()) started->second.lease = due.lease;
  return waiting != ready.end() || started != under_way.end();
}

void Line::health_is(const Health& next, flows::Instant now) {
  const bool was_healthy = endpoint.health.state == HealthState::healthy;
  const bool is_healthy = next.state == HealthState::healthy;
  if (was_healthy && !is_healthy) pace.outage_begins(now);
  if (was_healthy || !is_healthy) return;
  pace.outage_ends(now);
  pulls_forward = true;
}

Standing Line::standing_at(flows::Instant now) const {
  if (allowed_in_flight(endpoint.health, now, 1) == 0) return Standing::parked;
  return is_quick(now) ? Standing::quick : Standing::slow;
}

bool Line::is_quick(flows::Instant now) const {
  return answered_quickly &&
         std::all_of(under_way.begin(), under_way.end(), [&](const auto& each) { return now - each.second.since < quick; });
}

std::uint32_t Line::allowed(const DispatcherOptions& options, flows::Instant now) const {
  return allowed_in_flight(endpoint.health, now, options.per_endpoint);
}

bool Line::has_free_slot(const DispatcherOptions& options, flows::Instant now) const {
  return under_way.size() < allowed(options, now);
}

bool Line::may_start(const DispatcherOptions& options, const House& house, flows::Instant now) const {
  return !house.is_full() && pace.wait(now) == flows::Duration::zero() && under_way.size() < house.share(allowed(options, now), is_quick(now));
}

std::uint32_t Line::room(const DispatcherOptions& options, const House& house, flows::Instant now) const {
  const bool quickly = is_quick(now);
  const auto slots = house.share(allowed(options, now), quickly);
  const auto window = quickly ? slots * std::max(1U, options.prefetch) : slots;
  const auto held = static_cast<std::uint32_t>(ready.size() + under_way.size());
  if (held >= window) return 0;
  const auto room = window - held;
  return ready.empty() || room * 2 >= window ? room : 0;
}

}  // namespace answerback::webhooks::dispatch
