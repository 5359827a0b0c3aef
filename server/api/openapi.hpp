// The OpenAPI 3.1 document of this server, made from its own route table.
#pragma once

#include <string>
#include <vector>

#include "server/http/router.hpp"

namespace answerback::server {

std::string openapi_document(const std::vector<Route>& routes);

}  // namespace answerback::server
