// Reads where a step leads to: a step by name, an outcome with its reason, or a list of conditions with such targets.
#pragma once

#include <optional>

#include "flows/load/loading.hpp"

namespace answerback::flows {

// A step's name or `{"bail": "reason"}`.
Target read_target(Loading& loading, const Part& part);

// The same, out of an object that holds other things too: under "to", or as an outcome beside them.
Target read_target_within(Loading& loading, Fields& fields);

// One of `complete`, `bail`, `discard` among the fields; nothing when none is there.
std::optional<Ending> read_ending(Loading& loading, Fields& fields);

// A list of `{"when": …, "to": …}`.
Branches read_branches(Loading& loading, const Part& part);

// The `next` that a step must have: a target, or a list of branches.
Branches read_next(Loading& loading, Fields& fields);

}  // namespace answerback::flows
