// Every refusal over HTTP is a problem document (RFC 9457): a stable code for programs, a sentence for people, the fields at
// fault, and the request id to find it in the log. Never an internal detail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/issue.hpp"
#include "server/http/message.hpp"

namespace answerback::server {

// `type` is "urn:answerback:problem:CODE"; `errors` is left out when empty.
HttpResponse problem(int status, std::string_view code, std::string_view detail, std::string_view request_id,
                     const std::vector<flows::Issue>& errors = {});

// "Not Found"; the reason phrases of RFC 9110 section 15, "Error" for a status without one.
std::string_view reason_phrase(int status);

}  // namespace answerback::server
