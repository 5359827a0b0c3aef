#include "flows/understand/date_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using std::chrono::sys_days;

constexpr std::size_t most_dates = 16;  // whoever names more means none of them

// "any day but friday", "can't do monday", "sauf mardi"
bool is_ruled_out(const TokenView& tokens, std::size_t first) {
  constexpr auto negators =
      std::to_array<std::string_view>({"not", "but", "except", "can't", "cant", "cannot", "besides", "never", "isn't", "doesn't", "won't", "no",
                                       "menos", "excepto", "salvo", "sauf", "pas", "hormis"});
  constexpr auto between = std::to_array<std::string_view>(
      {"on", "do", "make", "at", "the", "for", "work", "el", "le", "this", "next", "puedo", "puede", "podemos", "possible"});
  constexpr std::size_t furthest = 3;
  for (std::size_t back = 1; back <= furthest && back <= first; ++back) {
    const auto word = tokens.word(first - back);
    if (is_one_of(word, negators)) return true;
    if (!is_one_of(word, between)) return false;
  }
  return false;
}

// "after march 5", "antes del lunes": no day of its own
bool is_bounded(const DateGrammar& grammar, std::size_t first) {
  constexpr std::size_t longest_phrase = 4;
  for (std::size_t back = 1; back <= longest_phrase && back <= first; ++back) {
    const auto bound = grammar.words.find(first - back, Role::bound);
    if (bound && grammar.words.skip(bound->next, Role::the) >= first) return true;
  }
  return false;
}

std::vector<FoundDate> all_dates(const DateGrammar& grammar) {
  std::vector<FoundDate> found;
  for (std::size_t at = 0; at < grammar.tokens.size() && found.size() <= most_dates;) {
    auto date = grammar.any(at);
    if (!date) {
      ++at;
      continue;
    }
    at = date->last + 1;
    if (is_bounded(grammar, date->first)) date->sure = false;
    found.push_back(std::move(*date));
  }
  return found;
}

bool has_weekday(sys_days day, unsigned weekday) { return std::chrono::weekday{day} == std::chrono::weekday{weekday}; }

// Is the best day of one the best day of a reading of the other?
bool is_first(const FoundDate& decided, const FoundDate& date) {
  if (decided.readings.empty()) return false;
  const auto best = decided.readings.front().front();
  return std::any_of(date.readings.begin(), date.readings.end(), [&](const Days& reading) { return reading.front() == best; });
}

// "Friday 3/4" is the reading that is a Friday. A date years away is not meant only because its weekday fits.
void decide_by_weekday(FoundDate& date, unsigned weekday, sys_days today) {
  constexpr std::chrono::days nearby{62};
  FoundDate decided = date;
  for (auto& reading : decided.readings) std::erase_if(reading, [&](sys_days day) { return !has_weekday(day, weekday); });
  std::erase_if(decided.readings, [](const Days& reading) { return reading.empty(); });
  const bool near = !decided.readings.empty() && decided.readings.front().front() >= today && decided.readings.front().front() <= today + nearby;
  if (near || is_first(decided, date)) {
    date = std::move(decided);
  } else {
    date.sure = false;  // it is some other day of the week: one of the two is a slip
  }
}

// Takes the weekdays out that go with a full date.
void join_weekdays(std::vector<FoundDate>& dates, sys_days today) {
  const auto full = std::find_if(dates.begin(), dates.end(), [](const FoundDate& date) { return !date.weekday; });
  if (full == dates.end()) return;
  for (const auto& date : dates) {
    if (!date.weekday) continue;
    decide_by_weekday(*full, *date.weekday, today);
    full->first = std::min(full->first, date.first);
    full->last = std::max(full->last, date.last);
  }
  std::erase_if(dates, [](const FoundDate& date) { return date.weekday.has_value(); });
}

bool fits(sys_days day, const std::optional<DateBound>& after, const std::optional<DateBound>& before, sys_days today) {
  const auto bound_day = [&](const DateBound& bound) { return bound.today ? today : sys_days{bound.date}; };
  if (after && day <= bound_day(*after)) return false;
  return !before || day < bound_day(*before);
}

}  // namespace

