#include "flows/understand/calendar.hpp"

namespace answerback::flows {

using namespace std::chrono;

namespace {

constexpr int first_year = 1'900;
constexpr int last_year = 2'199;

void add(Days& days, int at_year, unsigned at_month, unsigned at_day) {
  const year_month_day date{year{at_year}, month{at_month}, day{at_day}};
  if (date.ok() && at_year >= first_year && at_year <= last_year) days.push_back(sys_days{date});
}

// The coming day may be ruled out by a bound ("after today"), then the one after it counts.
constexpr std::size_t most_coming = 2;

void keep(const Days& found, sys_days today, Days& coming, Days& past) {
  if (found.empty()) return;
  const bool ahead = found.front() >= today;
  if (ahead && coming.size() < most_coming) coming.push_back(found.front());
  if (!ahead && past.empty()) past.push_back(found.front());
}

int year_of(sys_days date) { return static_cast<int>(year_month_day{date}.year()); }

}  // namespace

Days with_year(int at_year, unsigned at_month, unsigned at_day) {
  Days days;
  add(days, at_year, at_month, at_day);
  return days;
}

Days without_year(sys_days today, unsigned at_month, unsigned at_day) {
  constexpr int longest_wait_years = 8;  // February 29 may be that far off (1900, 2100)
  Days coming;
  Days past;
  for (int distance = 0; distance <= longest_wait_years && (coming.size() < most_coming || past.empty()); ++distance) {
    const int ahead = year_of(today) + distance;
    keep(with_year(ahead, at_month, at_day), today, coming, past);
    if (distance > 0) keep(with_year(year_of(today) - distance, at_month, at_day), today, coming, past);
  }
  coming.insert(coming.end(), past.begin(), past.end());
  return coming;
}

Days without_month(sys_days today, unsigned at_day) {
  const year_month_day now{today};
  Days coming;
  Days past;
  for (const int offset : {0, 1, 2, 3, -1, -2}) {
    const auto there = now.year() / now.month() + months{offset};
    keep(with_year(static_cast<int>(there.year()), static_cast<unsigned>(there.month()), at_day), today, coming, past);
  }
  coming.insert(coming.end(), past.begin(), past.end());
  return coming;
}

int full_year(sys_days today, int two_digits) {
  constexpr int furthest_ahead_years = 20;
  const int century = year_of(today) / 100 * 100;
  const int guess = century + two_digits;
  return guess > year_of(today) + furthest_ahead_years ? guess - 100 : guess;
}

sys_days shifted(sys_days from, int count, DateUnit unit) {
  switch (unit) {
    case DateUnit::day: return from + days{count};
    case DateUnit::week: return from + days{7 * count};
    case DateUnit::month:
    case DateUnit::year: break;
  }
  const year_month_day start{from};
  const auto there = start.year() / start.month() + months{unit == DateUnit::year ? 12 * count : count};
  const year_month_day same_day = there / start.day();
  return same_day.ok() ? sys_days{same_day} : sys_days{there / last};
}

sys_days weekday_near(sys_days today, unsigned wanted, Which which) {
  const weekday at{wanted};
  const days ahead = at - weekday{today};
  switch (which) {
    case Which::coming: return today + (ahead == days{0} ? days{7} : ahead);
    case Which::last: return today + ahead - days{7};
    case Which::next: break;
  }
  // "Next Friday" is the one of next week; a week begins on Monday (ISO 8601).
  const sys_days monday = today - (weekday{today} - Monday);
  return monday + days{7} + (at - Monday);
}

}  // namespace answerback::flows
