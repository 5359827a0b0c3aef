// A dispatcher between an outbox in memory and a client whose answers the test gives, on a clock that the test moves.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/webhooks/support/fake_outbox.hpp"
#include "tests/webhooks/support/sink.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::tests {

inline constexpr flows::Instant rig_start{std::chrono::milliseconds(1'795'449'600'000)};  // 2026-11-23T16:00:00Z

class HandClient : public webhooks::HttpClient {
 public:
  void send(webhooks::HttpRequest request, std::function<void(webhooks::HttpAnswer)> done) override;

  std::size_t count() const;                              // requests so far
  std::size_t count_to(const std::string& url) const;
  std::size_t open_to(const std::string& url) const;      // not answered yet
  webhooks::HttpRequest request(std::size_t index) const;
  bool wait_for(std::size_t requests) const;
  void answer(std::size_t index, webhooks::HttpAnswer answer);
  void answer_all(const std::string& url, int status);    // those open now
 private:
  struct Call {
    webhooks::HttpRequest request;
    std::function<void(webhooks::HttpAnswer)> done;
  };
  mutable std::mutex mutex_;
  std::vector<Call> calls_;
};

inline webhooks::HttpAnswer status(int code) {
  webhooks::HttpAnswer answer;
  answer.status = code;
  answer.took = std::chrono::milliseconds(5);
  return answer;
}

inline webhooks::HttpAnswer no_answer(const std::string& error, bool before_send) {
  webhooks::HttpAnswer answer;
  answer.error = error;
  answer.before_send = before_send;
  answer.took = std::chrono::seconds(15);
  return answer;
}

inline std::string url_of(std::int64_t endpoint) { return "https://crm" + std::to_string(endpoint) + ".example.com/"; }

webhooks::Endpoint endpoint(std::int64_t key, const std::string& url = "");  // long healthy: no slow start
engine::Message text(std::int64_t contact, const std::string& carrier = "test");

engine::CallRequest call_to(const std::string& url, std::int64_t contact = 7);  // a GET, given up after ten seconds

class Rig {
 public:
  // The lane named "test" sends to `carrier_url` and reads 2xx as accepted, 503 as to be repeated, the rest as refused.
  explicit Rig(webhooks::DispatcherOptions options = {}, webhooks::HttpClient* other_client = nullptr,
               const std::string& carrier_url = "https://carrier.example.com/messages");

  flows::Instant now() const { return flows::Instant(flows::Duration(now_ms_.load())); }
  void advance(flows::Duration by);  // and lets the dispatcher notice
  // Lets the dispatcher do whatever is due now, and what follows from that: true once it has nothing left to start. What has not
  // happened then does not happen before the test does something.
  bool comes_to_rest();
  bool begins_to_stop() const;  // once another thread stops it
  bool settles(std::size_t count) const;
  bool settles_texts(std::size_t count) const;
  bool settles_calls(std::size_t count) const;

  HandClient client;
  FakeOutbox outbox;
  std::atomic<bool> may_start{true};
  std::vector<webhooks::EndpointKey> known;
  webhooks::CarrierLane lane;
  std::atomic<std::int64_t> now_ms_{rig_start.time_since_epoch().count()};
  webhooks::Dispatcher dispatcher;

  void know(const webhooks::Endpoint& endpoint);

 private:
  bool takes_a_turn();
};

}  // namespace answerback::tests
