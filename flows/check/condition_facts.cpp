#include "flows/check/condition_facts.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

using Paths = std::vector<Path>;

// Those of every part, or only those that all parts name.
Paths joined(const std::vector<Condition>& parts, bool holds, bool of_every) {
  Paths paths;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto more = paths_set_when(parts[i], holds);
    if (of_every || i == 0) {
      paths.insert(paths.end(), more.begin(), more.end());
    } else {
      std::erase_if(paths, [&](const Path& path) { return std::find(more.begin(), more.end(), path) == more.end(); });
    }
  }
  return paths;
}

}  // namespace

std::vector<Path> paths_set_when(const Condition& condition, bool holds) {
  switch (condition.kind) {
    case Condition::Kind::comparison: {
      // Without a value nothing holds but `exists: false`.
      const auto& comparison = condition.comparison;
      const bool asks_for_none = comparison.op == Comparison::Operator::exists && !std::get<bool>(comparison.operands.at(0));
      return holds != asks_for_none ? Paths{comparison.path} : Paths{};
    }
    case Condition::Kind::all: return joined(condition.parts, holds, holds);
    case Condition::Kind::any: return joined(condition.parts, holds, !holds);
    case Condition::Kind::negation: return joined(condition.parts, !holds, holds);  // none of its parts holds
  }
  return {};
}

void collect_comparisons(const Condition& condition, std::vector<const Comparison*>& found) {
  if (condition.kind == Condition::Kind::comparison) found.push_back(&condition.comparison);
  for (const auto& part : condition.parts) collect_comparisons(part, found);
}

}  // namespace answerback::flows
