// The dispatcher's port: what is due, and what came of it. What is due lives on disk; the dispatcher holds a bounded window.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/decide.hpp"
#include "webhooks/call.hpp"
#include "webhooks/endpoint.hpp"
#include "webhooks/schedule.hpp"
#include "webhooks/send_quota.hpp"

namespace answerback::webhooks {

struct DeliveryKey {
  std::int64_t value = 0;
  auto operator<=>(const DeliveryKey&) const = default;
};
std::string to_string(DeliveryKey key);  // "dlv_12"
std::optional<DeliveryKey> parse_delivery_key(std::string_view text);

// Names one lease of one delivery. What comes of a request counts only while its lease is the delivery's last.
struct LeaseNumber {
  std::uint64_t value = 0;
  auto operator<=>(const LeaseNumber&) const = default;
};

// A delivery that was leased to this process.
struct DueDelivery {
  DeliveryKey key;
  EndpointKey endpoint;
  engine::ContactKey contact;
  std::string event_id;
  std::string event_type;
  std::string body;
  std::uint32_t attempt = 1;    // number of the attempt to make now
  std::uint32_t failures = 0;   // attempts that counted so far
  flows::Instant due_at;
  LeaseNumber lease{};
};

// How many deliveries of an endpoint there is room for.
struct Want {
  EndpointKey endpoint;
  std::uint32_t slots = 0;
  // It works again: of the retries that wait for their time, so many more fall due now.
  std::uint32_t pull_forward = 0;
};

struct LeasedDeliveries {
  std::vector<DueDelivery> due;
  // For each wanted endpoint: when its next pending delivery falls due, if it has one that was not leased now.
  std::vector<std::pair<EndpointKey, flows::Instant>> next_due;
  std::vector<EndpointKey> pulled_all;  // none of their retries that waited when they recovered is left
  bool failed = false;                  // the store would not answer: to be asked again
};

// An attempt over a kept connection that was closed without an answer; the same request went again at once, as the attempt behind it. It
// counts for nothing: neither as a failure nor for the endpoint's health.
struct LostAttempt {
  std::uint32_t number = 0;
  flows::Instant at;
  flows::Duration took{0};
};
inline constexpr std::string_view connection_closed = "connection_closed";  // its error

struct DeliverySettlement {
  DueDelivery delivery;      // its attempt is the one that is settled
  std::optional<LostAttempt> lost;
  flows::Instant started_at;
  flows::Duration took{0};
  int status = 0;            // 0 = no answer
  std::string error;         // our word: "timeout"
  std::string response;      // first bytes of the answer's body
  Next next;                 // delivered, retry at, give up
  Endpoint endpoint;         // with its new health; stored when it changed
  bool endpoint_changed = false;
  bool endpoint_disabled = false;  // by this very attempt: an endpoint.disabled event is due
};

// A text that was leased to this process. On disk it is queued until it starts.
struct DueSend {
  engine::Message message;
  std::uint32_t attempt = 1;
  flows::Instant due_at;
};

struct LeasedTexts {
  std::vector<DueSend> due;
  std::optional<flows::Instant> next_due;  // when the next text of a line that has room falls due
  bool failed = false;                     // the store would not answer: to be asked again
};

inline SendLine line_of(const engine::Message& message) { return {message.carrier, message.from}; }

// What becomes of a leased text whose connection stands.
enum class SendStart : std::uint8_t {
  go,          // `sending` on disk: the first byte may leave
  suppressed,  // the contact has opted out meanwhile: settled
  expired,     // its time is over: settled
  gone,        // cancelled, or leased anew: nothing is left to do
  not_now,     // the store is broken for the moment: it stays queued
};

struct SendSettlement {
  DueSend send;
  engine::Handover::Result result = engine::Handover::Result::accepted;
  bool retry = false;         // definitely not accepted (429, 503, nothing written): again at retry_at
  flows::Instant retry_at;
  std::string provider_id;
  std::string error;
};

// A call that was leased to this process.
struct DueCall {
  engine::CallRequest request;
  std::uint32_t attempt = 1;  // number of the try to make now
  flows::Instant due_at;
};

struct LeasedCalls {
  std::vector<DueCall> due;
  std::optional<flows::Instant> next_due;  // when to look again, if anything is left
  bool failed = false;                     // the store would not answer: to be asked again
};

struct CallSettlement {
  DueCall call;
  flows::Duration took{0};
  int status = 0;            // 0 = no answer
  std::string error;         // our word: "timeout"; "" = the flow goes on with what was asked for
  std::optional<flows::Instant> retry_at;  // it goes again then; nothing is told to the flow yet
  engine::CallAnswered answer;
};

// Plain functions, each callable from the dispatcher's thread; the callbacks come on any thread.
struct Outbox {
  std::function<void(std::vector<Want>, std::function<void(LeasedDeliveries)>)> lease_deliveries;
  std::function<void(std::vector<DeliverySettlement>)> settle_deliveries;
  // Texts that the quota, which counts what is under way already, has room for.
  std::function<void(SendQuota quota, std::function<void(LeasedTexts)>)> lease_sends;
  // To be asked once the connection stands, right before the first byte. The callback comes when the mark is on disk, on any thread.
  std::function<void(DueSend, std::function<void(SendStart)>)> start_send;
  std::function<void(std::vector<SendSettlement>)> settle_sends;
  // At most `slots` calls, and so many that no host has more than `per_host` under way.
  std::function<void(std::uint32_t slots, std::uint32_t per_host, std::function<void(LeasedCalls)>)> lease_calls;
  std::function<void(std::vector<CallSettlement>)> settle_calls;
};

}  // namespace answerback::webhooks
