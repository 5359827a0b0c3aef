// What a condition tells by its outcome alone: the paths that must have a value when it holds, or when it does not.
#pragma once

#include <vector>

#include "flows/condition.hpp"

namespace answerback::flows {

std::vector<Path> paths_set_when(const Condition& condition, bool holds);

// Every comparison in it, however deep.
void collect_comparisons(const Condition& condition, std::vector<const Comparison*>& found);

}  // namespace answerback::flows
