#include "flows/condition.hpp"

#include <algorithm>

#include "flows/comparison.hpp"

namespace answerback::flows {

bool always(const Condition& condition) { return condition.kind == Condition::Kind::all && condition.parts.empty(); }

bool holds(const Condition& condition, const Lookup& lookup) {
  const auto part_holds = [&](const Condition& part) { return holds(part, lookup); };
  const auto& parts = condition.parts;
  switch (condition.kind) {
    case Condition::Kind::all: return std::all_of(parts.begin(), parts.end(), part_holds);
    case Condition::Kind::any: return std::any_of(parts.begin(), parts.end(), part_holds);
    case Condition::Kind::negation: return std::none_of(parts.begin(), parts.end(), part_holds);
    case Condition::Kind::comparison: {
      const auto& comparison = condition.comparison;
      return holds(comparison, lookup(comparison.path), comparison.other ? lookup(*comparison.other) : nullptr);
    }
  }
  return false;
}

namespace {

std::string join(const std::vector<Condition>& parts, std::string_view word) {
  std::string label;
  for (const auto& part : parts) {
    if (!label.empty()) label.append(" ").append(word).append(" ");
    const bool nested = part.kind != Condition::Kind::comparison && part.parts.size() > 1;
    label += nested ? "(" + to_label(part) + ")" : to_label(part);
  }
  return label;
}

}  // namespace

std::string to_label(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all: return always(condition) ? "always" : join(condition.parts, "and");
    case Condition::Kind::any: return join(condition.parts, "or");
    case Condition::Kind::negation: return "not (" + join(condition.parts, "or") + ")";
    case Condition::Kind::comparison: return to_label(condition.comparison);
  }
  return "";
}

}  // namespace answerback::flows
