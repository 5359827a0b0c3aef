// Reads message texts: length, template syntax and filters are judged here, the paths that they name at the end.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// A text, or an object of texts by language; the flow's own language must be among them.
Wording read_wording(Loading& loading, const Part& part);

// One text, and an empty text is as good as any: a value to set, not a message to send.
Text read_value_text(Loading& loading, const Part& part);

}  // namespace answerback::flows
