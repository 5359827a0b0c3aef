// Reads `call`: the request that leaves, what of its answer is kept, and where a call leads that fails.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `fields` is the step's object; the caller reports what is left over in it.
Call read_call(Loading& loading, Fields& fields);

}  // namespace answerback::flows
