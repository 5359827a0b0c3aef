// What can be judged only across flows: does the flow that a `run` names exist, does it lead back to this one, does it give
// the answers that are read of it, does it have the variables that it is given?
#pragma once

#include <functional>

#include "flows/load/load.hpp"

namespace answerback::flows {

// The flow of that name as it would run now; null when there is none.
using FlowLookup = std::function<FlowPtr(const std::string& name)>;

// `loaded` holds a flow. Issues by position. `missing` is how a flow that is not there is judged: among files alone it may
// stand elsewhere, on publishing it does not.
std::vector<Issue> check_runs(const LoadResult& loaded, const FlowLookup& lookup, Severity missing);

}  // namespace answerback::flows
