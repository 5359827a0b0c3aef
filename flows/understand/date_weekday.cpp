#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Weekday {
  unsigned value = 0;
  Which which = Which::current;
  bool said = false;    // with "next" and the like, before or after it
  int weeks_after = 0;  // "lundi en huit", "monday week": so many after the coming one
  std::size_t next = 0;
  bool sure = true;
};

// "next friday", "viernes que viene", "friday"
std::optional<Weekday> weekday_at(const DateGrammar& grammar, std::size_t at) {
  const auto start = grammar.words.skip(at, Role::the);
  const auto before = grammar.words.find(start, Role::which);
  const auto name = grammar.words.find(before ? before->next : start, Role::weekday);
  if (!name) return std::nullopt;
  auto next = name->next;
  if (grammar.tokens.is(next, ".") && grammar.tokens.is_glued(next) && next + 1 < grammar.tokens.size()) ++next;  // "tue."
  Weekday day{static_cast<unsigned>(name->value), Which::current, false, 0, next, name->sure};
  const auto after = grammar.words.find(next, Role::which_after);
  // "friday next week" belongs to the week
  const bool belongs = after && !grammar.words.has(next, Role::date_unit) && !grammar.week(next);
  if (before || belongs) {
    day.which = static_cast<Which>(before ? before->value : after->value);
    day.said = true;
    if (!before) day.next = after->next;
  }
  if (const auto weeks = day.said ? std::nullopt : grammar.words.find(day.next, Role::week_after)) {
    day.weeks_after = weeks->value == static_cast<double>(DateUnit::week) ? 1 : 2;
    day.next = weeks->next;
    day.said = true;
  }
  return day;
}

// What a day of the week may be. Choices, all against what people mean by them:
//   friday         the coming one; said on a Friday: in a week, perhaps today (not sure)
//   this friday    the one of this week (Monday to Sunday), when that is over the coming one; said on a Friday: today, not sure
//   next friday    the one of next week; when the coming one lies in this week that may be meant as well (not sure)
//   proximo, prochain, que viene   the coming one; when that is tomorrow or the day after, next week's may be meant as well
//   last friday    the latest before today
std::vector<Days> readings_of(const Weekday& day, sys_days today) {
  const auto coming = coming_weekday(today, day.value);
  const auto of_next_week = in_week_of(today, day.value) + days{7};
  const bool is_today = in_week_of(today, day.value) == today;
  constexpr days soon{2};
  if (day.weeks_after > 0) return {{coming + days{7 * day.weeks_after}}};
  switch (day.which) {
    case Which::last: return {{past_weekday(today, day.value)}};
    case Which::after_next: return {{of_next_week + days{7}}};
    case Which::next: return of_next_week == coming ? std::vector<Days>{{coming}} : std::vector<Days>{{of_next_week}, {coming}};
    case Which::coming:
      if (coming - today > soon || coming == of_next_week) return {{coming}};
      return {{coming}, {of_next_week}};
    case Which::current: break;
  }
  if (is_today) return day.said ? std::vector<Days>{{today}, {coming}} : std::vector<Days>{{coming, past_weekday(today, day.value)}, {today}};
  if (day.said) return {{coming}};
  return {{coming, past_weekday(today, day.value)}};
}

FoundDate in_week(const DateGrammar& grammar, const Weekday& day, int offset, std::size_t first, std::size_t next) {
  return exact_date(in_week_of(grammar.today, day.value) + days{7 * offset}, first, next, day.sure);
}

}  // namespace

std::optional<DateGrammar::Weeks> DateGrammar::week(std::size_t at) const {
  auto start = words.skip(at, Role::of);
  if (tokens.is(start, "the") || tokens.is(start, "la")) ++start;
  const auto before = words.find(start, Role::which);
  const auto unit = words.find(before ? before->next : start, Role::date_unit);
  if (!unit || static_cast<DateUnit>(unit->value) != DateUnit::week) return std::nullopt;
  const auto after = words.find(unit->next, Role::which_after);
  if (before && !after) {
    const auto which = static_cast<Which>(before->value);
    return Weeks{which == Which::coming ? 1 : static_cast<int>(which), unit->next};
  }
  if (!after) return std::nullopt;
  const auto which = static_cast<Which>(after->value);
  const int offset = which == Which::after_next ? 2 : which == Which::last ? -1 : 1;
  return Weeks{offset, after->next};
}

DateGrammar::Found DateGrammar::week_day(std::size_t at) const {
  if (const auto of_week = week(at)) {  // "next week on friday"
    auto name = of_week->next;
    if (tokens.is(name, ",") || tokens.is(name, "on") || tokens.is(name, "el") || tokens.is(name, "le")) ++name;
    const auto day = weekday_at(*this, name);
    if (day && !day->said) return in_week(*this, *day, of_week->offset, at, day->next);
    return std::nullopt;
  }
  const auto day = weekday_at(*this, at);
  if (!day) return std::nullopt;
  if (const auto of_week = day->said ? std::nullopt : week(day->next)) return in_week(*this, *day, of_week->offset, at, of_week->next);
  FoundDate date{readings_of(*day, today), at, day->next - 1, day->sure};
  if (!day->said) date.weekday = day->value;
  return date;
}

DateGrammar::Found DateGrammar::nth_weekday_of(std::size_t at) const {
  const auto start = words.skip(at, Role::the);
  const auto ordinal = numbers.ordinal(start);
  const auto last = words.find(start, Role::which);
  const bool is_last = last && static_cast<Which>(last->value) == Which::last;
  if (!ordinal && !is_last) return std::nullopt;
  const auto name = words.find(ordinal ? ordinal->next : last->next, Role::weekday);
  const auto of = name ? words.find(name->next, Role::of) : std::nullopt;
  const auto of_month = of ? month(of->next) : std::nullopt;
  if (!of_month || (ordinal && ordinal->value > 5)) return std::nullopt;
  FoundDate date{{Days{}}, at, of_month->next - 1, of_month->sure};
  for (const auto first : of_month->firsts) {
    for (const auto day : nth_weekday(first, ordinal ? static_cast<int>(ordinal->value) : -1, static_cast<unsigned>(name->value))) {
      if (of_month->firsts.size() == 1 || day >= today) date.readings.front().push_back(day);
    }
  }
  if (date.readings.front().empty()) date.readings.clear();
  return date;
}

}  // namespace answerback::flows
