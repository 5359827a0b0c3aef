// A list of branches tried with every combination of values that its conditions can tell apart.
#pragma once

#include <functional>
#include <optional>

#include "flows/check/samples.hpp"

namespace answerback::flows {

struct BranchTable {
  std::vector<bool> can_hold;  // by branch: its condition holds for some combination
  std::vector<bool> is_taken;  // by branch: for some combination it is the first that holds
  bool none_taken = false;     // for some combination no branch holds
  std::string example;         // of such a one: "answers.kind = other"; "" when it is not of listed values
};

// What may still be spent on one flow, in plain comparisons: a fraction of a second, whatever somebody wrote.
struct TableBudget {
  std::size_t left = 5'000'000;
};

// Nothing when there are too many combinations, or more to compare than the budget allows.
std::optional<BranchTable> try_branches(const Branches& branches, const std::function<Domain(const Path&)>& domain_of, TableBudget& budget);

}  // namespace answerback::flows
