// What an answer, a contact field or a variable can hold. Plain values; equal means equal in every bit.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace answerback::flows {

// An amount as people say it; JSON: {"amount": 1234.5, "currency": "USD"}.
struct Money {
  double amount = 0;
  std::string currency;  // ISO 4217
  auto operator<=>(const Money&) const = default;
};

// Dates, times, phones and postcodes are text in their canonical spelling (design: flow format, Values).
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>, Money>;

// Named values in the order in which they were first set.
using Values = std::vector<std::pair<std::string, Value>>;

const Value* find(const Values& values, std::string_view name);
void assign(Values& values, std::string_view name, Value value);

// How a value reads inside a text: 12, 2.5, yes, no, "a, b".
std::string to_text(const Value& value);

}  // namespace answerback::flows
