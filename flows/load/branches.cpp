#include "flows/load/branches.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

// Every value that an answer can have; empty when they cannot be listed.
std::vector<Value> possible_values(const Expect& expect) {
  if (std::holds_alternative<ExpectYesNo>(expect)) return {true, false};
  std::vector<Value> keys;
  if (const auto* choice = std::get_if<ExpectChoice>(&expect)) {
    for (const auto& one : choice->choices) keys.emplace_back(one.key);
  }
  return keys;
}

// The comparison that a condition is, when it is nothing more.
const Comparison* only_comparison(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::comparison: return &condition.comparison;
    case Condition::Kind::all:
    case Condition::Kind::any: return condition.parts.size() == 1 ? only_comparison(condition.parts.front()) : nullptr;
    case Condition::Kind::negation: return nullptr;
  }
  return nullptr;
}

bool asks_for(const Branch& branch, const Path& path, const Value& value) {
  const auto* comparison = only_comparison(branch.when);
  if (comparison == nullptr || !(comparison->path == path)) return false;
  const bool lists = comparison->op == Comparison::Operator::eq || comparison->op == Comparison::Operator::one_of;
  const auto& operands = comparison->operands;
  return lists && std::find(operands.begin(), operands.end(), value) != operands.end();
}

bool covers_all(const Branches& branches, const Ask& asked) {
  const auto values = possible_values(asked.expect);
  const Path path{Path::Root::answers, asked.answer};
  const auto covered = [&](const Value& value) {
    return std::any_of(branches.begin(), branches.end(), [&](const Branch& branch) { return asks_for(branch, path, value); });
  };
  return !values.empty() && std::all_of(values.begin(), values.end(), covered);
}

// A condition that could not be read was reported already and says nothing about the branch.
bool is_unconditional(const Json& branch) {
  const auto* when = branch.find("when");
  return when == nullptr || (when->kind == Json::Kind::object && when->members.empty());
}

}  // namespace

void judge_branches(Loading& loading, const Part& part, const Branches& branches, const Ask* asked) {
  const auto& items = part.json.items;
  const auto is_object = [](const Json& item) { return item.kind == Json::Kind::object; };
  if (!std::all_of(items.begin(), items.end(), is_object)) return;
  const auto first = std::find_if(items.begin(), items.end(), is_unconditional);
  if (first == items.end()) {
    if (items.empty() || (asked != nullptr && covers_all(branches, *asked))) return;
    loading.warning(part.item(items.size() - 1), "falls_through",
                    "when no condition holds the conversation bails as flow_error, end with a branch without \"when\"");
  } else if (first + 1 != items.end()) {
    loading.warning(part.item(static_cast<std::size_t>(first - items.begin()) + 1), "dead_branch",
                    "this branch is never taken, the one before it has no condition");
  }
}

}  // namespace answerback::flows
