// Reads `run`: another flow as a part of this one, what it begins with, and where it leads back.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `fields` is the step's object; the caller reports what is left over in it.
Run read_run(Loading& loading, Fields& fields, const std::string& step);

}  // namespace answerback::flows
