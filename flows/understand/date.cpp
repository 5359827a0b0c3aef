#include <fmt/format.h>

#include <algorithm>

#include "flows/understand/date_scan.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

using std::chrono::sys_days;

sys_days bound_day(const DateBound& bound, sys_days today) { return bound.today ? today : sys_days{bound.date}; }

bool fits(const ExpectDate& expect, sys_days date, sys_days today) {
  if (expect.after && date <= bound_day(*expect.after, today)) return false;
  return !expect.before || date < bound_day(*expect.before, today);
}

std::string to_text(sys_days date) {
  const std::chrono::year_month_day parts{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

// A day of the week beside a full date only repeats it: "Friday, March 6".
void drop_repeated_weekdays(std::vector<FoundDate>& dates) {
  if (std::any_of(dates.begin(), dates.end(), [](const FoundDate& date) { return !date.weekday; })) {
    std::erase_if(dates, [](const FoundDate& date) { return date.weekday; });
  }
}

}  // namespace

Understood understand_date(const ExpectDate& expect, const Reply& reply, const ReplyContext& context) {
  auto dates = scan_dates(reply, context);
  drop_repeated_weekdays(dates);
  if (dates.empty() || std::any_of(dates.begin(), dates.end(), [](const FoundDate& found) { return found.several; })) return {};
  const auto& date = dates.front();
  const bool same = std::all_of(dates.begin(), dates.end(), [&](const FoundDate& other) { return other.candidates == date.candidates; });
  if (!same) return {};
  const auto chosen = std::find_if(date.candidates.begin(), date.candidates.end(), [&](sys_days day) { return fits(expect, day, context.today); });
  if (chosen == date.candidates.end()) return {};
  return {Value(to_text(*chosen)), date.sure, reply.span_of(date.first, date.last)};
}

}  // namespace answerback::flows
