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

// Nothing when there are more than `max_combinations`.
std::optional<BranchTable> try_branches(const Branches& branches, const std::function<Domain(const Path&)>& domain_of);

}  // namespace answerback::flows
