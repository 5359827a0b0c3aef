// Reads message texts: length, template syntax and filters are judged here, the paths that they name at the end.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

Text read_text(Loading& loading, const Part& part);

// The same, and an empty text is as good as any: a value to set, not a message to send.
Text read_value_text(Loading& loading, const Part& part);

}  // namespace answerback::flows
