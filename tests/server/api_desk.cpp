#include "tests/server/api_desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <future>
#include <memory>

namespace answerback::tests {

namespace {
constexpr std::chrono::seconds desk_patience{20};
}

ApiDesk::ApiDesk() {
  server::add_routes(router_, api_);
  rig.loop.start();
}

ApiDesk::~ApiDesk() {
  rig.loop.stop();
  publisher.stop();
  reader_.stop();
}

std::future<server::HttpResponse> ApiDesk::begin(const std::string& method, const std::string& target, const std::string& body) {
  server::HttpRequest request;
  const auto question = std::min(target.find('?'), target.size());
  request.method = method;
  request.path = target.substr(0, question);
  if (question < target.size()) request.query = target.substr(question + 1);
  request.body = body;
  request.headers = {{"content-type", "application/json"}};
  request.id = "req_1";
  auto promise = std::make_shared<std::promise<server::HttpResponse>>();
  auto answer = promise->get_future();
  router_.handle(std::move(request), [promise](server::HttpResponse response) { promise->set_value(std::move(response)); });
  return answer;
}

ApiDesk::Answered ApiDesk::ask(const std::string& method, const std::string& target, const std::string& body) {
  auto answer = begin(method, target, body);
  REQUIRE(answer.wait_for(desk_patience) == std::future_status::ready);
  const auto response = answer.get();
  return {response.status, response.body.empty() ? nlohmann::json() : nlohmann::json::parse(response.body)};
}

}  // namespace answerback::tests
