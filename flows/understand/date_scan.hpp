// Finds every date in a reply, in one language.
#pragma once

#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

struct DateScan {
  std::vector<FoundDate> dates;  // those that could be meant
  std::vector<bool> taken;       // the tokens that dates are made of, so that nobody takes them for a time
  bool refused = false;          // several days are named, or only days that are not meant or not there ("any day but friday", "Feb 30")
};

DateScan scan_dates(const DateGrammar& grammar);

// The one date of a reply; a day of the week beside a full date only repeats it, or decides between its readings.
struct SingleDate {
  std::optional<FoundDate> date;
  bool refused = false;
};
SingleDate single_date(const DateGrammar& grammar, DateScan scan);

// The days that it can be within the bounds, likeliest first; one per reading.
Days days_within(const FoundDate& date, const std::optional<DateBound>& after, const std::optional<DateBound>& before, std::chrono::sys_days today);

std::string to_iso_date(std::chrono::sys_days day);

}  // namespace answerback::flows
