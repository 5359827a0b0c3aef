// A server on a free loopback port that keeps what it was asked and answers as told.
#pragma once

#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/http/server.hpp"
#include "tests/server/http/raw_client.hpp"

namespace answerback::server::testing {

class TestServer {
 public:
  // Without a handler it answers 200 with the path.
  explicit TestServer(HttpLimits limits = {}, Handler handler = {}, FrontHooks hooks = {});

  RawClient client() const { return RawClient(port); }
  std::vector<HttpRequest> served() const;
  HttpServer& server() { return server_; }
  // Waits at most two seconds.
  bool has_connections(std::size_t count) const;

  std::uint16_t port = 0;

 private:
  mutable std::mutex mutex_;
  std::vector<HttpRequest> served_;
  Handler handler_;
  HttpServer server_;
};

nlohmann::json read_cases(const std::string& file);  // of this folder

HttpResponse ok(std::string body);

}  // namespace answerback::server::testing
