// The descriptions in openapi/*.json, compiled in.
#pragma once

#include <string_view>

namespace answerback::server {

// A JSON array of the files. Each has one or more of: "document", the frame of it all; "operations" by "METHOD /path",
// false for one that only refuses and is left out; "schemas" by name; "webhook", what all webhooks have in common.
std::string_view openapi_parts();

}  // namespace answerback::server
