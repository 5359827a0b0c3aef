#include "flows/understand/range_times.hpp"

#include <algorithm>
#include <array>

#include "flows/offered_times.hpp"

namespace answerback::flows {

namespace {

constexpr int full_day_minutes = 24 * 60;

std::optional<int> earliest_after(const std::vector<int>& times, int after) {
  std::optional<int> found;
  for (const int time : times) {
    if (time > after && (!found || time < *found)) found = time;
  }
  return found;
}

std::optional<int> latest_before(const std::vector<int>& times, int before) {
  std::optional<int> found;
  for (const int time : times) {
    if (time < before && (!found || time > *found)) found = time;
  }
  return found;
}

// "10pm to 2": the small hours of the night that follows.
bool wraps_midnight(int from, int to) {
  constexpr int evening = 18 * 60;
  constexpr int small_hours = 6 * 60;
  return from >= evening && to <= small_hours;
}

void keep_sensible(std::vector<TimePair>& pairs) {
  constexpr int bed_time = 22 * 60;
  const auto is_sensible = [](const TimePair& pair) { return pair.from >= waking_minutes && pair.from <= pair.to && pair.to <= bed_time; };
  if (std::any_of(pairs.begin(), pairs.end(), is_sensible)) std::erase_if(pairs, [&](const TimePair& pair) { return !is_sensible(pair); });
}

// "10pm to 6am" goes over midnight; "5pm to 3pm" was said the wrong way round.
TimeWindows over_midnight(int from, int to) {
  constexpr int longest_night = 14 * 60;
  const int length = (to - from + full_day_minutes) % full_day_minutes;
  if (length <= longest_night || to == 0) return {{{from, to}}, false};
  return {{{to, from}}, true};
}

}  // namespace

std::optional<int> minutes_of_time(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() != 5) return std::nullopt;
  const auto two = [&](std::size_t at) { return ((*text)[at] - '0') * 10 + ((*text)[at + 1] - '0'); };
  return two(0) * 60 + two(3);
}

std::string time_text(int minutes) {
  const int in_day = (minutes % full_day_minutes + full_day_minutes) % full_day_minutes;
  const std::array<char, 5> text{static_cast<char>('0' + in_day / 600), static_cast<char>('0' + in_day / 60 % 10), ':',
                                 static_cast<char>('0' + in_day % 60 / 10), static_cast<char>('0' + in_day % 10)};
  return {text.begin(), text.end()};
}

// Every time that a half may mean, likeliest first.
std::vector<int> times_in(const Understood& half) {
  std::vector<int> times;
  if (half.value) times.push_back(minutes_of_time(*half.value).value_or(0));
  for (const auto& other : half.others) times.push_back(minutes_of_time(other).value_or(0));
  return times;
}

std::optional<TimePair> paired(const std::vector<int>& first, const std::vector<int>& second) {
  if (first.size() == 1) {
    if (const auto to = earliest_after(second, first.front())) return TimePair{first.front(), *to};
    const int to = *std::min_element(second.begin(), second.end());
    return wraps_midnight(first.front(), to) ? std::optional(TimePair{first.front(), to}) : std::nullopt;
  }
  if (second.size() == 1) {
    if (const auto from = latest_before(first, second.front())) return TimePair{*from, second.front()};
    const int from = *std::max_element(first.begin(), first.end());
    return wraps_midnight(from, second.front()) ? std::optional(TimePair{from, second.front()}) : std::nullopt;
  }
  const auto to = earliest_after(second, first.front());
  return to ? std::optional(TimePair{first.front(), *to}) : std::nullopt;
}

TimeWindows time_windows(const std::vector<int>& first, const std::vector<int>& second, const OfferedTimes& offered) {
  const auto is_offered = [&](const TimePair& pair) { return !limits_anything(offered) || offers_window(offered, std::chrono::minutes(pair.from), std::chrono::minutes(pair.to)); };
  TimeWindows windows;
  const auto add = [&](std::optional<int> from, std::optional<int> to) {
    if (from && to) windows.pairs.push_back({*from, *to});
  };
  if (first == second) {
    for (const int time : first) add(time, time);
  } else if (second.size() == 1 && first.size() > 1) {
    add(latest_before(first, second.front()), second.front());
  } else {
    for (const int from : first) add(from, earliest_after(second, from));
  }
  const bool none = windows.pairs.empty();
  std::erase_if(windows.pairs, [&](const TimePair& pair) { return !is_offered(pair); });
  keep_sensible(windows.pairs);
  const bool is_said = first.size() == 1 || second.size() == 1;  // with its half of the day
  if (!none || !is_said) return windows;
  windows = over_midnight(*std::max_element(first.begin(), first.end()), *std::min_element(second.begin(), second.end()));
  std::erase_if(windows.pairs, [&](const TimePair& pair) { return !is_offered(pair); });
  return windows;
}

void keep_waking_hours(std::vector<int>& times, bool is_lower) {
  // Nobody begins at nine in the evening, or is through by six in the morning.
  constexpr int latest_begin = 21 * 60;
  const auto is_waking = [&](int time) { return is_lower ? time >= waking_minutes && time < latest_begin : time > waking_minutes; };
  if (std::any_of(times.begin(), times.end(), is_waking)) std::erase_if(times, [&](int time) { return !is_waking(time); });
}

}  // namespace answerback::flows
