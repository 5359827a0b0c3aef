#include <algorithm>

#include "webhooks/health.hpp"

namespace answerback::webhooks {

namespace {

// By then 1,024 requests would be allowed at once; nobody configures more per endpoint.
constexpr std::uint32_t ramp_done = 10;

Health disabled(Health health, HealthSignal signal, std::string_view reason) {
  const auto step = advance(health.state, signal);
  if (!step.changed) return health;
  health.state = step.to;
  health.reason = reason;
  ++health.disabled_count;
  return health;
}

Health recovered(const Health& health, HealthState to) {
  Health fresh;
  fresh.state = to;
  fresh.disabled_count = health.disabled_count;
  return fresh;
}

Health after_success(const Health& health) {
  if (health.state == HealthState::disabled) return health;
  const auto step = advance(health.state, HealthSignal::success);
  auto next = recovered(health, step.to);
  next.ramp = step.changed ? 0 : std::min(health.ramp + 1, ramp_done);
  if (!step.changed) next.paused_until = health.paused_until;  // a request that left before it asked for a pause
  return next;
}

bool has_failed_too_long(const Health& health, flows::Instant now, const HealthPolicy& policy) {
  return health.state != HealthState::healthy && health.failing_since && now - *health.failing_since >= policy.expire_after;
}

Health after_failure(Health health, flows::Instant now, const HealthPolicy& policy) {
  if (health.state == HealthState::disabled) return health;
  ++health.failures;
  if (!health.failing_since) health.failing_since = now;
  const bool tripped = health.state == HealthState::healthy && health.failures >= policy.trip_after;
  const auto step = advance(health.state, tripped ? HealthSignal::trip : HealthSignal::failure);
  health.state = step.to;
  if (has_failed_too_long(health, now, policy)) return disabled(health, HealthSignal::expire, "failing");
  // Requests that were under way when it tripped fail late; only a new pause or a failed probe moves the pause.
  if (step.changed) {
    health.paused_until = now + policy.pause;
    health.ramp = 0;
  }
  return health;
}

}  // namespace

Health before_attempt(const Health& health, flows::Instant now) {
  if (health.state != HealthState::failing || now < health.paused_until) return health;
  auto next = health;
  next.state = advance(health.state, HealthSignal::probe).to;
  return next;
}

Health after_attempt(const Health& health, bool success, bool gone, flows::Instant now, const HealthPolicy& policy) {
  const auto current = before_attempt(health, now);
  if (gone) return disabled(current, HealthSignal::gone, "gone");
  return success ? after_success(current) : after_failure(current, now, policy);
}

Health after_throttle(const Health& health, flows::Instant until, flows::Instant now) {
  auto next = before_attempt(health, now);
  if (next.state == HealthState::disabled) return next;
  next.paused_until = std::max(next.paused_until, until);
  return next;
}

Health after_operator(const Health& health, bool enable, flows::Instant now) {
  if (!enable) return disabled(health, HealthSignal::disable, "operator");
  const auto step = advance(health.state, HealthSignal::enable);
  if (!step.changed) return health;
  auto next = recovered(health, step.to);
  next.paused_until = now;
  return next;
}

std::uint32_t allowed_in_flight(const Health& health, flows::Instant now, std::uint32_t cap) {
  switch (health.state) {
    case HealthState::disabled: return 0;
    case HealthState::failing:
    case HealthState::probing: return now < health.paused_until ? 0 : std::min(cap, 1U);
    case HealthState::healthy: return now < health.paused_until ? 0 : std::min(cap, 1U << std::min(health.ramp, ramp_done));
  }
  return 0;
}

}  // namespace answerback::webhooks
