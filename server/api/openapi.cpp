#include "server/api/openapi.hpp"

#include <nlohmann/json.hpp>

#include "server/version.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

std::string openapi_document(const std::vector<Route>& routes) {
  nlohmann::ordered_json document{{"openapi", "3.1.0"}, {"info", {{"title", "answerback"}, {"version", version()}}}, {"paths", nlohmann::ordered_json::object()}};
  for (const auto& route : routes) document["paths"][route.path] = nlohmann::ordered_json::object();
  return webhooks::dump(document);
}

}  // namespace answerback::server
