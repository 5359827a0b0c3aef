// The line of a file that an issue is about, with a caret below the place; long lines are shown around it.
#pragma once

#include <string>
#include <string_view>

#include "flows/issue.hpp"

namespace answerback::server {

// Two lines, each ended; "" when the place is not in the text.
std::string source_with_caret(std::string_view source, flows::Position at, bool colour);

}  // namespace answerback::server
