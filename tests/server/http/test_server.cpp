#include "tests/server/http/test_server.hpp"

#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

namespace answerback::server::testing {

TestServer::TestServer(HttpLimits limits, Handler handler, FrontHooks hooks)
    : handler_(std::move(handler)), server_(limits, [this](HttpRequest request, Respond respond) {
        {
          const std::lock_guard lock(mutex_);
          served_.push_back(request);
        }
        if (handler_) return handler_(std::move(request), std::move(respond));
        respond(ok(request.path));
      }, std::move(hooks)) {
  port = server_.listen("127.0.0.1:0");
  server_.start();
}

std::vector<HttpRequest> TestServer::served() const {
  const std::lock_guard lock(mutex_);
  return served_;
}

bool TestServer::has_connections(std::size_t count) const {
  for (int i = 0; i < 400; ++i) {
    if (server_.connections() == count) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

nlohmann::json read_cases(const std::string& file) {
  std::ifstream stream(std::string(TESTS_DIR) + "/server/http/" + file);
  return nlohmann::json::parse(stream);
}

HttpResponse ok(std::string body) {
  HttpResponse response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

}  // namespace answerback::server::testing
