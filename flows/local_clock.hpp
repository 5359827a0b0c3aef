// What a clock on the wall shows somewhere: offsets from UTC with the instants from which they hold, as a plain value, so that
// pure code can tell local time without a time zone database. Who has one makes the value (server/config/zone.hpp).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "flows/time.hpp"

namespace answerback::flows {

// A local date and time of day. Its sys_time spelling is an instant only by name: it counts as if the wall showed UTC.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

struct LocalClock {
  struct Shift {
    Instant from;                     // the offset holds from here to the next shift
    std::chrono::minutes offset{0};   // east of UTC
    bool operator==(const Shift&) const = default;
  };
  std::string zone = "UTC";           // its name, for people
  std::vector<Shift> shifts;          // by `from`; the first one also holds for all that is before; none = UTC
  bool operator==(const LocalClock&) const = default;

  std::chrono::minutes offset_at(Instant at) const;
  LocalTime local(Instant at) const;
  // A time that is skipped when clocks go forward reads as the same time after; one that comes twice as the first.
  Instant instant(LocalTime at) const;
};

// "2026-03-02T15:00:00-06:00": with the offset that holds there and then.
std::string to_iso8601(LocalTime at, const LocalClock& clock);
std::string to_iso8601(Instant at, const LocalClock& clock);

std::chrono::local_days day_of(LocalTime at);
Duration time_of_day(LocalTime at);

}  // namespace answerback::flows
