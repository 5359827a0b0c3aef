#include "webhooks/schedule.hpp"

#include <algorithm>

namespace answerback::webhooks {

namespace {

using flows::Duration;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t mix(std::uint64_t x) {  // splitmix64: neighbours in, no pattern out
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// In [0, 1), the same for the same delivery and attempt.
double fraction(std::uint64_t seed, std::uint32_t attempt) {
  return static_cast<double>(mix(mix(seed) + attempt) >> 11U) * 0x1.0p-53;
}

Duration scaled(Duration wait, double factor) {
  return Duration(static_cast<Duration::rep>(static_cast<double>(wait.count()) * factor));
}

bool is_success(int status) { return status >= 200 && status <= 299; }

constexpr int gone = 410;
constexpr int too_many_requests = 429;

// Asked to slow down, not failing: the n-th time in the delivery's life waits longer than the one before. A receiver
// that says when keeps the say, but one that always says "at once" is not believed for ever.
Duration throttled_wait(const std::optional<Duration>& asked, std::uint32_t times) {
  if (!asked) return minutes(std::min(times, 15U));
  return std::max<Duration>(*asked, seconds(std::min(times, 900U)));
}

}  // namespace

Schedule Schedule::standard() {
  Schedule schedule;
  schedule.waits = {seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)};
  return schedule;
}

Next after(const Schedule& schedule, const AttemptResult& result, std::uint32_t failures, std::uint64_t seed, flows::Instant now) {
  if (is_success(result.status)) return {Verdict::delivered, now, failures};
  if (result.status == gone) return {Verdict::gone, now, failures + 1};

  const double jitter = std::clamp(schedule.jitter, 0.0, 1.0);
  const double spread = fraction(seed, result.attempt);
  std::optional<Duration> asked;
  if (result.retry_after) asked = std::clamp<Duration>(*result.retry_after, Duration::zero(), schedule.retry_after_cap);

  const std::uint32_t throttled = result.attempt > failures ? result.attempt - failures : 1;
  if (result.status == too_many_requests && throttled <= max_throttled_attempts)
    return {Verdict::retry, now + std::min(scaled(throttled_wait(asked, throttled), 1 + jitter * spread), schedule.retry_after_cap), failures};

  if (failures >= schedule.waits.size()) return {Verdict::give_up, now, failures + 1};
  auto wait = scaled(schedule.waits[failures], 1 + jitter * (2 * spread - 1));
  // A floor is spread upwards only, else a crowd that was told the same second would come back in it.
  if (asked && *asked > wait) wait = std::min(scaled(*asked, 1 + jitter * spread), std::max<Duration>(wait, schedule.retry_after_cap));
  return {Verdict::retry, now + wait, failures + 1};
}

}  // namespace answerback::webhooks
