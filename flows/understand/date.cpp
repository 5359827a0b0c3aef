#include "flows/offered_times.hpp"
#include "flows/understand/date_scan.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

Attempt attempt_date(const ExpectDate& expect, const Reply& reply, const DateGrammar& grammar) {
  if (grammar.is_idle()) return {};
  const auto& context = grammar.context;
  const auto found = single_date(grammar, scan_dates(grammar));
  if (!found.date) return {{}, found.refused};
  auto days = days_within(*found.date, expect.after, expect.before, context.today);
  std::erase_if(days, [&](std::chrono::sys_days day) { return !offers_day(expect.offered, day); });
  if (days.empty()) return {{}, true};
  Understood understood{Value(to_iso_date(days.front())), found.date->sure && days.size() == 1, reply.span_of(found.date->first, found.date->last)};
  for (std::size_t i = 1; i < days.size(); ++i) understood.others.emplace_back(to_iso_date(days[i]));
  return {understood, false};
}

}  // namespace

Understood understand_date(const ExpectDate& expect, const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  return in_any_language(context, [&](Language language, bool foreign) {
    return attempt_date(expect, reply, DateGrammar(tokens, context, language, foreign));
  });
}

}  // namespace answerback::flows
