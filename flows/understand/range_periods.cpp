#include "flows/understand/range_periods.hpp"

#include <array>

#include "flows/load/times.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/date_scan.hpp"
#include "flows/understand/time_scan.hpp"

namespace answerback::flows {

namespace {

using std::chrono::days;

bool is_unit(const DateGrammar& grammar, std::size_t at, DateUnit unit) {
  const auto found = grammar.words.find(at, Role::date_unit);
  return found && static_cast<DateUnit>(found->value) == unit;
}

DayPair week_at(const DateGrammar& grammar, int offset) {
  const auto monday = monday_of(grammar.today) + days{7 * offset};
  return {monday, monday + days{6}};
}

// Its Saturday and Sunday; of one that has begun what is left of it.
std::optional<DayPair> weekend_of(const DateGrammar& grammar) {
  const auto found = single_date(grammar, scan_dates(grammar));
  if (!found.date || found.date->readings.empty()) return std::nullopt;
  return DayPair{found.date->readings.front().front(), found.date->readings.back().front()};
}

// "Friday next week", "the end of march", "a month ago" are days.
bool names_a_day(const DateGrammar& grammar) {
  for (std::size_t at = 0; at < grammar.tokens.size(); ++at) {
    for (const auto role : {Role::weekday, Role::edge, Role::ago, Role::since}) {
      if (grammar.words.has(at, role)) return true;
    }
  }
  return false;
}

// "The week of march 9", "la semana del 9"
std::optional<DayPair> week_of_day(const Reply& reply, const ReplyContext& context) {
  constexpr auto weeks = std::to_array<std::string_view>({"week", "semana", "semaine"});
  constexpr auto joints = std::to_array<std::string_view>({"of", "del", "du", "de"});
  const auto& tokens = reply.tokens();
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    if (!is_one_of(tokens[at].text, weeks) || !is_one_of(tokens[at + 1].text, joints)) continue;
    const auto rest = std::string(reply.raw().substr(reply.span_of(at + 1, at + 1).end));
    for (const auto* article : {"", "the ", "el ", "le "}) {
      const auto day = understand_date(ExpectDate{}, Reply(article + std::string(trim(rest))), context);
      const auto date = day.value ? parse_date(std::get<std::string>(*day.value)) : std::nullopt;
      if (!date) continue;
      const auto monday = monday_of(std::chrono::sys_days(*date));
      return DayPair{monday, monday + days{6}};
    }
  }
  return std::nullopt;
}

std::optional<DayPair> days_named_in(const DateGrammar& grammar) {
  if (grammar.is_idle()) return std::nullopt;
  for (std::size_t at = 0; at < grammar.tokens.size(); ++at) {
    if (is_unit(grammar, at, DateUnit::weekend)) return weekend_of(grammar);
  }
  if (names_a_day(grammar)) return std::nullopt;
  for (std::size_t at = 0; at < grammar.tokens.size(); ++at) {
    if (const auto week = grammar.week(at)) return week_at(grammar, week->offset);
    if (is_unit(grammar, at, DateUnit::week)) return std::nullopt;  // "the first week of april"
    const auto month = grammar.month(at);
    if (!month || month->firsts.empty()) continue;
    const bool has_day = (at > 0 && grammar.tokens.is_digits(at - 1)) || grammar.tokens.is_digits(month->next);
    const auto first = month->firsts.front();
    // "May" is a word of its own.
    if (!has_day && !(grammar.tokens.is(at, "may") && grammar.tokens.size() > 2)) return DayPair{first, last_of_month(first)};
  }
  return std::nullopt;
}

}  // namespace

TimePair usual_window(DayPart part) {
  constexpr int an_hour = 60;
  switch (part) {
    case DayPart::morning: return {8 * an_hour, 12 * an_hour};
    case DayPart::noon: return {12 * an_hour, 14 * an_hour};
    case DayPart::afternoon: return {12 * an_hour, 17 * an_hour};
    case DayPart::evening: return {17 * an_hour, 21 * an_hour};
    case DayPart::night: break;
  }
  return {20 * an_hour, 23 * an_hour};
}

bool means_any_time(const Reply& reply) {
  constexpr auto phrases = std::to_array<std::string_view>({
      "any time", "anytime", "all day", "all day long", "whenever", "i'm flexible", "im flexible", "flexible", "i am flexible", "i'm open", "im open", "wide open", "no preference",
      "doesn't matter", "doesnt matter", "it doesn't matter", "any time is fine", "anytime is fine", "any time works", "anytime works", "any time works for me", "anytime works for me", "whenever works",
      "whenever works for you", "whenever you can", "whenever is good", "any time is good", "anytime is good", "all day works", "i'm home all day", "im home all day", "i'm here all day", "any",
      "a cualquier hora", "cualquier hora", "cuando sea", "todo el dia", "cuando quieran", "cuando puedan", "cuando quieras", "me da igual", "es igual", "da igual", "a la hora que sea",
      "n'importe quand", "toute la journee", "quand vous voulez", "a n'importe quelle heure", "n'importe quelle heure", "ca m'est egal", "peu importe", "quand vous pouvez"});
  auto words = fold_words(reply.folded());
  for (const std::string_view manner : {" please", " pls", " thanks", " thank you", " por favor", " gracias", " svp", " merci"}) {
    if (words.ends_with(manner)) words.erase(words.size() - manner.size());
  }
  return is_one_of(words, phrases);
}

std::optional<TimePair> part_of_day(const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  for (const auto language : languages_for(context.language)) {
    const DateGrammar dates(tokens, context, language, language != languages_for(context.language).front());
    if (dates.is_idle()) continue;
    const auto scan = scan_times(TimeGrammar(dates), scan_dates(dates).taken);
    if (scan.time && scan.time->part) return usual_window(*scan.time->part);
    if (scan.time || scan.delay || scan.refused) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<DayPair> named_days(const Reply& reply, const ReplyContext& context) {
  if (const auto week = week_of_day(reply, context)) return week;
  const TokenView tokens(reply.tokens());
  for (const auto language : languages_for(context.language)) {
    const DateGrammar dates(tokens, context, language, language != languages_for(context.language).front());
    if (auto found = days_named_in(dates)) return found;
  }
  return std::nullopt;
}

}  // namespace answerback::flows
