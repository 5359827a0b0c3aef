// Reads `set`: contact fields and variables with the value that each gets, a literal or a text with placeholders.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

std::vector<Assignment> read_assignments(Loading& loading, const Part& part);

}  // namespace answerback::flows
