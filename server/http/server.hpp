// The HTTP front: Beast over Asio on one I/O thread, strict framing on top of Beast, limits on everything.
// Sources for the framings it refuses: RFC 9112 sections 2 to 6; docs/guarantees.md lists the cases.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/http/limits.hpp"
#include "server/http/message.hpp"

namespace answerback::server {

// What the front could not do as it should, for the log and the metrics.
enum class FrontTrouble {
  full_closed_idle,   // connections that waited longest were closed for new ones
  full_turned_away,   // a connection was answered 503
  no_descriptors,     // a connection could not be accepted
  closed_unread,      // callers that took nothing of their answers were closed for others'
  failed,             // something threw where nothing should
};

struct FrontHooks {
  HeadJudge judge;                                                    // null: every head will do
  std::function<void(FrontTrouble what, std::size_t count)> trouble;  // on the I/O thread; null: nobody listens
};

class HttpServer {
 public:
  // Handler and hooks run on the I/O thread and must not block.
  HttpServer(HttpLimits limits, Handler handler, FrontHooks hooks = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // "127.0.0.1:8080", "[::1]:0". Throws std::runtime_error with a sentence when it can't. Returns the port it got.
  std::uint16_t listen(const std::string& address);
  void start();
  // Accepts nothing more, answers what is under way with `Connection: close`, at most `patience`.
  void stop(std::chrono::milliseconds patience);

  std::size_t connections() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
