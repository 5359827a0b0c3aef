#include <algorithm>

#include "flows/offered_times.hpp"
#include "flows/understand/date_scan.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/range_periods.hpp"
#include "flows/understand/range_times.hpp"
#include "flows/understand/time_grammar.hpp"
#include "flows/understand/time_scan.hpp"

namespace answerback::flows {

namespace {

using std::chrono::minutes;

int whole_minutes(Duration time_of_day) { return static_cast<int>(std::chrono::floor<std::chrono::minutes>(time_of_day).count()); }

// "Morning" begins where it is offered when its usual hour is not.
std::vector<int> offered_minutes(const DayTime& time, const OfferedTimes& offered) {
  auto found = time.minutes;
  if (!limits_anything(offered)) return found;
  std::erase_if(found, [&](int minute) { return !offers_time(offered, minutes(minute % minutes_a_day)); });
  if (!found.empty() || !time.part) return found;
  const auto window = usual_window(*time.part);
  for (const auto& range : offered_ranges(offered)) {
    const auto begin = std::max(window.from, whole_minutes(range.from));
    if (begin < std::min(window.to, whole_minutes(range.to))) return {begin};
  }
  return {};
}

Attempt attempt_time(const ExpectTime& expect, const Reply& reply, const DateGrammar& dates) {
  if (dates.is_idle()) return {};
  const auto& context = dates.context;
  const auto scan = scan_times(TimeGrammar(dates), scan_dates(dates).taken);
  if (scan.refused) return {{}, true};
  if (scan.delay) {
    const auto& delay = *scan.delay;
    const int minute = (whole_minutes(context.time_of_day) + delay.minutes) % minutes_a_day;
    if (!offers_time(expect.offered, minutes(minute))) return {{}, true};
    return {{time_text(minute), delay.sure, reply.span_of(delay.first, delay.last)}, false};
  }
  if (!scan.time) return {};
  const auto& time = *scan.time;
  const auto offered = offered_minutes(time, expect.offered);
  if (offered.empty()) return {{}, true};
  const bool sure = !time.vague && !time.offset && offered.size() == 1;
  Understood understood{time_text(offered.front()), sure, reply.span_of(time.first, time.last)};
  for (std::size_t i = 1; i < offered.size(); ++i) understood.others.emplace_back(time_text(offered[i]));
  return {understood, false};
}

}  // namespace

Understood understand_time(const ExpectTime& expect, const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  return in_any_language(context, [&](Language language, bool foreign) { return attempt_time(expect, reply, DateGrammar(tokens, context, language, foreign)); });
}

}  // namespace answerback::flows
