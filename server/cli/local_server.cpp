#include "server/cli/local_server.hpp"

#include <httplib.h>

namespace answerback::server {

namespace {

constexpr std::chrono::seconds patience{60};

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
  httplib::Client client(local_url(config.listen));
  client.set_read_timeout(patience);
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.body = body;
  request.headers.emplace("Authorization", "Bearer " + config.admin_key.reveal);
  if (!body.empty()) request.headers.emplace("Content-Type", "application/json");
  const auto result = client.send(request);
  return result ? LocalAnswer{result->status, result->body} : LocalAnswer{};
}

}  // namespace answerback::server
