// How an endpoint is doing: healthy -> failing -> probing -> disabled, one small machine (Boost.MSM behind it), total over
// state x signal, and the plain numbers that go with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "flows/time.hpp"

namespace answerback::webhooks {

enum class HealthState : std::uint8_t { healthy, failing, probing, disabled };

// `trip`: enough failures in a row; `probe`: the pause is over, one request may try; `expire`: failing for too long;
// `gone`: it answered 410; `enable`, `disable`: an operator.
enum class HealthSignal : std::uint8_t { success, failure, trip, probe, expire, gone, enable, disable };

struct HealthStep {
  HealthState to = HealthState::healthy;
  bool changed = false;
  bool operator==(const HealthStep&) const = default;
};

HealthStep advance(HealthState from, HealthSignal signal);

std::string_view to_string(HealthState state);
std::string_view to_string(HealthSignal signal);
std::optional<HealthState> parse_health_state(std::string_view text);

struct HealthPolicy {
  std::uint32_t trip_after = 10;                              // failures in a row
  flows::Duration pause = std::chrono::seconds(30);           // between probes
  flows::Duration expire_after = std::chrono::hours(24 * 5);  // of failing without one success -> disabled
};

struct Health {
  HealthState state = HealthState::healthy;
  std::uint32_t failures = 0;                  // in a row
  std::optional<flows::Instant> failing_since;
  flows::Instant paused_until;                 // no request before: while failing, or as the endpoint asked (429)
  std::string reason;                          // why it is disabled: "gone", "failing", "operator"
  std::uint32_t ramp = 0;                      // successes since recovery; slow start while small
  std::uint32_t disabled_count = 0;            // numbers the endpoint.disabled events
  bool operator==(const Health&) const = default;
};

// The health while an attempt that starts now is under way: one that failed long enough ago is probed.
Health before_attempt(const Health& health, flows::Instant now);
// The health after one attempt, or after an operator's wish.
Health after_attempt(const Health& health, bool success, bool gone, flows::Instant now, const HealthPolicy& policy);
// The endpoint asked to be left alone until then (429 with Retry-After): no failure, but nothing starts before.
Health after_throttle(const Health& health, flows::Instant until, flows::Instant now);
Health after_operator(const Health& health, bool enable, flows::Instant now);

// How many requests may be under way at once: 0 while paused or disabled, 1 for a probe, a growing share after recovery.
std::uint32_t allowed_in_flight(const Health& health, flows::Instant now, std::uint32_t cap);

}  // namespace answerback::webhooks
