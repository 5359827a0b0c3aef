#include "flows/calculation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "flows/numeric.hpp"
#include "flows/text/number_text.hpp"

namespace answerback::flows {

namespace {

using Operation = Calculation::Kind;

struct KnownOperation {
  std::string_view word;
  Operation kind;
};

constexpr std::array<KnownOperation, 5> operations{
    {{"add", Operation::add}, {"subtract", Operation::subtract}, {"multiply", Operation::multiply}, {"divide", Operation::divide}, {"round", Operation::round}}};

// A number, of a currency or of none.
struct Quantity {
  Number number = 0;
  std::string currency;
};
using Result = std::optional<Quantity>;

Result quantity_of(const Value* value) {
  const auto number = value != nullptr ? as_number(*value) : std::nullopt;
  if (!number) return std::nullopt;
  const auto* money = std::get_if<Money>(value);
  return Quantity{*number, money != nullptr ? money->currency : ""};
}

// Sums of amounts and numbers have the currency of the amounts.
std::optional<std::string> currency_of_sum(const Quantity& a, const Quantity& b) {
  if (!a.currency.empty() && !b.currency.empty() && a.currency != b.currency) return std::nullopt;
  return a.currency.empty() ? b.currency : a.currency;
}

Result multiplied(const Quantity& a, const Quantity& b) {
  if (!a.currency.empty() && !b.currency.empty()) return std::nullopt;
  return Quantity{a.number * b.number, a.currency + b.currency};
}

Result divided(const Quantity& a, const Quantity& b) {
  const bool same = a.currency == b.currency;
  if (b.number == 0 || (!b.currency.empty() && !same)) return std::nullopt;
  return Quantity{a.number / b.number, same ? "" : a.currency};
}

Result rounded(const Quantity& a, const Quantity& digits) {
  constexpr Number most_digits = 9;
  if (!digits.currency.empty() || digits.number < 0 || digits.number > most_digits) return std::nullopt;
  const auto scale = std::pow(static_cast<Number>(10), std::trunc(digits.number));
  return Quantity{std::round(a.number * scale) / scale, a.currency};
}

Result combined(Operation kind, const Quantity& a, const Quantity& b) {
  switch (kind) {
    case Operation::add:
    case Operation::subtract: {
      const auto currency = currency_of_sum(a, b);
      if (!currency) return std::nullopt;
      return Quantity{kind == Operation::add ? a.number + b.number : a.number - b.number, *currency};
    }
    case Operation::multiply: return multiplied(a, b);
    case Operation::divide: return divided(a, b);
    case Operation::round: return rounded(a, b);
    case Operation::number:
    case Operation::path:
    case Operation::counted: break;
  }
  return std::nullopt;
}

// Recursion is bounded by the depth that the loader allows.
Result worked_out(const Calculation& calculation, const Lookup& lookup) {
  switch (calculation.kind) {
    case Operation::number: return Quantity{calculation.number, ""};
    case Operation::path: return quantity_of(lookup(calculation.path));
    case Operation::counted: return quantity_of(lookup(calculation.path)).value_or(Quantity{});
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::round: break;
  }
  Result result;
  for (std::size_t i = 0; i < calculation.parts.size(); ++i) {
    const auto part = worked_out(calculation.parts[i], lookup);
    if (!part) return std::nullopt;
    result = i == 0 ? part : combined(calculation.kind, *result, *part);
    if (!result) return std::nullopt;
  }
  return result;
}

// A tenth and two tenths are three tenths: what a double cannot hold is rounded away at the last digit that a number keeps.
std::optional<double> kept(Number number) {
  const auto value = static_cast<double>(number);
  if (!std::isfinite(value) || std::fabs(value) >= 1e15) return std::nullopt;
  const auto digits = fmt::format("{:.{}g}", value, max_significant_digits);
  double rounded = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), rounded);
  return rounded;
}

}  // namespace

std::optional<Operation> parse_operation(std::string_view word) {
  const auto known = std::find_if(operations.begin(), operations.end(), [&](const KnownOperation& one) { return one.word == word; });
  return known == operations.end() ? std::nullopt : std::optional(known->kind);
}

const std::vector<std::string>& operation_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    all.reserve(operations.size());
    for (const auto& known : operations) all.emplace_back(known.word);
    return all;
  }();
  return words;
}

std::optional<Value> calculate(const Calculation& calculation, const Lookup& lookup) {
  const auto result = worked_out(calculation, lookup);
  const auto number = result ? kept(result->number) : std::nullopt;
  if (!number) return std::nullopt;
  if (!result->currency.empty()) return Money{*number, result->currency};
  if (std::trunc(*number) == *number) return static_cast<std::int64_t>(*number);
  return *number;
}

void collect_paths(const Calculation& calculation, std::vector<Path>& paths) {
  if (calculation.kind == Operation::path) paths.push_back(calculation.path);
  for (const auto& part : calculation.parts) collect_paths(part, paths);
}

}  // namespace answerback::flows
