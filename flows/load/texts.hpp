// Reads message texts: length, template syntax and filters are judged here, the paths that they name at the end.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// A text, or an object of texts by language; the flow's own language must be among them.
Wording read_wording(Loading& loading, const Part& part);

// One text, and an empty text is as good as any: a value to set, not a message to send.
Text read_value_text(Loading& loading, const Part& part);

// The same, one for each language; the flow's own must be among them.
Wording read_value_wording(Loading& loading, const Part& part);

// Reports what is no language's tag.
void judge_language(Loading& loading, const std::string& language, const std::string& pointer, Position at);

}  // namespace answerback::flows
