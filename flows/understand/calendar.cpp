#include "flows/understand/calendar.hpp"

#include <cstdlib>

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

sys_days after_working_days(sys_days from, int count) {
  const days step{count < 0 ? -1 : 1};
  for (int left = std::abs(count); left > 0;) {
    from += step;
    const weekday at{from};
    if (at != Saturday && at != Sunday) --left;
  }
  return from;
}

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
    case DateUnit::week:
    case DateUnit::weekend: return from + days{7 * count};
    case DateUnit::fortnight: return from + days{14 * count};
    case DateUnit::working_day: return after_working_days(from, count);
    case DateUnit::month:
    case DateUnit::year: break;
  }
  const year_month_day start{from};
  const auto there = start.year() / start.month() + months{unit == DateUnit::year ? 12 * count : count};
  const year_month_day same_day = there / start.day();
  return same_day.ok() ? sys_days{same_day} : sys_days{there / last};
}

sys_days first_of_month(sys_days day) {
  const year_month_day date{day};
  return sys_days{date.year() / date.month() / 1};
}

sys_days last_of_month(sys_days day) {
  const year_month_day date{day};
  return sys_days{date.year() / date.month() / last};
}

sys_days monday_of(sys_days day) { return day - (weekday{day} - Monday); }
sys_days in_week_of(sys_days day, unsigned wanted) { return monday_of(day) + (weekday{wanted} - Monday); }

sys_days coming_weekday(sys_days today, unsigned wanted) { return today + days{1} + (weekday{wanted} - weekday{today + days{1}}); }
sys_days past_weekday(sys_days today, unsigned wanted) { return today - days{1} - (weekday{today - days{1}} - weekday{wanted}); }

Days nth_weekday(sys_days month, int n, unsigned wanted) {
  const year_month_day date{month};
  if (n < 0) return {sys_days{date.year() / date.month() / weekday{wanted}[last]}};
  const auto found = date.year() / date.month() / weekday{wanted}[static_cast<unsigned>(n)];
  return found.ok() ? Days{sys_days{found}} : Days{};
}

// The Gregorian computus (Meeus, Jones and Butcher).
sys_days easter(int at_year) {
  const int golden = at_year % 19;
  const int century = at_year / 100;
  const int epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  const int sunday = (32 + 2 * (century % 4) + 2 * (at_year % 100 / 4) - epact - at_year % 100 % 4) % 7;
  const int correction = (golden + 11 * epact + 22 * sunday) / 451;
  const int sum = epact + sunday - 7 * correction + 114;
  return sys_days{year_month_day{year{at_year}, month{static_cast<unsigned>(sum / 31)}, day{static_cast<unsigned>(sum % 31 + 1)}}};
}

}  // namespace answerback::flows
