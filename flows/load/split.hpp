// Reads `split`: the ways of a weighted experiment, each with where it leads.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `fields` is the step's object; the caller reports what is left over in it.
Split read_split(Loading& loading, Fields& fields, const std::string& step);

}  // namespace answerback::flows
