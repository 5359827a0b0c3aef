#include "flows/understand/range_ends.hpp"

#include <algorithm>
#include <array>

#include "flows/load/times.hpp"
#include "flows/offered_times.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/range_times.hpp"

namespace answerback::flows {

namespace {

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
  const auto own = read_half(read, expect, halves.first, context);
  const bool is_more = lent.value && (!own.value || amount_of(*lent.value) > amount_of(*own.value));  // "half a dozen" has its own
  return is_more && amount_of(*lent.value) < amount_of(second) ? lent.value : own.value;
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

}  // namespace

WholeHalves whole_dates(const RangeHalves& halves) {
  WholeHalves whole{std::string(halves.first), std::string(halves.second)};
  if (fold_words(halves.second) == "pasado") whole.second = "pasado mañana";
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

namespace {

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

std::optional<TimeHalves> time_halves(const RangeHalves& halves, const ReplyContext& context) {
  const ExpectTime any;
  TimeHalves times{times_in(read_half(understand_time, any, halves.first, context)), times_in(read_half(understand_time, any, halves.second, context))};
  if (times.second.empty()) times.second = times_in(read_half(understand_time, any, std::string(trim(halves.second)) + " heures", context));  // "entre midi et deux"
  if (times.second.empty() || is_blank_or(halves.second, " ?")) return std::nullopt;
  if (times.first.empty()) times.first = times_in(read_half(understand_time, any, std::string(trim(halves.first)) + unit_behind(halves.second), context));
  return times.first.empty() ? std::nullopt : std::optional(std::move(times));
}

std::optional<RangeEnds> read_ends(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context) {
  const auto times = time_halves(halves, context);
  if (!times) return std::nullopt;
  auto pair = paired(times->first, times->second);
  if (!pair && halves.is_choice) pair = paired(times->second, times->first);
  if (!pair || pair->from == pair->to) return std::nullopt;
  const auto is_offered = [&](int minute) { return offers_time(expect.offered, std::chrono::minutes(minute)); };
  if (!is_offered(pair->from) || !is_offered(pair->to)) return std::nullopt;
  return RangeEnds{time_text(pair->from), time_text(pair->to)};
}

}  // namespace answerback::flows
