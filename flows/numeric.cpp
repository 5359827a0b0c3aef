#include "flows/numeric.hpp"

#include <charconv>

namespace answerback::flows {

namespace {

std::optional<Number> spelled_number(const std::string& text) {
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end || number - number != 0) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Number> as_number(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<Number>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return static_cast<Number>(*real);
  if (const auto* money = std::get_if<Money>(&value)) return static_cast<Number>(money->amount);
  const auto* text = std::get_if<std::string>(&value);
  return text ? spelled_number(*text) : std::nullopt;
}

}  // namespace answerback::flows
