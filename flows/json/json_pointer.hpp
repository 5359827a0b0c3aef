// JSON Pointer (RFC 6901): which value of a document a text like "/slots/0/time" names. Pure.
#pragma once

#include <string_view>

#include "flows/json/json.hpp"

namespace answerback::flows {

// "" is the whole document; else tokens that each begin with "/", in which "~" stands only before 0 or 1.
bool is_json_pointer(std::string_view text);

// The value that it leads to, or null when it leads nowhere or is no pointer. The value lives in the document.
const Json* at_pointer(const Json& document, std::string_view pointer);

}  // namespace answerback::flows
