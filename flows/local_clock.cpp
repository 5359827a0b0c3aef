#include "flows/local_clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace answerback::flows {

namespace {

using std::chrono::minutes;

Instant less(LocalTime at, minutes offset) { return Instant(at.time_since_epoch()) - offset; }

}  // namespace

minutes LocalClock::offset_at(Instant at) const {
  if (shifts.empty()) return minutes(0);
  const auto later = std::upper_bound(shifts.begin() + 1, shifts.end(), at, [](Instant one, const Shift& shift) { return one < shift.from; });
  return std::prev(later)->offset;
}

LocalTime LocalClock::local(Instant at) const { return LocalTime((at + offset_at(at)).time_since_epoch()); }

Instant LocalClock::instant(LocalTime at) const {
  // Offsets lie within a day of UTC, so one of the two that hold a day before and a day after is right, or none in a gap.
  const auto before = offset_at(less(at, minutes(0)) - std::chrono::days(1));
  const auto after = offset_at(less(at, minutes(0)) + std::chrono::days(1));
  const auto first = less(at, before);
  if (offset_at(first) == before) return first;
  const auto second = less(at, after);
  return offset_at(second) == after ? second : first;
}

std::string to_iso8601(Instant at, const LocalClock& clock) {
  const auto offset = clock.offset_at(at).count();
  const auto local = to_iso8601(at + minutes(offset));
  return fmt::format("{}{}{:02}:{:02}", local.substr(0, 19), offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string to_iso8601(LocalTime at, const LocalClock& clock) { return to_iso8601(clock.instant(at), clock); }

std::chrono::local_days day_of(LocalTime at) { return std::chrono::floor<std::chrono::days>(at); }

Duration time_of_day(LocalTime at) { return at - day_of(at); }

}  // namespace answerback::flows
