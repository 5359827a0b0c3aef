// Conditions as data: `{"answers.age": {"gte": 18}, "contact.state": ["TX","OK"]}` is AND; `any`, `all`, `not` nest.
// Checked when loaded, total when evaluated: a value that is not set makes every comparison but `exists: false` false.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "flows/fields.hpp"
#include "flows/path.hpp"
#include "flows/text/pattern.hpp"

namespace answerback::flows {

struct Comparison {
  enum class Operator { eq, one_of, gt, gte, lt, lte, between, exists, contains, matches };
  Path path;
  Operator op = Operator::eq;
  std::vector<Value> operands;
  std::vector<Pattern> pattern;  // one for `matches`
  std::optional<Path> other;     // compared with its value; then there are no operands
  bool operator==(const Comparison&) const = default;
};

struct Condition {
  enum class Kind { all, any, negation, comparison };
  Kind kind = Kind::all;  // an empty `all` is always true
  std::vector<Condition> parts;
  Comparison comparison;
  bool operator==(const Condition&) const = default;
};

// Called for every path that a condition or text names, so that the caller can judge whether it is known.
using PathCheck = std::function<void(const Path& path, const std::string& pointer, Position at)>;

Condition parse_condition(const Json& json, const std::string& pointer, Report& report, const PathCheck& check);
bool holds(const Condition& condition, const Lookup& lookup);
bool always(const Condition& condition);
std::string to_label(const Condition& condition);  // short, for drawings: "answers.service = inspection"

}  // namespace answerback::flows
