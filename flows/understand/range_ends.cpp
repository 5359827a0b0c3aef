#include "flows/understand/range_ends.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "flows/load/times.hpp"
#include "flows/text.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

constexpr int full_day_minutes = 24 * 60;

template <class Kind, class Read>
Understood read_half(Read read, const Kind& expect, std::string_view half, const ReplyContext& context) {
  const Reply reply(half);
  return read(expect, reply, context);
}

bool is_blank_or(std::string_view text, std::string_view allowed) { return text.find_first_not_of(allowed) == std::string_view::npos; }

// Where the first (or last) run of digits stands.
struct DigitSpan {
  std::size_t begin = 0, end = 0;
};
std::optional<DigitSpan> first_digits(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), is_digit);
  if (begin == text.end()) return std::nullopt;
  const auto end = std::find_if_not(begin, text.end(), is_digit);
  return DigitSpan{static_cast<std::size_t>(begin - text.begin()), static_cast<std::size_t>(end - text.begin())};
}
std::optional<DigitSpan> last_digits(std::string_view text) {
  auto end = text.size();
  while (end > 0 && !is_digit(text[end - 1])) --end;
  auto begin = end;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  return begin < end ? std::optional(DigitSpan{begin, end}) : std::nullopt;
}

// What stands behind the first number: "k", "thousand dollars".
std::string unit_behind(std::string_view half) {
  const auto digits = first_digits(half);
  auto end = digits ? digits->end : std::min(half.find(' ', half.find_first_not_of(' ') == std::string_view::npos ? 0 : half.find_first_not_of(' ')), half.size());
  while (end + 1 < half.size() && (half[end] == '.' || half[end] == ',') && is_digit(half[end + 1])) {
    ++end;
    while (end < half.size() && is_digit(half[end])) ++end;
  }
  return std::string(half.substr(end));
}

double amount_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  const auto* money = std::get_if<Money>(&value);
  return money != nullptr ? money->amount : 0;
}

// The first end with the second one's unit, where that makes sense: "2-3k", but not "500 to 2k".
template <class Kind, class Read>
std::optional<Value> with_unit_of(Read read, const Kind& expect, const RangeHalves& halves, const Value& second, const ReplyContext& context) {
  const bool has_own = unit_behind(halves.first).find_first_not_of(' ') != std::string::npos && first_digits(halves.first);
  if (has_own) return read_half(read, expect, halves.first, context).value;
  const auto borrowed = std::string(trim(halves.first)) + unit_behind(halves.second);
  const auto lent = read_half(read, expect, borrowed, context);
  if (lent.value && amount_of(*lent.value) < amount_of(second)) return lent.value;
  const auto own = read_half(read, expect, halves.first, context);
  return own.value;
}

template <class Kind, class Read>
std::optional<RangeEnds> amounts(Read read, const Kind& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto second = read_half(read, expect, halves.second, context);
  if (!second.value) return std::nullopt;
  auto first = with_unit_of(read, expect, halves, *second.value, context);
  if (!first) return std::nullopt;
  RangeEnds ends{std::move(*first), *second.value};
  if (halves.is_choice && amount_of(ends.to) < amount_of(ends.from)) std::swap(ends.from, ends.to);
  return amount_of(ends.from) < amount_of(ends.to) ? std::optional(std::move(ends)) : std::nullopt;
}

bool is_within(const Value& value, const std::optional<double>& min, const std::optional<double>& max) {
  const double amount = amount_of(value);
  return (!min || amount >= *min) && (!max || amount <= *max);
}

// ---- times ----

std::optional<int> minutes_of_time(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() != 5) return std::nullopt;
  const auto two = [&](std::size_t at) { return ((*text)[at] - '0') * 10 + ((*text)[at + 1] - '0'); };
  return two(0) * 60 + two(3);
}

std::string time_text(int minutes) {
  const int in_day = (minutes % full_day_minutes + full_day_minutes) % full_day_minutes;
  const std::array<char, 5> text{static_cast<char>('0' + in_day / 600), static_cast<char>('0' + in_day / 60 % 10), ':',
                                 static_cast<char>('0' + in_day % 60 / 10), static_cast<char>('0' + in_day % 10)};
  return {text.begin(), text.end()};
}

// Every time that a half may mean, likeliest first.
std::vector<int> times_in(const Understood& half) {
  std::vector<int> times;
  if (half.value) times.push_back(minutes_of_time(*half.value).value_or(0));
  for (const auto& other : half.others) times.push_back(minutes_of_time(other).value_or(0));
  return times;
}

std::optional<int> earliest_after(const std::vector<int>& times, int after) {
  std::optional<int> found;
  for (const int time : times) {
    if (time > after && (!found || time < *found)) found = time;
  }
  return found;
}

std::optional<int> latest_before(const std::vector<int>& times, int before) {
  std::optional<int> found;
  for (const int time : times) {
    if (time < before && (!found || time > *found)) found = time;
  }
  return found;
}

// "10pm to 2": the small hours of the night that follows.
bool wraps_midnight(int from, int to) {
  constexpr int evening = 18 * 60;
  constexpr int small_hours = 6 * 60;
  return from >= evening && to <= small_hours;
}

struct TimePair {
  int from = 0, to = 0;
};

