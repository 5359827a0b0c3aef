// Which answerback this is.
#pragma once

#include <string_view>

namespace answerback::server {

std::string_view version();

}  // namespace answerback::server
