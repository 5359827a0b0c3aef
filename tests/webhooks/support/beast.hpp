// What the client's tests share: rules that open the loopback, and a call that waits for its answer.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "webhooks/beast_client.hpp"

namespace answerback::tests {

inline webhooks::BeastClientOptions loopback_options() {
  webhooks::BeastClientOptions options;
  options.rules.allow_cidrs = {"127.0.0.0/8"};
  return options;
}

inline webhooks::HttpRequest post(const std::string& url, std::chrono::milliseconds timeout = std::chrono::seconds(5)) {
  webhooks::HttpRequest request;
  request.url = url;
  request.headers = {{"Content-Type", "application/json"}, {"webhook-id", "evt_7_1"}};
  request.body = R"({"type":"conversation.completed"})";
  request.timeout = timeout;
  return request;
}

inline std::future<webhooks::HttpAnswer> begin(webhooks::HttpClient& client, webhooks::HttpRequest request) {
  auto promise = std::make_shared<std::promise<webhooks::HttpAnswer>>();
  auto future = promise->get_future();
  client.send(std::move(request), [promise](webhooks::HttpAnswer answer) { promise->set_value(std::move(answer)); });
  return future;
}

inline webhooks::HttpAnswer wait(std::future<webhooks::HttpAnswer> future) {
  if (future.wait_for(std::chrono::seconds(20)) != std::future_status::ready) throw std::runtime_error("the client never answered");
  return future.get();
}

inline webhooks::HttpAnswer exchange(webhooks::HttpClient& client, webhooks::HttpRequest request) {
  return wait(begin(client, std::move(request)));
}

}  // namespace answerback::tests