std::optional<TimePair> paired(const std::vector<int>& first, const std::vector<int>& second) {
  if (first.size() == 1) {
    if (const auto to = earliest_after(second, first.front())) return TimePair{first.front(), *to};
    const int to = *std::min_element(second.begin(), second.end());
    return wraps_midnight(first.front(), to) ? std::optional(TimePair{first.front(), to}) : std::nullopt;
  }
  if (second.size() == 1) {
    if (const auto from = latest_before(first, second.front())) return TimePair{*from, second.front()};
    const int from = *std::max_element(first.begin(), first.end());
    return wraps_midnight(from, second.front()) ? std::optional(TimePair{from, second.front()}) : std::nullopt;
  }
  const auto to = earliest_after(second, first.front());
  return to ? std::optional(TimePair{first.front(), *to}) : std::nullopt;
}

// ---- dates ----

// "3", "the 3rd", "el 3", "1er": a day that may need the other end's month.
bool is_day_alone(std::string_view half) {
  const auto words = fold_words(half);
  const auto parts = split_words(words);
  constexpr auto around = std::to_array<std::string_view>({"the", "el", "le", "dia", "day", "on", "st", "nd", "rd", "th", "er", "ero"});
  return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    const bool digits = !part.empty() && part.size() <= 2 && std::all_of(part.begin(), part.end(), is_digit);
    const auto ending = part.find_first_not_of("0123456789");
    const bool ordinal = ending != std::string_view::npos && ending > 0 && is_one_of(part.substr(ending), around);
    return digits || ordinal || is_one_of(part, around);
  }) && first_digits(half);
}

std::string with_digits(std::string_view half, DigitSpan place, std::string_view digits) {
  return std::string(half.substr(0, place.begin)) + std::string(digits) + std::string(half.substr(place.end));
}

// The two halves with what one lends to the other: "march 3-5", "3 to 5 march", "del 3 al 5 de marzo", "3/3-5".
struct WholeHalves {
  std::string first, second;
};
WholeHalves whole_dates(const RangeHalves& halves) {
  WholeHalves whole{std::string(halves.first), std::string(halves.second)};
  const bool first_alone = is_day_alone(halves.first);
  const bool second_alone = is_day_alone(halves.second);
  if (first_alone == second_alone) return whole;
  if (first_alone) {
    const auto from = first_digits(halves.first);
    const auto into = first_digits(halves.second);
    if (from && into) whole.first = with_digits(halves.second, *into, halves.first.substr(from->begin, from->end - from->begin));
  } else {
    const auto from = first_digits(halves.second);
    const auto into = last_digits(halves.first);
    if (from && into) whole.second = with_digits(halves.first, *into, halves.second.substr(from->begin, from->end - from->begin));
  }
  return whole;
}

std::optional<std::chrono::year_month_day> day_of_value(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? parse_date(*text) : std::nullopt;
}

}  // namespace

std::optional<RangeEnds> read_ends(const ExpectNumber& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto ends = amounts(understand_number, ExpectNumber{std::nullopt, std::nullopt, expect.integer}, halves, context);
  const bool fits = ends && is_within(ends->from, expect.min, expect.max) && is_within(ends->to, expect.min, expect.max);
  return fits ? ends : std::nullopt;
}

std::optional<RangeEnds> read_ends(const ExpectMoney& expect, const RangeHalves& halves, const ReplyContext& context) {
  ExpectMoney open{std::nullopt, std::nullopt, expect.currency};
  if (expect.min && *expect.min < 0) open.min = expect.min;
  // A currency that one end names is the other's as well: "€20-30", "20-30 pounds".
  for (const auto half : {halves.first, halves.second}) {
    const auto read = read_half(understand_money, open, half, context);
    const auto* money = read.value ? std::get_if<Money>(&*read.value) : nullptr;
    if (money != nullptr && money->currency != expect.currency) open.currency = money->currency;
  }
  const auto ends = amounts(understand_money, open, halves, context);
  if (!ends || std::get<Money>(ends->from).currency != std::get<Money>(ends->to).currency) return std::nullopt;
  return is_within(ends->from, expect.min, expect.max) && is_within(ends->to, expect.min, expect.max) ? ends : std::nullopt;
}

std::optional<RangeEnds> read_ends(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto whole = whole_dates(halves);
  const auto first = read_half(understand_date, expect, whole.first, context);
  const auto day = first.value ? day_of_value(*first.value) : std::nullopt;
  if (!day) return std::nullopt;
  // The second end comes after the first one; of two that are a choice each is what it is.
  auto later = expect;
  const bool is_free = halves.is_choice || (expect.after && !expect.after->today && std::chrono::sys_days(expect.after->date) > std::chrono::sys_days(*day));
  if (!is_free) later.after = DateBound{false, *day};
  const auto second = read_half(understand_date, later, whole.second, context);
  if (!second.value || *second.value == *first.value) return std::nullopt;
  RangeEnds ends{*first.value, *second.value};
  const auto other_day = day_of_value(*second.value);
  const bool turned = other_day && *other_day < *day;
  if (turned && !halves.is_choice) return std::nullopt;
  if (turned) std::swap(ends.from, ends.to);
  return ends;
}

std::optional<RangeEnds> read_ends(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context) {
  auto first = times_in(read_half(understand_time, expect, halves.first, context));
  auto second = times_in(read_half(understand_time, expect, halves.second, context));
  if (first.empty() && !second.empty()) first = times_in(read_half(understand_time, expect, std::string(trim(halves.first)) + unit_behind(halves.second), context));
  if (first.empty() || second.empty() || is_blank_or(halves.second, " ?")) return std::nullopt;
  auto pair = paired(first, second);
  if (!pair && halves.is_choice) {
    pair = paired(second, first);
    std::swap(first, second);
  }
  if (!pair || pair->from == pair->to) return std::nullopt;
  return RangeEnds{time_text(pair->from), time_text(pair->to)};
}

}  // namespace answerback::flows
