#include <algorithm>
#include <cmath>

#include "flows/understand/kinds.hpp"
#include "flows/understand/number_scan.hpp"

namespace answerback::flows {

namespace {

constexpr double largest_exact_integer = 9'007'199'254'740'992.0;  // 2^53

bool is_integral(double value) { return std::floor(value) == value && std::abs(value) <= largest_exact_integer; }

bool fits(const ExpectNumber& expect, double value) {
  if (!std::isfinite(value)) return false;
  if (expect.min && value < *expect.min) return false;
  if (expect.max && value > *expect.max) return false;
  return !expect.integer || is_integral(value);
}

Value to_value(double number) {
  if (is_integral(number)) return static_cast<std::int64_t>(number);
  return number;
}

bool all_equal(const std::vector<FoundNumber>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [&](const FoundNumber& number) { return number.value == numbers.front().value; });
}

}  // namespace

Understood understand_number(const ExpectNumber& expect, const Reply& reply, const ReplyContext& context) {
  auto numbers = scan_numbers(reply, context);
  if (numbers.empty()) return {};
  const bool single = all_equal(numbers);
  if (!single) {
    // Of "3 kids, I am 45" only one can be meant where the answer must be 18 or more.
    std::erase_if(numbers, [&](const FoundNumber& number) { return !fits(expect, number.value); });
    if (numbers.size() != 1) return {};
  }
  const auto& number = numbers.front();
  if (!fits(expect, number.value)) return {};
  return {to_value(number.value), single && number.sure, reply.span_of(number.first, number.last)};
}

}  // namespace answerback::flows
