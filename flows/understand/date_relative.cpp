#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

namespace {

using std::chrono::sys_days;

constexpr double furthest_count = 1'200;  // "in 1,200 days"; beyond that nobody means a date

struct Count {
  int value = 0;
  DateUnit unit = DateUnit::day;
  std::size_t next = 0;
  bool sure = true;
  bool worded = false;
};

// "3 days", "a week", "two months", "a couple of days", "un par de semanas"
std::optional<Count> count_of_units(const DateGrammar& grammar, std::size_t at) {
  // "week from tomorrow", "day after christmas", "the day before christmas"
  const bool article = grammar.tokens.is(at, "the") || grammar.tokens.is(at, "el") || grammar.tokens.is(at, "la") || grammar.tokens.is(at, "le");
  const auto bare = grammar.words.find(article ? at + 1 : at, Role::date_unit);
  if (bare && (grammar.words.has(bare->next, Role::since) || grammar.words.has(bare->next, Role::until))) return Count{1, static_cast<DateUnit>(bare->value), bare->next, true, true};
  const auto count = grammar.numbers.count(at);
  if (!count || count->value > furthest_count || count->value < 0) return std::nullopt;
  const auto unit = grammar.words.find(count->next, Role::date_unit);
  if (!unit) return std::nullopt;
  const auto which = static_cast<DateUnit>(unit->value);
  const bool holidays_count = which == DateUnit::working_day;
  return Count{static_cast<int>(count->value), which, unit->next, count->sure && !holidays_count, !grammar.tokens.is_digits(at)};
}

// Where people count both ends, "huit jours" and "ocho dias" are a week, "quinze jours" and "quince dias" two.
bool counts_both_ends(const Count& count) { return count.unit == DateUnit::day && count.worded && (count.value == 8 || count.value == 15); }

FoundDate shifted_date(const DateGrammar& grammar, const Count& count, int direction, std::size_t first, std::size_t next) {
  const auto day = shifted(grammar.today, direction * count.value, count.unit);
  auto date = exact_date(day, first, next, count.sure);
  if (grammar.language != Language::en && counts_both_ends(count)) {
    date.readings.push_back({shifted(grammar.today, direction * (count.value - 1), count.unit)});
    date.sure = false;
  }
  return date;
}

// "a week from monday", "two weeks after march 3", "3 days before christmas"
std::optional<FoundDate> counted_from(const DateGrammar& grammar, const Count& count, std::size_t first) {
  const bool on = grammar.tokens.is(count.next, "on") && count.unit == DateUnit::week;
  const auto until = grammar.words.find(count.next, Role::until);
  const auto since = until ? until : grammar.words.find(count.next, Role::since);
  if (!since && !on) return std::nullopt;
  const auto start_at = grammar.words.skip(since ? since->next : count.next + 1, Role::the);
  auto start = grammar.month_first(start_at);
  if (!start) start = grammar.day_first(start_at);
  if (!start) start = grammar.neighbour(start_at);
  if (!start) start = grammar.numeric_or_holiday(start_at);
  if (!start) start = grammar.week_day(start_at);
  if (!start) return std::nullopt;
  start->first = first;
  start->weekday.reset();
  start->sure = start->sure && count.sure;
  for (auto& reading : start->readings) {
    for (auto& day : reading) day = shifted(day, until ? -count.value : count.value, count.unit);
  }
  return start;
}

// "de hoy en ocho", "d'aujourd'hui en quinze": weeks, counted by both ends
std::optional<FoundDate> in_eight(const DateGrammar& grammar, std::size_t first, std::size_t at) {
  const auto count = grammar.numbers.small(at);
  if (!count || (count->value != 8 && count->value != 15)) return std::nullopt;
  return exact_date(grammar.today + std::chrono::days{static_cast<int>(count->value) - 1}, first, count->next);
}

// The part of the day of "la mañana", which is not tomorrow
bool is_morning(const DateGrammar& grammar, std::size_t at) {
  if (at == 0 || !grammar.tokens.is(at, "manana")) return false;
  return grammar.tokens.is(at - 1, "la") || grammar.tokens.is(at - 1, "esta") || grammar.tokens.is(at - 1, "hoy");
}

}  // namespace

FoundDate exact_date(sys_days day, std::size_t first, std::size_t next, bool sure) { return {{{day}}, first, next - 1, sure}; }

DateGrammar::Found DateGrammar::neighbour(std::size_t at) const {
  const auto start = words.skip(at, Role::the);
  const auto found = words.find(start, Role::neighbour);
  if (!found || is_morning(*this, start)) return std::nullopt;
  const auto day = today + std::chrono::days{static_cast<int>(found->value)};
  // "tomorrow week", "a week tomorrow" by its end
  const auto weeks = words.find(found->next, Role::week_after);
  if (weeks) return exact_date(shifted(day, 1, static_cast<DateUnit>(weeks->value)), at, weeks->next, found->sure);
  auto date = exact_date(day, at, found->next, found->sure);
  const bool is_joined = tokens.is(found->next, "o") || tokens.is(found->next, "y");
  date.several = language == Language::es && is_joined && tokens.is(found->next + 1, "pasado");  // "mañana o pasado"
  return date;
}

DateGrammar::Found DateGrammar::counted(std::size_t at) const {
  if (const auto before = words.find(at, Role::ago_before)) {
    const auto count = count_of_units(*this, before->next);
    return count ? Found(shifted_date(*this, *count, -1, at, count->next)) : std::nullopt;
  }
  const auto ahead = words.find(at, Role::ahead);
  const auto start = ahead ? ahead->next : at;
  const auto count = count_of_units(*this, start);
  if (!count) return ahead && ahead->next > at + 1 ? in_eight(*this, at, start) : std::nullopt;
  if (const auto ago = words.find(count->next, Role::ago)) return shifted_date(*this, *count, -1, at, ago->next);
  if (const auto now = words.find(count->next, Role::from_now)) return shifted_date(*this, *count, 1, at, now->next);
  if (auto from = counted_from(*this, *count, at)) return from;
  if (ahead) return shifted_date(*this, *count, 1, at, count->next);
  // "a week today", "two weeks tomorrow"
  const auto day = count->unit == DateUnit::week ? words.find(count->next, Role::neighbour) : std::nullopt;
  if (!day) return std::nullopt;
  return exact_date(shifted(today + std::chrono::days{static_cast<int>(day->value)}, count->value, count->unit), at, day->next, count->sure);
}

}  // namespace answerback::flows
