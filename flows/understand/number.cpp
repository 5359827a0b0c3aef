#include <algorithm>
#include <array>
#include <cmath>

#include "flows/text/number_text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/number_scan.hpp"

namespace answerback::flows {

namespace {

constexpr double largest_exact_integer = 9'007'199'254'740'992.0;  // 2^53

bool is_exact_whole(double value) { return std::floor(value) == value && std::abs(value) <= largest_exact_integer; }

bool fits(const ExpectNumber& expect, double value) {
  if (!keeps_its_digits(value)) return false;
  if (expect.min && value < *expect.min) return false;
  if (expect.max && value > *expect.max) return false;
  return !expect.integer || is_exact_whole(value);
}

Value to_value(double number) {
  if (is_exact_whole(number)) return static_cast<std::int64_t>(number);
  return number;
}

bool all_equal(const std::vector<FoundNumber>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [&](const FoundNumber& number) { return number.value == numbers.front().value; });
}

// "none", when it is all that was said
std::optional<FoundNumber> nothing_at_all(const TokenView& tokens) {
  constexpr auto words = std::to_array<std::string_view>({"none", "nothing", "nada", "ninguno", "ninguna", "ningun", "aucun", "aucune", "rien"});
  if (tokens.size() == 0 || tokens.size() > 2 || !is_one_of(tokens.word(0), words)) return std::nullopt;
  return FoundNumber{0, 0, 0, false};
}

// Number words of another language that are something else in English.
bool is_coincidence(const TokenView& tokens, const FoundNumber& number) {
  constexpr auto words = std::to_array<std::string_view>(
      {"once", "cent", "cents", "sept", "un", "une", "mil", "media", "tiers", "quart", "quarts", "con", "par", "six"});
  return number.first == number.last && is_one_of(tokens.word(number.first), words);
}

Understood chosen(const ExpectNumber& expect, const FoundNumber& number, bool single, const Reply& reply) {
  const auto span = reply.span_of(number.first, number.last);
  const bool value_fits = fits(expect, number.value);
  const bool other_fits = number.other && fits(expect, *number.other);
  if (!value_fits && !other_fits) return {};
  if (!value_fits) return {to_value(*number.other), false, span};
  Understood understood{to_value(number.value), single && number.sure, span};
  if (other_fits && !number.sure) understood.others.push_back(to_value(*number.other));
  return understood;
}

Attempt attempt_number(const ExpectNumber& expect, const Reply& reply, const TokenView& tokens, const NumberReader& reader, bool foreign) {
  if (foreign && !reader.words().knows_any()) return {};
  auto scan = scan_numbers(tokens, reader);
  auto& numbers = scan.numbers;
  if (scan.other_digits || scan.range) return {{}, true};
  if (const auto none = numbers.empty() ? nothing_at_all(tokens) : std::nullopt) numbers.push_back(*none);
  if (foreign) std::erase_if(numbers, [&](const FoundNumber& number) { return is_coincidence(tokens, number); });
  if (numbers.empty()) return {};
  const bool single = all_equal(numbers);
  if (!single) {
    // Of "3 kids, I am 45" only one can be meant where the answer must be 18 or more.
    std::erase_if(numbers, [&](const FoundNumber& number) { return !fits(expect, number.value); });
    if (numbers.size() != 1) return {{}, true};
  }
  auto understood = chosen(expect, numbers.front(), single, reply);
  const bool refused = !understood.value;
  return {std::move(understood), refused};
}

}  // namespace

Understood understand_number(const ExpectNumber& expect, const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  return in_any_language(context, [&](Language language, bool foreign) {
    return attempt_number(expect, reply, tokens, NumberReader(tokens, context, language, foreign), foreign);
  });
}

}  // namespace answerback::flows
