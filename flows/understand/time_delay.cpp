#include <cmath>

#include "flows/understand/time_grammar.hpp"

namespace answerback::flows {

// "half an hour", "media hora", "une demi-heure", "three quarters of an hour"
std::optional<TimeGrammar::Length> TimeGrammar::share_of_hour(std::size_t at) const {
  const auto& number_words = numbers.words();
  const auto start = number_words.skip(at, Role::article);
  const auto half = number_words.find(start, Role::half);
  const auto many = number_words.find(at, Role::unit);  // "three quarters of an hour"
  const auto quarter = half ? std::nullopt : number_words.find(many && start == at ? many->next : start, Role::part);
  if (!half && !quarter) return std::nullopt;
  auto unit_at = tokens.skip_hyphen(half ? half->next : quarter->next);
  if (tokens.is(unit_at, "of") || tokens.is(unit_at, "de") || tokens.is(unit_at, "d")) ++unit_at;
  unit_at = number_words.skip(unit_at, Role::article);
  const auto unit = words.find(unit_at, Role::clock_unit);
  if (!unit || unit->value < minutes_an_hour) return std::nullopt;
  const double count = quarter && many ? many->value : 1;
  return Length{count * minutes_an_hour / (half ? half->value : quarter->value), unit->next, true};
}

// "2 hours", "1.5 hours", "a couple of minutes"
std::optional<TimeGrammar::Length> TimeGrammar::count_of_clock_units(std::size_t at, double& unit_minutes) const {
  const bool marked = tokens.is_digits(at) && (tokens.is(at + 1, ".") || tokens.is(at + 1, ","));
  const auto decimal = marked ? numbers.read(at).number : std::nullopt;
  const auto count = decimal ? NumberReader::Count{decimal->value, decimal->last + 1, true} : numbers.count(at).value_or(NumberReader::Count{});
  const auto unit = count.next > at ? words.find(count.next, Role::clock_unit) : std::nullopt;
  if (!unit) return std::nullopt;
  unit_minutes = unit->value;
  return Length{count.value * unit->value, unit->next, count.sure};
}

// "an hour and a half", "2 hours 15 minutes"
TimeGrammar::Length TimeGrammar::with_rest(Length length, double unit_minutes) const {
  const auto& number_words = numbers.words();
  const auto joint = number_words.find(length.next, Role::joint);
  const auto rest_at = joint ? joint->next : length.next;
  if (const auto half = joint ? number_words.find(number_words.skip(rest_at, Role::article), Role::half) : std::nullopt) {
    return {length.minutes + unit_minutes / half->value, half->next, length.sure};
  }
  double smaller = 0;
  const auto rest = count_of_clock_units(rest_at, smaller);
  if (!rest || smaller >= unit_minutes) return length;
  return {length.minutes + rest->minutes, rest->next, length.sure && rest->sure};
}

std::optional<FoundDelay> TimeGrammar::delay(std::size_t at) const {
  constexpr double longest = 60.0 * minutes_a_day;
  if (!words.has_somewhere(only(Role::clock_unit))) return std::nullopt;
  const auto ahead = words.find(at, Role::ahead);
  const auto start = ahead ? ahead->next : at;
  double unit_minutes = 0;
  auto length = share_of_hour(start);
  if (!length) {
    length = count_of_clock_units(start, unit_minutes);
    if (length) length = with_rest(*length, unit_minutes);
  }
  if (!length || !(length->minutes >= 0 && length->minutes <= longest)) return std::nullopt;
  const auto behind = words.find(length->next, Role::from_now);
  if (!ahead && !behind) return std::nullopt;
  return FoundDelay{static_cast<int>(std::lround(length->minutes)), at, (behind ? behind->next : length->next) - 1, length->sure};
}

}  // namespace answerback::flows
