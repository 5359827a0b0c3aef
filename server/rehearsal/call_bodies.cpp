#include "server/rehearsal/call_bodies.hpp"

#include <nlohmann/json.hpp>

#include "webhooks/json.hpp"

namespace answerback::server {

std::string call_body(const std::vector<std::pair<std::string, flows::Value>>& values) {
  nlohmann::json body = nlohmann::json::object();
  for (const auto& [pointer, value] : values) {
    try {
      body[nlohmann::json::json_pointer(pointer)] = webhooks::to_json(value);
    } catch (const nlohmann::json::exception&) {  // two pointers that no one document has both of: the call then fails
    }
  }
  return body.dump();
}

}  // namespace answerback::server
