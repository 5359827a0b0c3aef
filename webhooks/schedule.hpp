// When to try again: arithmetic over a schedule that is data. Jitter comes from the delivery's own numbers, so that the
// same delivery always waits the same time and a crowd spreads out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "flows/time.hpp"

namespace answerback::webhooks {

struct Schedule {
  // Waits before the attempts after the first. Default: Standard Webhooks' 10 attempts over 75 h 35 m 5 s.
  std::vector<flows::Duration> waits;
  double jitter = 0.2;                                             // +-20 %
  flows::Duration retry_after_cap = std::chrono::hours(24);
  static Schedule standard();
};

// What an attempt came to, as far as scheduling cares.
struct AttemptResult {
  int status = 0;           // HTTP status, 0 = no answer
  std::optional<flows::Duration> retry_after;
  std::uint32_t attempt = 1;  // number of this attempt, with those that did not count
};

// A delivery may be told 429 this often, which takes days; from then on 429 counts like any other failure, so that every
// delivery comes to an end.
inline constexpr std::uint32_t max_throttled_attempts = 500;

enum class Verdict : std::uint8_t { delivered, retry, gone, give_up };

struct Next {
  Verdict verdict = Verdict::delivered;
  flows::Instant due_at;        // for retry
  std::uint32_t failures = 0;   // attempts that count, with this one; 429 does not count
  bool operator==(const Next&) const = default;
};

// `failures`: attempts that counted before this one. `seed`: any number that is the delivery's own.
Next after(const Schedule& schedule, const AttemptResult& result, std::uint32_t failures, std::uint64_t seed, flows::Instant now);

// How long a Retry-After asks to wait: seconds or an HTTP date in any of its three forms (RFC 9110 10.2.3, 5.6.7), and what
// receivers send besides: fractions, "1500ms", UTC in other words, ISO 8601, instants in seconds or milliseconds since 1970.
std::optional<flows::Duration> parse_retry_after(std::string_view header, flows::Instant now);

}  // namespace answerback::webhooks
