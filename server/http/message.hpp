// A request that has passed the strict front, and its answer.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace answerback::server {

struct HttpRequest {
  std::string method;
  std::string path;                          // without the query, not decoded
  std::string query;                         // after '?', not decoded
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string peer;                          // address of the socket
  std::string id;                            // request id: the caller's X-Request-Id when sane, else made

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // What a repeat under the same Idempotency-Key gets in place of `body`, which then holds something shown only once.
  std::optional<std::string> repeat_body = std::nullopt;
};

// What a head alone says about its request, before any of its body is read.
struct HeadVerdict {
  std::optional<HttpResponse> refusal = std::nullopt;
  bool wants_body = true;    // false: it is served at once, and the connection closed instead of reading the body
  bool is_vouched = true;    // by a key; a signature can be judged with the body only
  std::size_t max_body_bytes = static_cast<std::size_t>(-1);  // the front's own limit counts besides
};
// `request` has no body yet.
using HeadJudge = std::function<HeadVerdict(const HttpRequest& request)>;

// May be called once, from any thread. Dropping it without a call answers 500.
using Respond = std::function<void(HttpResponse)>;
using Handler = std::function<void(HttpRequest, Respond)>;

}  // namespace answerback::server
