#include <array>

#include "flows/text/words.hpp"
#include "flows/understand/date_grammar.hpp"

namespace answerback::flows {

namespace {

struct DayNumber {
  unsigned value = 0;
  std::size_t next = 0;
  bool ordinal = false;
  bool digits = false;
};

// "2", "2nd", "second", "twenty first", "cinco" as a day of a month.
std::optional<DayNumber> day_number(const DateGrammar& grammar, std::size_t at) {
  const bool may_be_hour = grammar.language == Language::en && grammar.tokens.is_digits(at);
  if (may_be_hour && grammar.is_clock_at(at + 1)) return std::nullopt;  // "8a"
  const auto ordinal = grammar.numbers.ordinal(at);
  const auto found = ordinal ? ordinal : grammar.numbers.small(at);
  if (!found || found->value < 1 || found->value > 31) return std::nullopt;
  const bool was_looked_at = may_be_hour && found->next == at + 1;
  if (!was_looked_at && grammar.is_clock_at(found->next)) return std::nullopt;
  return DayNumber{static_cast<unsigned>(found->value), found->next, ordinal.has_value(), grammar.tokens.is_digits(at)};
}

bool is_joint_of_days(std::string_view word) {
  constexpr auto joints = std::to_array<std::string_view>(
      {"or", "to", "and", "&", "-", "/", "through", "thru", "till", "until", "o", "y", "al", "hasta", "ou", "et", "au"});
  return is_one_of(word, joints);
}

// "March 2 or 3", "March 2-4", "el 2 o el 3"; "or 10am" is a time
bool more_days_follow(const DateGrammar& grammar, std::size_t at) {
  if (!is_joint_of_days(grammar.tokens.word(at))) return false;
  const auto day = day_number(grammar, grammar.words.skip(at + 1, Role::the));
  return day && (day->digits || day->ordinal) && !grammar.tokens.is_glued(day->next);
}

// "2-4 March", "2 or 3 march"
bool more_days_before(const DateGrammar& grammar, std::size_t at) {
  if (at < 2 || !is_joint_of_days(grammar.tokens.word(at - 1))) return false;
  const auto before = at - 2;
  if (grammar.tokens.is_digits(before, 1, 2)) return before == 0 || !grammar.tokens.is_glued(before, ":");
  return before > 0 && grammar.numbers.ordinal(before - 1) && grammar.numbers.ordinal(before - 1)->next == at - 1;
}

// "3 may work" is no day.
bool is_modal_may(const DateGrammar& grammar, std::size_t at) {
  constexpr auto verbs = std::to_array<std::string_view>({"be", "work", "do", "not", "have", "need", "also", "i", "we", "come", "take", "change"});
  return grammar.tokens.is(at, "may") && is_one_of(grammar.tokens.word(at + 1), verbs);
}

FoundDate month_and_day(const DateGrammar& grammar, const Lexed::Match& month, unsigned day, std::size_t first, std::size_t next) {
  const auto year = grammar.year(next, next);
  const auto number = static_cast<unsigned>(month.value);
  FoundDate date{{}, first, next - 1, month.sure, more_days_follow(grammar, next) || more_days_before(grammar, first)};
  auto days = year ? with_year(*year, number, day) : without_year(grammar.today, number, day);
  if (!days.empty()) date.readings.push_back(std::move(days));
  return date;
}

// The joints of "5 of may", "5-mar", "5 . mai"
std::size_t skip_joints(const DateGrammar& grammar, std::size_t at) {
  constexpr int most = 3;
  for (int i = 0; i < most; ++i) {
    if (grammar.tokens.is(at, ".") || (grammar.tokens.is(at, "-") && grammar.tokens.is_glued(at))) ++at;
    at = grammar.words.skip(at, Role::of);
  }
  return at;
}

// The day of a month that is told by its place: "the 15th of next month"
FoundDate day_in(const DateGrammar& grammar, const DateGrammar::Month& month, unsigned day, std::size_t first, std::size_t next) {
  FoundDate date{{Days{}}, first, next - 1};
  for (const auto begin : month.firsts) {
    const std::chrono::year_month_day there{begin};
    for (const auto found : with_year(static_cast<int>(there.year()), static_cast<unsigned>(there.month()), day)) {
      if (month.firsts.size() == 1 || found >= grammar.today) date.readings.front().push_back(found);
    }
  }
  if (date.readings.front().empty()) date.readings.clear();
  return date;
}

// A number that says no day by itself: "the 3 of us", "the 2 dogs".
bool counts_things(const DateGrammar& grammar, const DayNumber& day) {
  if (day.ordinal || grammar.language != Language::en) return false;
  return grammar.tokens.is_word(day.next) && !grammar.words.has(day.next, Role::at) && !grammar.words.has(day.next, Role::day_part);
}

}  // namespace

std::optional<int> DateGrammar::year(std::size_t at, std::size_t& next) const {
  constexpr int first_year = 1'900;
  constexpr int last_year = 2'199;
  constexpr int most_joints = 2;
  for (int i = 0; i < most_joints; ++i) {
    if (tokens.is(at, ",") || tokens.is(at, ".") || tokens.is(at, "de") || tokens.is(at, "del") || tokens.is(at, "of") || tokens.is(at, "in")) ++at;
  }
  const bool hyphen = tokens.is_glued(at, "-") && tokens.is_glued_digits(at + 1);
  const bool chained = hyphen && at >= 2 && tokens.is(at - 2, "-");  // "10-mar-26"; "march 10-12" are days
  if (hyphen) ++at;
  const int value = tokens.digits(at);
  if (tokens.is_digits(at, 4, 4) && value >= first_year && value <= last_year && !is_clock_at(at + 1)) return next = at + 1, value;
  const bool apostrophe = tokens.is(at, "'") && tokens.is_glued(at + 1);
  const auto two = apostrophe ? at + 1 : at;
  if ((apostrophe || chained) && tokens.is_digits(two, 2, 2)) return next = two + 1, full_year(today, tokens.digits(two));
  return std::nullopt;
}

DateGrammar::Found DateGrammar::month_first(std::size_t at) const {
  const auto month = words.find(at, Role::month);
  if (!month || is_modal_may(*this, at)) return std::nullopt;
  auto next = month->next;
  if (tokens.is(next, ".")) ++next;
  if (tokens.is(next, "-") && tokens.is_glued(next)) ++next;
  next = words.skip(next, Role::the);
  const auto day = day_number(*this, next);
  if (!day) return std::nullopt;
  const bool bare_word = !day->ordinal && !day->digits;
  if (bare_word && tokens.is_word(day->next) && !month->sure) return std::nullopt;
  return month_and_day(*this, *month, day->value, at, day->next);
}

DateGrammar::Found DateGrammar::day_first(std::size_t at) const {
  const auto start = words.skip(at, Role::the);
  const auto day = day_number(*this, start);
  if (!day) return std::nullopt;
  const auto next = skip_joints(*this, day->next);
  const auto month = words.find(next, Role::month);
  if (month && !(next == day->next && is_modal_may(*this, next))) return month_and_day(*this, *month, day->value, at, month->next);
  if (next == day->next) return std::nullopt;
  const auto of_month = this->month(next);
  if (!of_month) return std::nullopt;
  return day_in(*this, *of_month, day->value, at, of_month->next);
}

DateGrammar::Found DateGrammar::day_in_named_month(std::size_t at) const {
  const auto of_month = month(at);
  if (!of_month || of_month->named) return std::nullopt;
  auto day_at = tokens.is(of_month->next, ",") ? of_month->next + 1 : of_month->next;
  if (tokens.is(day_at, "on")) ++day_at;
  const auto start = words.skip(day_at, Role::the);
  const auto day = start > of_month->next ? day_number(*this, start) : std::nullopt;
  if (!day || counts_things(*this, *day)) return std::nullopt;
  return day_in(*this, *of_month, day->value, at, day->next);
}

DateGrammar::Found DateGrammar::day_alone(std::size_t at) const {
  const auto start = words.skip(at, Role::the);
  const bool article = start > at;
  const bool after_weekday = at > 0 && words.has(at - 1, Role::weekday);
  const auto day = day_number(*this, start);
  if (!day || counts_things(*this, *day)) return std::nullopt;
  const bool pointed = day->ordinal ? day->digits || article || after_weekday : article || (after_weekday && language != Language::en);
  if (!pointed) return std::nullopt;  // "first I need a quote"
  FoundDate date{{without_month(today, day->value)}, at, day->next - 1, true, more_days_follow(*this, day->next)};
  return date;
}

std::optional<DateGrammar::Month> DateGrammar::month(std::size_t at) const {
  using std::chrono::sys_days;
  if (const auto named = words.find(at, Role::month)) {
    auto next = named->next;
    const auto number = static_cast<unsigned>(named->value);
    if (const auto at_year = year(next, next)) return Month{with_year(*at_year, number, 1), next, true, named->sure};
    const std::chrono::year_month_day now{today};
    Month month{{}, next, true, named->sure};
    for (const int ahead : {0, 1}) month.firsts.push_back(sys_days{(now.year() + std::chrono::years{ahead}) / std::chrono::month{number} / 1});
    if (month.firsts.front() < first_of_month(today)) month.firsts.erase(month.firsts.begin());
    return month;
  }
  const auto start = words.skip(at, Role::the);
  const auto before = words.find(start, Role::which);
  const auto unit = words.find(before ? before->next : start, Role::date_unit);
  if (!unit || static_cast<DateUnit>(unit->value) != DateUnit::month) return std::nullopt;
  const auto after = before ? std::nullopt : words.find(unit->next, Role::which_after);
  const auto said = before ? before : after;
  const auto which = said ? static_cast<Which>(said->value) : Which::current;
  const int offset = which == Which::coming ? 1 : which == Which::after_next ? 2 : static_cast<int>(which);
  const auto month_of = shifted(first_of_month(today), offset, DateUnit::month);
  Month month{{month_of}, after ? after->next : unit->next};
  if (!said) month.firsts.push_back(shifted(month_of, 1, DateUnit::month));  // "the 5th of the month" may have passed
  return month;
}

}  // namespace answerback::flows
