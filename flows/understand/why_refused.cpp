#include "flows/understand/why_refused.hpp"

#include <cmath>
#include <optional>

#include "flows/numeric.hpp"
#include "flows/text.hpp"
#include "flows/load/times.hpp"

namespace answerback::flows {

namespace {

using Days = std::chrono::sys_days;

struct WhyRefused {
  std::string_view reply;
  const ReplyContext& context;

  Refusal operator()(const ExpectNumber& expect) const {
    const auto number = amount(ExpectNumber{});
    if (!number) return Refusal::not_understood;
    if (expect.min && *number < *expect.min) return Refusal::too_small;
    if (expect.max && *number > *expect.max) return Refusal::too_big;
    return expect.integer && std::trunc(*number) != *number ? Refusal::not_whole : Refusal::not_understood;
  }
  Refusal operator()(const ExpectMoney& expect) const {
    const auto number = amount(ExpectMoney{{}, {}, expect.currency});
    if (!number) return Refusal::not_understood;
    if (expect.min && *number < *expect.min) return Refusal::too_small;
    return expect.max && *number > *expect.max ? Refusal::too_big : Refusal::not_understood;
  }
  Refusal operator()(const ExpectText& expect) const {
    const auto characters = count_characters(trim(reply));
    if (characters == 0) return Refusal::not_understood;
    if (characters < expect.min) return Refusal::too_short;
    if (characters > expect.max) return Refusal::too_long;
    return expect.matches ? Refusal::no_match : Refusal::not_understood;
  }
  Refusal operator()(const ExpectDate& expect) const { return of_day(day(ExpectDate{}), expect.after, expect.before); }
  Refusal operator()(const ExpectDateTime& expect) const { return of_day(day(ExpectDateTime{}), expect.after, expect.before); }
  template <typename Kind>
  Refusal operator()(const Kind&) const {
    return Refusal::not_understood;
  }

 private:
  static constexpr std::size_t date_bytes = 10;

  std::optional<double> amount(const Expect& unbounded) const {
    const auto understood = understand(unbounded, reply, context);
    const auto number = understood.value ? as_number(*understood.value) : std::nullopt;
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
  }

  std::optional<Days> day(const Expect& unbounded) const {
    const auto understood = understand(unbounded, reply, context);
    const auto* text = understood.value ? std::get_if<std::string>(&*understood.value) : nullptr;
    const auto date = text != nullptr ? parse_date(text->substr(0, date_bytes)) : std::nullopt;
    return date ? std::optional(Days(*date)) : std::nullopt;
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
