#include "flows/understand/digits.hpp"

#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace answerback::flows {

namespace {

using Tokens = std::vector<Token>;

bool is_digits(const Tokens& tokens, std::size_t at) { return at < tokens.size() && tokens[at].kind == Token::Kind::digits; }

bool is_glued(const Tokens& tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].glued && tokens[at].text == text;
}

bool is_glued_digits(const Tokens& tokens, std::size_t at) { return is_digits(tokens, at) && tokens[at].glued; }

double to_double(const std::string& digits) {
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? value : std::numeric_limits<double>::infinity();
}

// ",200,000" after at most three digits: groups of exactly three.
std::size_t take_groups(const Tokens& tokens, std::size_t at, std::string_view separator, std::string& digits) {
  if (digits.size() > 3) return at;
  while (is_glued(tokens, at, separator) && is_glued_digits(tokens, at + 1) && tokens[at + 1].text.size() == 3) {
    digits += tokens[at + 1].text;
    at += 2;
  }
  return at;
}

std::size_t take_decimals(const Tokens& tokens, std::size_t at, std::string_view separator, std::string& digits) {
  if (!is_glued(tokens, at, separator) || !is_glued_digits(tokens, at + 1)) return at;
  digits += "." + tokens[at + 1].text;
  return at + 2;
}

// "1/2" as the two tokens after the numerator; 0 when it is no plain fraction.
double fraction_at(const Tokens& tokens, std::size_t at) {
  constexpr double largest_denominator = 16;
  if (!is_digits(tokens, at) || !is_glued(tokens, at + 1, "/") || !is_glued_digits(tokens, at + 2)) return 0;
  if (is_glued(tokens, at + 3, "/") || tokens[at].text.size() > 2 || tokens[at + 2].text.size() > 2) return 0;
  const double numerator = to_double(tokens[at].text);
  const double denominator = to_double(tokens[at + 2].text);
  return numerator > 0 && numerator < denominator && denominator <= largest_denominator ? numerator / denominator : 0;
}

// "1e5", "0x10", "4x4": digits and letters in turns are a name or a measure.
bool is_mixed(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].glued && tokens[at].kind == Token::Kind::word && is_glued_digits(tokens, at + 1);
}

// "10-12", "10:30", "1.2.3", "3/4/26", "512-555": more digits follow behind a mark, so this is no single number.
bool goes_on(const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size() || !tokens[at].glued || tokens[at].kind != Token::Kind::symbol) return false;
  constexpr std::string_view joints = "-:./,~";
  return joints.find(tokens[at].text) != std::string_view::npos && is_glued_digits(tokens, at + 1);
}

bool is_minus(const Tokens& tokens, std::size_t at) {
  if (at == 0) return false;
  const auto& before = tokens[at - 1];
  if (before.text == "minus" || before.text == "negative") return true;
  return before.text == "-" && tokens[at].glued && !before.glued;
}

void take_suffix(const Tokens& tokens, std::size_t& next, FoundNumber& number) {
  if (next >= tokens.size() || tokens[next].kind != Token::Kind::word) return;
  const auto& word = tokens[next].text;
  const bool glued = tokens[next].glued;
  if (word == "k" && glued) {
    number.value *= 1'000;
    number.last = next++;
  } else if (glued && (word == "th" || word == "st" || word == "nd" || word == "rd")) {
    number.last = next++;
    number.sure = false;
  }
}

}  // namespace

DigitsResult read_digits(const Reply& reply, std::size_t at, bool decimal_comma) {
  const auto& tokens = reply.tokens();
  FoundNumber number{0, at, at, true};
  std::size_t next = at + 1;
  if (const double part = fraction_at(tokens, at); part > 0) {
    number.value = part;
    next = at + 3;
  } else {
    std::string digits = tokens[at].text;
    next = take_groups(tokens, next, decimal_comma ? "." : ",", digits);
    const auto whole_end = next;
    next = take_decimals(tokens, next, decimal_comma ? "," : ".", digits);
    if (next == whole_end && next == at + 1 && !decimal_comma) {
      next = take_decimals(tokens, next, ",", digits);  // "2,5" from people of other habits
      number.sure = next == whole_end;
    }
    if (at > 0 && tokens[at - 1].text == "." && tokens[at].glued && !tokens[at - 1].glued) {
      digits.insert(0, "0.");
      number.first = at - 1;
    }
    number.value = to_double(digits);
    if (const double part_after = fraction_at(tokens, next); part_after > 0 && next == at + 1) {
      number.value += part_after;
      next += 3;
    }
  }
  if (goes_on(tokens, next) || is_mixed(tokens, next)) return {std::nullopt, next};
  number.last = next - 1;
  if (is_minus(tokens, at)) {
    number.value = -number.value;
    number.first = at - 1;
  }
  take_suffix(tokens, next, number);
  return {number, next};
}

}  // namespace answerback::flows
