// Reads `set`: contact fields and variables with the value that each gets, a literal or a text with placeholders.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

std::vector<Assignment> read_assignments(Loading& loading, const Part& part);

// The same for what another flow begins with (`with` of a `run`): variables alone.
std::vector<Assignment> read_variables_for(Loading& loading, const Part& part);

// Where a value may be kept: a variable or a contact field; nothing, and reported, for anything else.
std::optional<Path> read_place(Loading& loading, const Part& part, const JsonMember& member);

}  // namespace answerback::flows
