// Reads the arithmetic of a `set`: `{"add": ["answers.rooms", 1]}`, or `{"add": 1}`: to what stands there already, 0 when nothing does.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `part` is an object with one member; `to` is what is set, nothing within another calculation.
Calculation read_calculation(Loading& loading, const Part& part, const std::optional<Path>& to);

}  // namespace answerback::flows
