#include "flows/text/number_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace answerback::flows {

namespace {

// The shortest digits that read back as the number, the point of which stands behind the first `point` of them.
struct ShortestDigits {
  std::string digits;
  int point = 0;
};

ShortestDigits shortest_digits(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), std::abs(value), std::chars_format::scientific).ptr;
  const std::string_view spelled(text.data(), static_cast<std::size_t>(end - text.data()));
  const auto e = spelled.find('e');
  ShortestDigits shortest;
  for (const char c : spelled.substr(0, e)) {
    if (c != '.') shortest.digits.push_back(c);
  }
  const auto exponent = spelled.substr(spelled[e + 1] == '+' ? e + 2 : e + 1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), shortest.point);
  ++shortest.point;
  return shortest;
}

std::string with_exponent(const ShortestDigits& number) {
  const int exponent = number.point - 1;
  auto text = number.digits.substr(0, 1);
  if (number.digits.size() > 1) text += "." + number.digits.substr(1);
  return fmt::format("{}e{}{}", text, exponent < 0 ? "-" : "+", std::abs(exponent));
}

}  // namespace

std::string number_text(double value) {
  constexpr int longest_whole = 21;
  constexpr int most_zeros = 6;
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";
  const auto number = shortest_digits(value);
  const std::string sign = value < 0 ? "-" : "";
  const auto count = static_cast<int>(number.digits.size());
  if (number.point > longest_whole || number.point <= -most_zeros) return sign + with_exponent(number);
  if (number.point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-number.point), '0') + number.digits;
  const auto point = static_cast<std::size_t>(number.point);
  if (count <= number.point) return sign + number.digits + std::string(point - number.digits.size(), '0');
  return sign + number.digits.substr(0, point) + "." + number.digits.substr(point);
}

bool keeps_its_digits(std::int64_t value) {
  constexpr std::int64_t first_longer = 1'000'000'000'000'000;
  return value > -first_longer && value < first_longer;
}

bool keeps_its_digits(double value) {
  constexpr double first_longer = 1e15;
  if (!std::isfinite(value)) return false;
  return std::abs(value) < first_longer || shortest_digits(value).digits.size() <= max_significant_digits;
}

}  // namespace answerback::flows
