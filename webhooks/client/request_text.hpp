// A request as the bytes that are written.
#pragma once

#include <optional>
#include <string>

#include "webhooks/http_client.hpp"

namespace answerback::webhooks::client {

// Nothing when a header or the method could change the framing: the caller's rules failed, and nothing must leave.
std::optional<std::string> request_text(const HttpRequest& request, const Url& url);

// "https://[2001:db8::1]:8443"
std::string origin(const Url& url);

}  // namespace answerback::webhooks::client
