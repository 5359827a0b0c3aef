#include "webhooks/schedule.hpp"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <locale>
#include <sstream>
#include <string>

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

std::optional<Duration> parse_seconds(std::string_view text) {
  constexpr std::int64_t too_many = 10LL * 366 * 24 * 3600;  // more than that is capped anyway, and this can't overflow
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::int64_t value = too_many;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) value = too_many;
  return seconds(std::min(value, too_many));
}

// RFC 9110 5.6.7: the form of today and the two obsolete ones that a recipient must read.
std::optional<flows::Instant> parse_http_date(const std::string& text) {
  constexpr std::array<const char*, 3> forms = {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};
  for (const char* form : forms) {
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    std::chrono::sys_seconds at;
    if (date::from_stream(in, form, at) && in.peek() == std::istringstream::traits_type::eof()) return at;
  }
  return std::nullopt;
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

std::optional<flows::Duration> parse_retry_after(std::string_view header, flows::Instant now) {
  if (header.size() > 64) return std::nullopt;
  if (const auto wait = parse_seconds(header)) return wait;
  const auto at = parse_http_date(std::string(header));
  if (!at) return std::nullopt;
  return std::max<Duration>(*at - now, Duration::zero());
}

}  // namespace answerback::webhooks
