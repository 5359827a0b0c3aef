// The OpenAPI 3.1 document of this server: its route table, joined with the descriptions in openapi/*.json, and a webhook for
// each event type. Paths, methods and scopes come from the table alone, so that they can't be described wrongly.
#pragma once

#include <string>
#include <vector>

#include "server/http/router.hpp"

namespace answerback::server {

// A route that nobody described is left out, and so is one that is there only to refuse.
std::string openapi_document(const std::vector<Route>& routes);

// "GET /v1/keys": what one side has and the other lacks. Both are empty in a whole build.
struct OpenapiGaps {
  std::vector<std::string> undescribed;
  std::vector<std::string> unserved;
};
OpenapiGaps openapi_gaps(const std::vector<Route>& routes);

}  // namespace answerback::server
