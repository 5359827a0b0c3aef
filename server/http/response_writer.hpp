// Answers as bytes. Every one carries its length, the request id, and headers that keep browsers and caches from guessing;
// none names the server's version.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace answerback::server {

struct AnswerFraming {
  std::string_view request_id;
  std::string_view date;         // as http_date() gives it
  bool http_1_1 = true;
  bool keep_alive = true;
  bool without_body = false;     // to a HEAD request: the length, but not the bytes
};

// Appends the answer's head to `out`; true when the body is to follow. An answer whose headers could be cut in two by what stands in them (RFC 9110 section
// 5.5) is replaced by a 500.
bool append_head(std::string& out, HttpResponse& response, const AnswerFraming& framing);

// The same with the body.
void append_response(std::string& out, HttpResponse response, const AnswerFraming& framing);

// "Mon, 02 Mar 2026 15:00:00 GMT" (RFC 9110 section 5.6.7).
std::string http_date(std::chrono::sys_seconds at);

}  // namespace answerback::server
