// Finds what a reply says of the time of day, in one language.
#pragma once

#include "flows/understand/time_grammar.hpp"

namespace answerback::flows {

// Tokens that say something else already, such as a date.
using Taken = std::vector<bool>;

// What the time of day may be, likeliest first; in minutes from midnight, from 24:00 on in the night that follows.
struct DayTime {
  std::vector<int> minutes;
  std::size_t first = 0;  // tokens, both included
  std::size_t last = 0;
  bool vague = false;             // "after 3", "in the morning"
  bool midnight = false;          // the word, which belongs to two days
  std::optional<int> offset{};    // minutes east of UTC, when it says so
  std::optional<DayPart> part{};  // when only that was said
};

struct TimeScan {
  std::optional<DayTime> time;
  std::optional<FoundDelay> delay;  // instead of a time: "in 2 hours", "now"
  bool refused = false;             // several times are named
};

TimeScan scan_times(const TimeGrammar& grammar, const Taken& taken);

}  // namespace answerback::flows
