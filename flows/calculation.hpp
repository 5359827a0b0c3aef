// Plain arithmetic of a `set`: {"add": ["answers.rooms", 1]}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/path.hpp"
#include "flows/value.hpp"

namespace answerback::flows {

struct Calculation {
  enum class Kind : std::uint8_t { number, path, counted, add, subtract, multiply, divide, round };
  Kind kind = Kind::number;
  double number = 0;
  Path path;                        // of `path`; of `counted`, where what is no number counts as 0
  std::vector<Calculation> parts;   // of the operations
  bool operator==(const Calculation&) const = default;
};

std::optional<Calculation::Kind> parse_operation(std::string_view word);  // "add"
const std::vector<std::string>& operation_words();

// Nothing when a value is no number or not set, when it is divided by nothing, when currencies differ, or when the result has more digits
// than a number keeps. An amount keeps its currency, added to amounts and numbers and taken times a number; an amount by an amount of its
// currency is a number.
std::optional<Value> calculate(const Calculation& calculation, const Lookup& lookup);

// Every path that it reads, `counted` ones left out: those need no value.
void collect_paths(const Calculation& calculation, std::vector<Path>& paths);

}  // namespace answerback::flows
