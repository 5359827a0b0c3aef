#include <array>

#include "flows/text/words.hpp"
#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using Found = DateGrammar::Found;

constexpr unsigned friday = 5;
constexpr unsigned saturday = 6;

struct Holidate {
  Holiday holiday;
  unsigned month;
  unsigned day;
};

constexpr auto fixed_holidays = std::to_array<Holidate>({{Holiday::new_year, 1, 1},
                                                         {Holiday::valentine, 2, 14},
                                                         {Holiday::independence, 7, 4},
                                                         {Holiday::halloween, 10, 31},
                                                         {Holiday::christmas_eve, 12, 24},
                                                         {Holiday::christmas, 12, 25},
                                                         {Holiday::new_years_eve, 12, 31}});

// Thanksgiving: the fourth Thursday of November (5 U.S.C. 6103).
sys_days moving_holiday(Holiday holiday, int year) {
  constexpr unsigned thursday = 4;
  if (holiday == Holiday::easter) return easter(year);
  return nth_weekday(sys_days{std::chrono::year{year} / std::chrono::November / 1}, 4, thursday).front();
}

Days days_of(Holiday holiday, sys_days today) {
  for (const auto& fixed : fixed_holidays) {
    if (fixed.holiday == holiday) return without_year(today, fixed.month, fixed.day);
  }
  const int year = static_cast<int>(std::chrono::year_month_day{today}.year());
  Days found;
  for (const int ahead : {0, 1, 2, -1}) {
    const auto day = moving_holiday(holiday, year + ahead);
    if (day >= today || ahead != 0) found.push_back(day);
  }
  return found;
}

Found holiday_at(const DateGrammar& grammar, std::size_t at) {
  const auto found = grammar.words.find(at, Role::holiday);
  if (!found) return std::nullopt;
  const auto which = static_cast<Holiday>(found->value);
  auto next = found->next;
  const auto year = grammar.year(next, next);
  auto found_days = days_of(which, year ? sys_days{std::chrono::year{*year} / 1 / 1} : grammar.today);
  if (year) found_days.resize(1);
  return FoundDate{{std::move(found_days)}, at, next - 1};
}

// A weekend is asked for where a day is wanted: its Saturday, perhaps its Sunday.
FoundDate weekend(const DateGrammar& grammar, Which which, std::size_t first, std::size_t next) {
  const auto this_saturday = in_week_of(grammar.today, saturday);
  const int weeks = which == Which::next || which == Which::after_next ? 1 : which == Which::last ? -1 : 0;
  const auto chosen = this_saturday + days{7 * weeks};
  FoundDate date{{{chosen}, {chosen + days{1}}}, first, next - 1, false};
  if (chosen < grammar.today && which != Which::last) date.readings.erase(date.readings.begin());
  return date;
}

// "next week", "el mes que viene": the same day there, as a guess
Found unit_at(const DateGrammar& grammar, std::size_t at) {
  const auto before = grammar.words.find(at, Role::which);
  const auto unit = grammar.words.find(before ? before->next : at, Role::date_unit);
  if (!unit) return std::nullopt;
  const auto after = before ? std::nullopt : grammar.words.find(unit->next, Role::which_after);
  const auto next = after ? after->next : unit->next;
  const auto kind = static_cast<DateUnit>(unit->value);
  const auto which = before ? static_cast<Which>(before->value) : after ? static_cast<Which>(after->value) : Which::current;
  if (kind == DateUnit::weekend) return weekend(grammar, which, at, next);
  const bool known = kind == DateUnit::week || kind == DateUnit::month || kind == DateUnit::year || kind == DateUnit::day;
  if (!known || which == Which::current) return std::nullopt;
  const int count = which == Which::last ? -1 : which == Which::after_next ? 2 : 1;
  return exact_date(shifted(grammar.today, count, kind), at, next, kind == DateUnit::day);
}

sys_days edge_of_month(sys_days first, Edge edge) {
  constexpr days to_the_middle{14};
  switch (edge) {
    case Edge::beginning: return first;
    case Edge::middle: return first + to_the_middle;
    case Edge::end: break;
  }
  return last_of_month(first);
}

Found edge_of_week_or_year(const DateGrammar& grammar, Edge edge, std::size_t first, std::size_t at) {
  const auto before = grammar.words.find(at, Role::which);
  const auto unit = grammar.words.find(before ? before->next : at, Role::date_unit);
  if (!unit) return std::nullopt;
  const auto after = before ? std::nullopt : grammar.words.find(unit->next, Role::which_after);
  const auto next = after ? after->next : unit->next;
  const auto which = before ? static_cast<Which>(before->value) : after ? static_cast<Which>(after->value) : Which::current;
  const int offset = which == Which::coming ? 1 : static_cast<int>(which);
  const auto kind = static_cast<DateUnit>(unit->value);
  if (kind == DateUnit::week) {
    const auto monday = monday_of(grammar.today) + days{7 * offset};
    if (edge == Edge::end) return FoundDate{{{monday + days{friday - 1}}, {monday + days{6}}}, first, next - 1, false};
    return exact_date(edge == Edge::beginning ? monday : monday + days{2}, first, next, false);
  }
  if (kind != DateUnit::year) return std::nullopt;
  const bool coming = edge == Edge::beginning && !before && !after;  // this year's is over
  const auto year = std::chrono::year_month_day{grammar.today}.year() + std::chrono::years{offset + (coming ? 1 : 0)};
  if (edge == Edge::end) return exact_date(sys_days{year / 12 / 31}, first, next);
  return exact_date(edge == Edge::beginning ? sys_days{year / 1 / 1} : sys_days{year / 7 / 1}, first, next, false);
}

// "end of the month", "fin mars", "mid-march". The end of a month or year is one day; the rest is a guess.
Found edge_at(const DateGrammar& grammar, std::size_t at) {
  const auto found = grammar.words.find(at, Role::edge);
  if (!found) return std::nullopt;
  const auto edge = static_cast<Edge>(found->value);
  auto next = grammar.tokens.skip_hyphen(found->next);
  next = grammar.words.skip(next, Role::of);
  if (grammar.tokens.is(next, "the")) ++next;
  const auto month = grammar.month(next);
  if (!month) return edge_of_week_or_year(grammar, edge, at, next);
  constexpr auto vague_words = std::to_array<std::string_view>({"late", "finales", "fines"});
  const bool french_name = grammar.language == Language::fr && month->named;  // "fin mars" is late in March
  const bool vague = edge != Edge::end || french_name || is_one_of(grammar.tokens.word(found->next - 1), vague_words);
  FoundDate date{{Days{}}, at, month->next - 1, month->sure && !vague};
  for (const auto first : month->firsts) {
    const auto day = edge_of_month(first, edge);
    if (day >= grammar.today || month->firsts.size() == 1) date.readings.front().push_back(day);
  }
  return date;
}

}  // namespace

DateGrammar::Found DateGrammar::numeric_or_holiday(std::size_t at) const { return tokens.is_digits(at) ? numeric(at) : holiday_at(*this, at); }

DateGrammar::Found DateGrammar::period(std::size_t at) const {
  if (auto date = holiday_at(*this, at)) return date;
  if (auto date = edge_at(*this, at)) return date;
  if (auto date = day_in_named_month(at)) return date;
  return unit_at(*this, at);
}

}  // namespace answerback::flows
