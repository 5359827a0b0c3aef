#include "server/cli/local_server.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "webhooks/beast_client.hpp"

namespace answerback::server {

namespace {

constexpr std::chrono::seconds patience{60};
constexpr std::size_t max_local_answer = 16 * 1024 * 1024;

// "0.0.0.0:8080" listens everywhere; here it is reached by loopback.
std::string local_url(const std::string& listen) {
  const auto colon = listen.rfind(':');
  auto host = listen.substr(0, colon);
  if (host == "0.0.0.0" || host.empty()) host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return "http://" + host + listen.substr(colon);
}

}  // namespace

LocalAnswer ask_local_server(const Config& config, const std::string& method, const std::string& path, const std::string& body) {
  webhooks::BeastClientOptions options;
  options.rules = {true, {"0.0.0.0/0", "::/0"}};  // the operator's own address, whatever it is
  webhooks::HttpRequest request;
  request.method = method;
  request.url = local_url(config.listen) + path;
  request.body = body;
  request.timeout = patience;
  request.max_response_bytes = max_local_answer;
  request.headers = {{"Authorization", "Bearer " + config.admin_key.reveal}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  const auto promise = std::make_shared<std::promise<webhooks::HttpAnswer>>();
  webhooks::BeastClient client(options);
  client.send(std::move(request), [promise](webhooks::HttpAnswer answer) { promise->set_value(std::move(answer)); });
  auto answer = promise->get_future().get();
  return answer.error.empty() ? LocalAnswer{answer.status, std::move(answer.body)} : LocalAnswer{};
}

}  // namespace answerback::server
