// Finds the ways round in a graph of steps. Linear in steps and edges, no recursion.
#pragma once

#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

using Successors = std::vector<std::vector<StepIndex>>;  // by step

// Cycles that share no step, each beginning at its lowest index; every cycle of the graph touches one of them.
std::vector<std::vector<StepIndex>> find_cycles(const Successors& successors);

// By step: can one of `goals` be reached from it? A goal reaches itself.
std::vector<bool> can_reach(const Successors& successors, const std::vector<StepIndex>& goals);

// By step: can it be reached from one of `starts`? A start is reached.
std::vector<bool> reached_from(const Successors& successors, const std::vector<StepIndex>& starts);

}  // namespace answerback::flows
