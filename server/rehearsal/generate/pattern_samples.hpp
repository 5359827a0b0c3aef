// A text that a pattern has somewhere in it, for the plain patterns that people write.
#pragma once

#include <string>
#include <string_view>

namespace answerback::server {

// Made from literals, classes, groups (their first alternative) and counts (their least); "" when there is nothing to make.
std::string sample_of(std::string_view pattern);

}  // namespace answerback::server
