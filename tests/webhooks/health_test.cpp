#include "webhooks/health.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "tests/engine/golden.hpp"

using namespace answerback::webhooks;
using namespace std::chrono_literals;
using answerback::flows::Instant;

namespace {

constexpr std::array health_states{HealthState::healthy, HealthState::failing, HealthState::probing, HealthState::disabled};
constexpr std::array health_signals{HealthSignal::success, HealthSignal::failure, HealthSignal::trip, HealthSignal::probe,
                                    HealthSignal::expire, HealthSignal::gone, HealthSignal::enable, HealthSignal::disable};

constexpr Instant start{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23)};
const HealthPolicy policy;

Health fail_times(Health health, std::uint32_t times, Instant at) {
  for (std::uint32_t i = 0; i < times; ++i) health = after_attempt(health, false, false, at, policy);
  return health;
}

Health failing_since_start() { return fail_times({}, policy.trip_after, start); }
Health succeed(const Health& health, Instant at) { return after_attempt(health, true, false, at, policy); }

}  // namespace

TEST_CASE("an endpoint's health changes as its golden matrix says") {
  CHECK(answerback::tests::matrix(health_states, health_signals, [](HealthState state, HealthSignal signal) {
          const auto step = advance(state, signal);
          return step.changed ? to_string(step.to) : "-";
        }) == answerback::tests::golden("health.txt"));
}

TEST_CASE("health that does not change stays what it was") {
  for (const auto state : health_states)
    for (const auto signal : health_signals) CHECK(advance(state, signal).changed == (advance(state, signal).to != state));
}

TEST_CASE("nothing but an operator enables a disabled endpoint") {
  for (const auto signal : health_signals) CHECK(advance(HealthState::disabled, signal).changed == (signal == HealthSignal::enable));
}

TEST_CASE("health states are read back as they are spelled") {
  for (const auto state : health_states) CHECK(parse_health_state(to_string(state)) == state);
  CHECK_FALSE(parse_health_state("ill"));
}

TEST_CASE("an endpoint is paused at the tenth failure in a row, not at the ninth") {
  const auto nine = fail_times({}, 9, start);
  CHECK(nine.state == HealthState::healthy);
  CHECK(allowed_in_flight(nine, start, 4) > 0);
  const auto ten = after_attempt(nine, false, false, start + 1s, policy);
  CHECK(ten.state == HealthState::failing);
  CHECK(ten.failing_since == start);
  CHECK(ten.paused_until == start + 31s);
  CHECK(allowed_in_flight(ten, start + 30s, 4) == 0);
}

TEST_CASE("one success forgets the failures before it") {
  const auto health = fail_times(succeed(fail_times({}, 9, start), start), 9, start);
  CHECK(health.state == HealthState::healthy);
  CHECK(health.failures == 9);
}

TEST_CASE("after the pause exactly one request may try") {
  const auto health = failing_since_start();
  CHECK(allowed_in_flight(health, health.paused_until - 1ms, 4) == 0);
  CHECK(allowed_in_flight(health, health.paused_until, 4) == 1);
  CHECK(before_attempt(health, health.paused_until - 1ms).state == HealthState::failing);
  const auto probing = before_attempt(health, health.paused_until);
  CHECK(probing.state == HealthState::probing);
  CHECK(allowed_in_flight(probing, health.paused_until, 4) == 1);
}

TEST_CASE("a failed probe begins a new pause") {
  const auto health = failing_since_start();
  const auto later = after_attempt(health, false, false, health.paused_until + 2s, policy);
  CHECK(later.state == HealthState::failing);
  CHECK(later.paused_until == health.paused_until + 2s + policy.pause);
  CHECK(later.failing_since == start);
}

TEST_CASE("requests that were under way when the pause began do not prolong it") {
  const auto health = failing_since_start();
  const auto later = fail_times(health, 3, start + 5s);
  CHECK(later.paused_until == health.paused_until);
  CHECK(later.failures == 13);
}

TEST_CASE("a recovered endpoint is loaded slowly: 1, 2, 4 up to its cap") {
  auto health = failing_since_start();
  const auto at = health.paused_until;
  health = succeed(health, at);
  CHECK(health.state == HealthState::healthy);
  CHECK(health.failures == 0);
  CHECK_FALSE(health.failing_since);
  std::vector<std::uint32_t> allowed;
  for (int i = 0; i < 5; ++i, health = succeed(health, at)) allowed.push_back(allowed_in_flight(health, at, 8));
  CHECK(allowed == std::vector<std::uint32_t>{1, 2, 4, 8, 8});
}

TEST_CASE("five days of failing without one success disable an endpoint (Standard Webhooks, long failure)") {
  auto health = failing_since_start();
  health = after_attempt(health, false, false, start + 5 * 24h - 1ms, policy);
  CHECK(health.state == HealthState::failing);
  health = after_attempt(health, false, false, start + 5 * 24h + 30s, policy);
  CHECK(health.state == HealthState::disabled);
  CHECK(health.reason == "failing");
  CHECK(health.disabled_count == 1);
  CHECK(allowed_in_flight(health, start + 10 * 24h, 4) == 0);
}

TEST_CASE("410 disables an endpoint at once (Standard Webhooks, status codes)") {
  const auto health = after_attempt({}, false, true, start, policy);
  CHECK(health.state == HealthState::disabled);
  CHECK(health.reason == "gone");
  CHECK(health.disabled_count == 1);
}

TEST_CASE("answers that come late leave a disabled endpoint disabled and are not counted twice") {
  const auto health = after_attempt({}, false, true, start, policy);
  CHECK(after_attempt(health, true, false, start + 1s, policy) == health);
  CHECK(after_attempt(health, false, false, start + 1s, policy) == health);
  CHECK(after_attempt(health, false, true, start + 1s, policy) == health);
}

TEST_CASE("an operator disables and enables, and each disabling has its number") {
  const auto off = after_operator({}, false, start);
  CHECK(off.state == HealthState::disabled);
  CHECK(off.reason == "operator");
  CHECK(after_operator(off, false, start) == off);
  const auto on = after_operator(off, true, start + 1h);
  CHECK(on.state == HealthState::healthy);
  CHECK(on.reason.empty());
  CHECK(allowed_in_flight(on, start + 1h, 4) == 1);
  CHECK(after_operator(on, false, start + 2h).disabled_count == 2);
}

TEST_CASE("an operator's enable ends a pause") {
  const auto health = after_operator(failing_since_start(), true, start + 1s);
  CHECK(health.state == HealthState::healthy);
  CHECK(health.failures == 0);
  CHECK(allowed_in_flight(health, start + 1s, 4) == 1);
}

TEST_CASE("whatever happens, an endpoint has no more under way than its cap, and none while paused or disabled") {
  rc::prop("bounded", [](const std::vector<std::pair<bool, std::uint8_t>>& attempts, std::uint8_t cap) {
    Health health;
    auto now = start;
    for (const auto& [success, seconds] : attempts) {
      now += std::chrono::seconds(seconds);
      health = after_attempt(health, success, false, now, policy);
      const auto allowed = allowed_in_flight(health, now, cap);
      RC_ASSERT(allowed <= cap);
      if (health.state == HealthState::failing && now < health.paused_until) RC_ASSERT(allowed == 0U);
      RC_ASSERT((health.state == HealthState::healthy) == (health.failures < policy.trip_after));
    }
  });
}
