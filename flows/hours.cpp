#include "flows/hours.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

constexpr int days_ahead = 366;

bool is_closed(const Hours& hours, std::chrono::local_days day) {
  return std::binary_search(hours.closed.begin(), hours.closed.end(), std::chrono::year_month_day(day));
}

const std::vector<OpenRange>& ranges_of(const Hours& hours, std::chrono::local_days day) {
  static const std::vector<OpenRange> none;
  return is_closed(hours, day) ? none : hours.week[std::chrono::weekday(day).c_encoding()];
}

}  // namespace

bool Hours::open_at(LocalTime at) const { return next_open(at) == at; }

std::optional<LocalTime> Hours::next_open(LocalTime at) const {
  auto day = day_of(at);
  auto from = time_of_day(at);
  for (int i = 0; i < days_ahead; ++i, day += std::chrono::days(1), from = Duration(0)) {
    for (const auto& range : ranges_of(*this, day)) {
      if (range.to > from) return LocalTime(day) + std::max(range.from, from);
    }
  }
  return std::nullopt;
}

}  // namespace answerback::flows
