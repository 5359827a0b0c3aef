#include "flows/offered_times.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

constexpr Duration a_whole_day = std::chrono::hours(24);

std::size_t number_of(std::chrono::weekday day) { return day.c_encoding(); }

bool is_open_on(const OfferedTimes& offered, std::size_t weekday) {
  if (offered.weekdays && !(*offered.weekdays)[weekday]) return false;
  return !offered.hours || !offered.hours->week[weekday].empty();
}

bool holds(const OpenRange& range, Duration time) { return range.from <= time && time < range.to; }

// "Between" includes its end: who may come from 8 to 17 may say 17.
bool is_between(const OfferedTimes& offered, Duration time) {
  return !offered.between || (offered.between->from <= time && time <= offered.between->to);
}

}  // namespace

bool limits_anything(const OfferedTimes& offered) { return offered.weekdays || offered.between || offered.hours; }

bool offers_day(const OfferedTimes& offered, std::chrono::sys_days day) {
  if (!is_open_on(offered, number_of(std::chrono::weekday(day)))) return false;
  const std::chrono::year_month_day date(day);
  return !offered.hours || !std::binary_search(offered.hours->closed.begin(), offered.hours->closed.end(), date);
}

bool offers_time(const OfferedTimes& offered, Duration time_of_day) {
  if (!limits_anything(offered)) return true;
  if (!is_between(offered, time_of_day)) return false;
  const auto ranges = offered_ranges(offered);
  const auto is_end = [&](const OpenRange& range) { return offered.between && offered.between->to == time_of_day && range.to == time_of_day && !offered.hours; };
  return std::any_of(ranges.begin(), ranges.end(), [&](const OpenRange& range) { return holds(range, time_of_day) || is_end(range); });
}

bool offers_window(const OfferedTimes& offered, Duration from, Duration to) {
  const auto ranges = offered_ranges(offered);
  return std::any_of(ranges.begin(), ranges.end(), [&](const OpenRange& range) { return range.from <= from && from <= to && to <= range.to; });
}

bool offers_moment(const OfferedTimes& offered, LocalTime at) {
  const auto day = std::chrono::sys_days(day_of(at).time_since_epoch());
  if (!offers_day(offered, day) || !is_between(offered, time_of_day(at))) return false;
  return !offered.hours || offered.hours->open_at(at);
}

std::vector<OpenRange> offered_ranges(const OfferedTimes& offered) {
  std::vector<OpenRange> ranges;
  const OpenRange limits = offered.between.value_or(OpenRange{Duration(0), a_whole_day});
  const auto add = [&](const OpenRange& range) {
    const OpenRange inside{std::max(range.from, limits.from), std::min(range.to, limits.to)};
    if (inside.from < inside.to && std::find(ranges.begin(), ranges.end(), inside) == ranges.end()) ranges.push_back(inside);
  };
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    if (!is_open_on(offered, weekday)) continue;
    if (!offered.hours) add({Duration(0), a_whole_day});
    if (offered.hours) std::for_each(offered.hours->week[weekday].begin(), offered.hours->week[weekday].end(), add);
  }
  std::sort(ranges.begin(), ranges.end(), [](const OpenRange& a, const OpenRange& b) { return a.from < b.from; });
  return ranges;
}

}  // namespace answerback::flows
