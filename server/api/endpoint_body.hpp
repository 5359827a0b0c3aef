// What an endpoint is in JSON, and how a request's JSON becomes one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/api/api.hpp"
#include "webhooks/endpoint.hpp"

namespace answerback::server {

// As it is read back: values of headers masked, the URL without what may let somebody in unless an admin asks.
ApiJson endpoint_json(const webhooks::Endpoint& endpoint, bool is_admin);

struct EndpointWish {
  webhooks::Endpoint endpoint;  // what is stored; key 0 = a new one
  std::optional<bool> enabled{};
};

// Takes over what the body says; what is masked or shortened in it stays as stored. Returns everything wrong with it; then nothing of
// the wish counts. `text` is the body as it came.
std::vector<flows::Issue> apply(const Api& api, const flows::Json& body, const std::string& text, EndpointWish& wish);

}  // namespace answerback::server
