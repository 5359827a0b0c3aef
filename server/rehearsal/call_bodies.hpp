// Answers to calls as a server would write them, for calls that never leave.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "flows/value.hpp"

namespace answerback::server {

// A JSON body in which each pointer (RFC 6901) leads to its value.
std::string call_body(const std::vector<std::pair<std::string, flows::Value>>& values);

}  // namespace answerback::server
