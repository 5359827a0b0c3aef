// What an answer, a contact field or a variable can hold. Plain values; equal means equal in every bit.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
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

class Range;

// Dates, times, phones and postcodes are text in their canonical spelling (design: flow format, Values).
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>, Money, Range>;

// From one value to another of its kind; an end that is open is not set. A time's end may lie before its beginning, on the next day.
// JSON: {"from": "14:00", "to": "16:00"}. Shares its ends with its copies.
class Range {
 public:
  Range(Value from, Value to);
  const Value& from() const;
  const Value& to() const;
  bool operator==(const Range& other) const;
  std::partial_ordering operator<=>(const Range& other) const;

 private:
  struct Ends;
  std::shared_ptr<const Ends> ends_;
};

// Named values in the order in which they were first set.
using Values = std::vector<std::pair<std::string, Value>>;

const Value* find(const Values& values, std::string_view name);
// The same, and "visit.from" is an end of a range that is called "visit".
const Value* find_part(const Values& values, std::string_view name);
void assign(Values& values, std::string_view name, Value value);

// The names of a range's ends, in paths and in JSON.
inline constexpr std::string_view range_from = "from";
inline constexpr std::string_view range_to = "to";

// How a value reads inside a text: 12, 2.5, yes, no, "a, b"; a range as ISO 8601 writes intervals, "14:00/16:00", "14:00/..".
std::string to_text(const Value& value);

}  // namespace answerback::flows
