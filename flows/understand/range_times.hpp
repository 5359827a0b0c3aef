// Two times of day as the ends of a window: which of the readings of each go together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/understand/understand.hpp"

namespace answerback::flows {

inline constexpr int waking_minutes = 6 * 60;  // before it nobody is meant to get up

std::optional<int> minutes_of_time(const Value& value);  // of "14:30"
std::string time_text(int minutes);                      // of any day's minutes

// Every time that a reply may mean, likeliest first, in minutes of the day.
std::vector<int> times_in(const Understood& half);

struct TimePair {
  int from = 0, to = 0;
  bool operator==(const TimePair&) const = default;
};

// The likeliest window, whose end may lie on the next day; nothing when the ends do not go together.
std::optional<TimePair> paired(const std::vector<int>& first, const std::vector<int>& second);

// Every sensible window, likeliest first. Without any hint nobody means one that begins before six or goes over midnight.
struct TimeWindows {
  std::vector<TimePair> pairs;
  bool turned = false;  // the later end was said first
};
// Only those that are offered count.
TimeWindows time_windows(const std::vector<int>& first, const std::vector<int>& second, const OfferedTimes& offered = {});

// Drops the small hours where another reading is there.
void keep_waking_hours(std::vector<int>& times, bool is_lower);

}  // namespace answerback::flows