DateGrammar::DateGrammar(const TokenView& reply, const ReplyContext& reply_context, Language in_language, bool foreign)
    : tokens(reply),
      words(tokens, date_words(in_language), foreign),
      numbers(tokens, reply_context, in_language, foreign),
      context(reply_context),
      language(in_language),
      is_foreign(foreign),
      today(reply_context.today) {}

bool DateGrammar::is_clock_at(std::size_t at) const {
  if (tokens.is_glued(at, ":") && tokens.is_glued_digits(at + 1)) return true;
  if (tokens.word(at).empty()) return false;
  if (tokens.is_glued(at, "h") || tokens.is(at, "o'clock") || tokens.is(at, "heures") || tokens.is(at, "heure")) return true;
  const auto half = words.find(at, Role::meridiem);
  const bool letter = tokens.word(at).size() == 1 && half && half->next == at + 1;
  return half && (!letter || tokens.is_glued(at));
}

DateGrammar::Found DateGrammar::any(std::size_t at) const {
  if (!tokens.is_digits(at) && !words.knows(at) && !numbers.words().knows(at)) return std::nullopt;
  if (tokens.is_digits(at)) {
    if (auto date = numeric(at)) return date;
  }
  struct Form {
    Found (DateGrammar::*read)(std::size_t) const;
    Roles needs;  // one of these somewhere in the reply; none: nothing special
  };
  constexpr Roles months = only(Role::month) | only(Role::date_unit);
  constexpr Roles weekdays = only(Role::weekday);
  constexpr Roles periods = only(Role::date_unit) | only(Role::holiday) | only(Role::edge);
  constexpr std::array<Form, 8> forms{{{&DateGrammar::month_first, months},
                                       {&DateGrammar::nth_weekday_of, weekdays},
                                       {&DateGrammar::day_first, months},
                                       {&DateGrammar::counted, only(Role::date_unit) | only(Role::ahead)},
                                       {&DateGrammar::neighbour, only(Role::neighbour)},
                                       {&DateGrammar::week_day, weekdays},
                                       {&DateGrammar::period, periods},
                                       {&DateGrammar::day_alone, 0}}};
  for (const auto& form : forms) {
    if (form.needs != 0 && !words.has_somewhere(form.needs)) continue;
    if (auto date = (this->*form.read)(at)) return date;
  }
  return std::nullopt;
}

DateScan scan_dates(const DateGrammar& grammar) {
  DateScan scan{all_dates(grammar), std::vector<bool>(grammar.tokens.size(), false), false};
  for (const auto& date : scan.dates) {
    scan.refused = scan.refused || date.several || scan.dates.size() > most_dates;
    std::fill_n(scan.taken.begin() + static_cast<std::ptrdiff_t>(date.first), date.last + 1 - date.first, true);
  }
  const auto ruled_out = std::erase_if(scan.dates, [&](const FoundDate& date) { return is_ruled_out(grammar.tokens, date.first); });
  const auto impossible = std::erase_if(scan.dates, [](const FoundDate& date) { return date.readings.empty(); });
  if (scan.dates.empty() && ruled_out + impossible > 0) scan.refused = true;
  return scan;
}

SingleDate single_date(const DateGrammar& grammar, DateScan scan) {
  auto& dates = scan.dates;
  if (!scan.refused) join_weekdays(dates, grammar.today);
  if (scan.refused || dates.empty()) return {std::nullopt, scan.refused};
  const bool same = std::all_of(dates.begin(), dates.end(), [&](const FoundDate& other) { return other.readings == dates.front().readings; });
  if (!same) return {std::nullopt, true};
  return {std::move(dates.front()), false};
}

Days days_within(const FoundDate& date, const std::optional<DateBound>& after, const std::optional<DateBound>& before, sys_days today) {
  Days days;
  for (const auto& reading : date.readings) {
    const auto day = std::find_if(reading.begin(), reading.end(), [&](sys_days one) { return fits(one, after, before, today); });
    const bool is_new = day != reading.end() && std::find(days.begin(), days.end(), *day) == days.end();
    if (is_new) days.push_back(*day);
  }
  return days;
}

std::string to_iso_date(sys_days day) {
  const std::chrono::year_month_day parts{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

}  // namespace answerback::flows
