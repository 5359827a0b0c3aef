// The outgoing HTTP seam: one request, one answer or one reason, one total deadline. The real one is Asio + Beast
// (beast_client.hpp); tests and the simulator put their own in its place.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flows/time.hpp"
#include "webhooks/address_guard.hpp"

namespace answerback::webhooks {

struct HttpRequest {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // Host and Content-Length are the client's
  std::string body;
  flows::Duration timeout = std::chrono::seconds(15);        // DNS, connect, TLS, headers and body together
  std::size_t max_response_bytes = 16 * 1024;                // more is cut, which does not change the verdict
  // Called once, when the connection stands; the first byte waits for its callback, which may come on any thread. false = don't send.
  // For texts: the mark on disk that they have left.
  std::function<void(std::function<void(bool go)>)> announce;
  // Asked just before the first byte is written; false = don't send. For texts: the last look at consent.
  std::function<bool()> may_start;
};

struct HttpAnswer {
  // Why the answer is not whole: refused_address, dns, connect, tls, tls_expired, tls_not_yet_valid, tls_name, tls_unknown_authority,
  // tls_version, tls_client_certificate, tls_not_spoken, timeout, reset, protocol, not_started, internal. A status stands beside it
  // when the header had come and the body broke off. `before_send`: nothing was written, a repeat is safe.
  int status = 0;
  std::string error;
  bool before_send = false;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  flows::Duration took{0};
  // The request went over a kept connection first, which the other side closed, after so long, without a byte of an answer.
  std::optional<flows::Duration> lost_after;

  std::optional<std::string> header(std::string_view lower_case_name) const;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // `done` is called exactly once, on the client's own thread, never from inside `send`.
  virtual void send(HttpRequest request, std::function<void(HttpAnswer)> done) = 0;
};

}  // namespace answerback::webhooks
