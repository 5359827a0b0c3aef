#include "flows/understand/why_refused.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "flows/load/times.hpp"
#include "flows/numeric.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

using Days = std::chrono::sys_days;

struct WhyRefused {
  std::string_view reply;
  const ReplyContext& context;

  Refusal operator()(const ExpectNumber& expect) const {
    ExpectNumber unbounded;
    unbounded.range = expect.range;
    const auto found = numbers(unbounded);
    const auto refusal = beyond(found, expect.min, expect.max);
    const bool broken = std::any_of(found.begin(), found.end(), [](double number) { return std::trunc(number) != number; });
    return refusal == Refusal::not_understood && expect.integer && broken ? Refusal::not_whole : refusal;
  }
  Refusal operator()(const ExpectMoney& expect) const {
    ExpectMoney unbounded;
    unbounded.currency = expect.currency;
    unbounded.range = expect.range;
    return beyond(numbers(unbounded), expect.min, expect.max);
  }
  Refusal operator()(const ExpectText& expect) const {
    const auto characters = count_characters(trim(reply));
    if (characters == 0) return Refusal::not_understood;
    if (characters < expect.min) return Refusal::too_short;
    if (characters > expect.max) return Refusal::too_long;
    return expect.matches ? Refusal::no_match : Refusal::not_understood;
  }
  Refusal operator()(const ExpectDate& expect) const { return of_dated(expect); }
  Refusal operator()(const ExpectDateTime& expect) const { return of_dated(expect); }
  Refusal operator()(const ExpectTime& expect) const { return is_closed(expect) ? Refusal::closed : Refusal::not_understood; }
  template <typename Kind>
  Refusal operator()(const Kind&) const {
    return Refusal::not_understood;
  }

 private:
  static constexpr std::size_t date_bytes = 10;

  // The number that was said, or both ends of a range.
  std::vector<double> numbers(const Expect& unbounded) const {
    const auto understood = understand(unbounded, reply, context);
    std::vector<double> found;
    const auto add = [&](const Value& value) {
      if (const auto number = as_number(value)) found.push_back(static_cast<double>(*number));
    };
    const auto* range = understood.value ? std::get_if<Range>(&*understood.value) : nullptr;
    if (range != nullptr) {
      add(range->from());
      add(range->to());
    } else if (understood.value) {
      add(*understood.value);
    }
    return found;
  }

  static Refusal beyond(const std::vector<double>& numbers, const std::optional<double>& min, const std::optional<double>& max) {
    if (numbers.empty()) return Refusal::not_understood;
    if (min && *std::min_element(numbers.begin(), numbers.end()) < *min) return Refusal::too_small;
    return max && *std::max_element(numbers.begin(), numbers.end()) > *max ? Refusal::too_big : Refusal::not_understood;
  }

  std::optional<Days> day(const Expect& unbounded) const {
    const auto understood = understand(unbounded, reply, context);
    const auto* text = understood.value ? std::get_if<std::string>(&*understood.value) : nullptr;
    const auto date = text != nullptr ? parse_date(text->substr(0, date_bytes)) : std::nullopt;
    return date ? std::optional(Days(*date)) : std::nullopt;
  }

  template <typename Dated>
  Refusal of_dated(const Dated& expect) const {
    const auto refusal = of_day(day(Dated{}), expect.after, expect.before);
    return refusal == Refusal::not_understood && is_closed(expect) ? Refusal::closed : refusal;
  }

  // Would it be an answer at any hour of any day?
  template <typename Offered>
  bool is_closed(Offered expect) const {
    if (expect.offered == OfferedTimes{}) return false;
    expect.offered = {};
    return understand(expect, reply, context).value.has_value();
  }

  Refusal of_day(const std::optional<Days>& day, const std::optional<DateBound>& after, const std::optional<DateBound>& before) const {
    if (!day) return Refusal::not_understood;
    const auto bound = [&](const DateBound& one) { return one.today ? context.today : Days(one.date); };
    if (after && *day <= bound(*after)) return *day < context.today ? Refusal::in_past : Refusal::too_early;
    return before && *day >= bound(*before) ? Refusal::too_late : Refusal::not_understood;
  }
};

}  // namespace

Refusal why_refused(const Expect& expect, std::string_view reply, const ReplyContext& context) {
  return std::visit(WhyRefused{reply, context}, expect);
}

}  // namespace answerback::flows
