// Lets what is due leave: lease -> send -> settle, for webhooks, for texts to carriers and for the calls of flows. One thread; a
// slow endpoint holds nobody else up: each has its own few slots, and turns between endpoints are fair.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "webhooks/health.hpp"
#include "webhooks/http_client.hpp"
#include "webhooks/outbox.hpp"
#include "webhooks/schedule.hpp"

namespace answerback::webhooks {

// A secret's value, or why it does not go there: "unknown_secret", "secret_refused".
struct SecretGrant {
  std::string value;
  std::string refusal;
};

struct DispatcherOptions {
  Schedule schedule = Schedule::standard();
  HealthPolicy health;
  flows::Duration timeout = std::chrono::seconds(15);
  std::uint32_t per_endpoint = 4;      // requests under way at once
  std::uint32_t max_in_flight = 512;   // over all endpoints
  std::uint32_t prefetch = 8;          // deliveries leased ahead per slot, for endpoints that answer quickly
  SendLimits sends;                    // texts under way at once
  std::uint32_t call_slots = 16;       // calls of flows under way at once
  std::uint32_t calls_per_host = 4;    // of these
  std::size_t max_response_bytes = 16 * 1024;
  std::string user_agent = "answerback";
  // A configured secret by its name, for one header of a call to `url`; null = there are none. Called on the dispatcher's thread.
  std::function<SecretGrant(const std::string& name, const std::string& header, const std::string& url)> secret;
};

// Renders a text for its carrier and reads the answer. Made by server/carriers/.
struct CarrierLane {
  // The request for a text, without may_start.
  std::function<HttpRequest(const DueSend&)> request;
  // What the answer means; `retry`, `result`, `provider_id` and `error` are set.
  std::function<void(const HttpAnswer&, SendSettlement&)> read;
};

class Dispatcher {
 public:
  using Now = std::function<flows::Instant()>;
  using Steady = std::function<std::chrono::steady_clock::time_point()>;
  // Last look at consent before a text's first byte (false = do not start). Called on the client's thread.
  using MayStart = std::function<bool(const engine::Message&)>;
  using Lane = std::function<const CarrierLane*(const std::string& carrier)>;

  // Two clients, since they stand under different rules: other people's URLs, and the operator's own carriers.
  Dispatcher(DispatcherOptions options, Outbox outbox, HttpClient& endpoints, HttpClient& carriers, Now now, Lane lane, MayStart may_start,
             Steady steady = std::chrono::steady_clock::now);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // All below may be called from any thread.
  void set_endpoint(Endpoint endpoint);   // new, changed, enabled
  void remove_endpoint(EndpointKey key);
  void wake_endpoints(const std::vector<EndpointKey>& with_new_work);
  void wake_sends();
  void wake_calls();

  void start();
  // Instead of start(), on the caller's thread: does what can be done now, and returns how long nothing is to be done but after one of the
  // calls above or an answer of a client.
  std::optional<flows::Duration> step();
  // Starts nothing more; waits for what is under way, at most `patience`, then returns. Unsettled leases fall back.
  void stop(flows::Duration patience);

  struct Counters {
    std::uint64_t delivered = 0, retried = 0, dead = 0, sends = 0, calls = 0, in_flight = 0;
    std::uint64_t turns = 0;  // that the dispatcher's thread has ended: one that grows shows that it looks at what is due
    bool is_stopping = false;  // nothing more starts
  };
  Counters counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks
