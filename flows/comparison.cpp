#include "flows/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <compare>

#include "flows/numeric.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

using Operator = Comparison::Operator;

struct KnownOperator {
  std::string_view word;
  Operator op;
  std::string_view sign;
};

constexpr std::array<KnownOperator, 9> operators{{{"eq", Operator::eq, "="},
                                          {"gt", Operator::gt, ">"},
                                          {"gte", Operator::gte, ">="},
                                          {"lt", Operator::lt, "<"},
                                          {"lte", Operator::lte, "<="},
                                          {"between", Operator::between, "between"},
                                          {"exists", Operator::exists, "is set"},
                                          {"contains", Operator::contains, "contains"},
                                          {"matches", Operator::matches, "matches"}}};

using Order = std::optional<std::strong_ordering>;

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value) || std::holds_alternative<Money>(value);
}

Order order(Number a, Number b) {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

// An amount compares with a number whatever its currency, with another amount only in the same one.
bool is_other_currency(const Value& value, const Value& operand) {
  const auto* a = std::get_if<Money>(&value);
  const auto* b = std::get_if<Money>(&operand);
  return a && b && a->currency != b->currency;
}

Order order(const Value& value, const Value& operand) {
  if (is_other_currency(value, operand)) return std::nullopt;
  if (is_number(value) || is_number(operand)) {
    const auto a = as_number(value);
    const auto b = as_number(operand);
    return a && b ? order(*a, *b) : std::nullopt;
  }
  const auto* a = std::get_if<std::string>(&value);
  const auto* b = std::get_if<std::string>(&operand);
  return a && b ? Order(a->compare(*b) <=> 0) : std::nullopt;
}

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool is_plain(char c) { return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F; }

bool is_plain(const std::string& text) { return std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c); }); }

bool same_text(const std::string& a, const std::string& b) {
  // Folding plain words is lowering them, which is most of what conditions ask and far cheaper.
  if (is_plain(a) && is_plain(b)) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
  }
  return fold(a) == fold(b);
}

bool equal(const Value& value, const Value& operand) {
  const auto* a = std::get_if<std::string>(&value);
  const auto* b = std::get_if<std::string>(&operand);
  if (a && b) return same_text(*a, *b);
  if (is_number(value) || is_number(operand)) return order(value, operand) == std::strong_ordering::equal;
  return value == operand;
}

bool contains(const Value& value, const Value& operand) {
  const auto wanted = fold(to_text(operand));
  if (wanted.empty()) return false;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return std::any_of(list->begin(), list->end(), [&](const std::string& item) { return fold(item) == wanted; });
  }
  return fold(to_text(value)).find(wanted) != std::string::npos;
}

bool between(const Value& value, const Value& low, const Value& high) {
  const auto from = order(value, low);
  const auto to = order(value, high);
  return from && to && *from >= 0 && *to <= 0;
}

bool is_set(const Value* value) { return value && !std::holds_alternative<std::monostate>(*value); }

// Total: `operands` are those of the comparison, or the one value that it is compared with.
bool holds_for(const Comparison& comparison, const Value& value, const std::vector<Value>& operands) {
  const auto ordered = [&](auto accepts) {
    const auto found = order(value, operands.at(0));
    return found && accepts(*found);
  };
  switch (comparison.op) {
    case Operator::eq: return equal(value, operands.at(0));
    case Operator::one_of: return std::any_of(operands.begin(), operands.end(), [&](const Value& one) { return equal(value, one); });
    case Operator::gt: return ordered([](auto found) { return found > 0; });
    case Operator::gte: return ordered([](auto found) { return found >= 0; });
    case Operator::lt: return ordered([](auto found) { return found < 0; });
    case Operator::lte: return ordered([](auto found) { return found <= 0; });
    case Operator::between: return between(value, operands.at(0), operands.at(1));
    case Operator::exists: return std::get<bool>(operands.at(0));
    case Operator::contains: return contains(value, operands.at(0));
    case Operator::matches: return comparison.pattern.at(0).finds_in(to_text(value));
  }
  return false;
}

std::string_view sign_of(Operator op) {
  const auto known = std::find_if(operators.begin(), operators.end(), [&](const KnownOperator& entry) { return entry.op == op; });
  return known == operators.end() ? "one of" : known->sign;
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view word) {
  const auto known = std::find_if(operators.begin(), operators.end(), [&](const KnownOperator& entry) { return entry.word == word; });
  return known == operators.end() ? std::nullopt : std::optional(known->op);
}

const std::vector<std::string>& operator_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> words;
    words.reserve(operators.size());
    for (const auto& known : operators) words.emplace_back(known.word);
    return words;
  }();
  return names;
}

bool holds(const Comparison& comparison, const Value* value, const Value* other) {
  if (comparison.other) return is_set(value) && is_set(other) && holds_for(comparison, *value, {*other});
  if (is_set(value)) return holds_for(comparison, *value, comparison.operands);
  return comparison.op == Operator::exists && !std::get<bool>(comparison.operands.at(0));
}

std::string to_label(const Comparison& comparison) {
  const auto path = to_string(comparison.path);
  if (comparison.other) return fmt::format("{} {} {}", path, sign_of(comparison.op), to_string(*comparison.other));
  if (comparison.op == Operator::exists) {
    return path + (std::get<bool>(comparison.operands.at(0)) ? " is set" : " is not set");
  }
  if (comparison.op == Operator::matches) return fmt::format("{} matches {}", path, comparison.pattern.at(0).source());
  std::vector<std::string> operands;
  for (const auto& operand : comparison.operands) operands.push_back(to_text(operand));
  const auto* separator = comparison.op == Operator::between ? " and " : ", ";
  return fmt::format("{} {} {}", path, sign_of(comparison.op), fmt::join(operands, separator));
}

}  // namespace answerback::flows
