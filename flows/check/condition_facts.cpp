#include "flows/check/condition_facts.hpp"

#include <set>
#include <string>

namespace answerback::flows {

namespace {

using Paths = std::vector<Path>;

std::set<std::string> names_of(const Paths& paths) {
  std::set<std::string> names;
  for (const auto& path : paths) names.insert(to_string(path));
  return names;
}

// Those of every part, or only those that all parts name.
Paths joined(const std::vector<Condition>& parts, bool holds, bool of_every) {
  Paths paths;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto more = paths_set_when(parts[i], holds);
    if (of_every || i == 0) {
      paths.insert(paths.end(), more.begin(), more.end());
    } else {
      const auto named = names_of(more);
      std::erase_if(paths, [&](const Path& path) { return named.count(to_string(path)) == 0; });
      if (paths.empty()) break;  // no part behind it adds any
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
      if (comparison.other) return holds ? Paths{comparison.path, *comparison.other} : Paths{};
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
