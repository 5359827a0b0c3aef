#include "server/version.hpp"

namespace answerback::server {

std::string_view version() { return ANSWERBACK_VERSION; }

}  // namespace answerback::server
