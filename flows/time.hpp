// Time as the pure folders see it: an instant with milliseconds, handed in from outside, never read here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace answerback::flows {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-23T16:00:00.123Z", always in UTC and with three decimals (RFC 3339).
std::string to_iso8601(Instant at);

// Reads RFC 3339 with `Z` or an offset, seconds' fraction optional; nothing when it is not one.
std::optional<Instant> parse_iso8601(std::string_view text);

// Reads "90s", "15m", "24h", "3d"; nothing for anything else, for zero, and for more than 366 days.
std::optional<Duration> parse_duration(std::string_view text);

// The shortest spelling that parse_duration reads back: "24h" becomes "1d", "90s" stays.
std::string to_string(Duration duration);

}  // namespace answerback::flows
