// Judges a list of branches: is one never taken, may none be taken?
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `part` is the list that `branches` were read from. `asked`: the question whose answer was given just before, or null.
void judge_branches(Loading& loading, const Part& part, const Branches& branches, const Ask* asked);

}  // namespace answerback::flows
