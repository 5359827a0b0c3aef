#include <fmt/format.h>

#include "flows/understand/date_scan.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/time_grammar.hpp"
#include "flows/understand/time_scan.hpp"

namespace answerback::flows {

namespace {

Value to_value(int minutes) { return fmt::format("{:02}:{:02}", minutes % minutes_a_day / 60, minutes % 60); }

int whole_minutes(Duration time_of_day) { return static_cast<int>(std::chrono::floor<std::chrono::minutes>(time_of_day).count()); }

Attempt attempt_time(const Reply& reply, const DateGrammar& dates) {
  if (dates.is_idle()) return {};
  const auto& context = dates.context;
  const auto scan = scan_times(TimeGrammar(dates), scan_dates(dates).taken);
  if (scan.refused) return {{}, true};
  if (scan.delay) {
    const auto& delay = *scan.delay;
    const auto value = to_value(whole_minutes(context.time_of_day) + delay.minutes);
    return {{value, delay.sure, reply.span_of(delay.first, delay.last)}, false};
  }
  if (!scan.time) return {};
  const auto& time = *scan.time;
  const bool sure = !time.vague && !time.offset && time.minutes.size() == 1;
  Understood understood{to_value(time.minutes.front()), sure, reply.span_of(time.first, time.last)};
  for (std::size_t i = 1; i < time.minutes.size(); ++i) understood.others.push_back(to_value(time.minutes[i]));
  return {understood, false};
}

}  // namespace

Understood understand_time(const ExpectTime&, const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  return in_any_language(context, [&](Language language, bool foreign) { return attempt_time(reply, DateGrammar(tokens, context, language, foreign)); });
}

}  // namespace answerback::flows
