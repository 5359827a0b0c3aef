#include "webhooks/dispatch/attempt.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "webhooks/shown_url.hpp"
#include "webhooks/signature.hpp"

namespace answerback::webhooks::dispatch {

namespace {

// Enough for a person to see what went wrong; attempts are kept by the thousand.
constexpr std::size_t kept_response_bytes = 1024;

std::int64_t unix_seconds(flows::Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

bool is_success(int status) { return status >= 200 && status < 300; }

// A refusal counts once its header is there; a success has to be whole.
int status_that_counts(const HttpAnswer& answer) { return is_success(answer.status) && !answer.error.empty() ? 0 : answer.status; }

// A redirect is not followed (Standard Webhooks): where to is what the operator has to know, without what may be secret in it.
std::string error_of(const HttpAnswer& answer) {
  if (!answer.error.empty() || answer.status < 300 || answer.status > 399) return answer.error;
  const auto location = answer.header("location");
  return location ? "redirect: " + shown_url(*location) : "redirect";
}

Next next_step(const DueDelivery& due, const HttpAnswer& answer, const Schedule& schedule, flows::Instant now) {
  AttemptResult result;
  result.status = status_that_counts(answer);
  result.attempt = due.attempt;
  if (const auto wish = answer.header("retry-after")) result.retry_after = parse_retry_after(*wish, now);
  return after(schedule, result, due.failures, static_cast<std::uint64_t>(due.key.value), now);
}

constexpr int too_many_requests = 429;
constexpr std::string_view test_event = "endpoint.test";

// A test is somebody's question, no news: it may show that the endpoint works again, and is held against it in nothing.
Health health_after(const DueDelivery& due, const Health& health, const DeliverySettlement& settled, const HttpAnswer& answer,
                    const DispatcherOptions& options, flows::Instant now) {
  const auto verdict = settled.next.verdict;
  const bool delivered = verdict == Verdict::delivered;
  if (due.event_type == test_event && !delivered) return health;
  if (answer.status == too_many_requests && verdict == Verdict::retry) {
    const auto wish = answer.header("retry-after");
    const auto asked = wish ? parse_retry_after(*wish, now) : std::nullopt;
    return asked ? after_throttle(health, now + std::min(*asked, options.schedule.retry_after_cap), now) : health;
  }
  return after_attempt(health, delivered, verdict == Verdict::gone, now, options.health);
}

}  // namespace

HttpRequest delivery_request(const DueDelivery& due, const Endpoint& endpoint, const DispatcherOptions& options, flows::Instant now) {
  const auto timestamp = unix_seconds(now);
  HttpRequest request;
  request.url = endpoint.url;
  request.timeout = options.timeout;
  request.max_response_bytes = options.max_response_bytes;
  request.headers = {{"Content-Type", "application/json"},
                     {"User-Agent", options.user_agent},
                     {"webhook-id", due.event_id},
                     {"webhook-timestamp", std::to_string(timestamp)},
                     {"webhook-signature", sign(signing_secrets(endpoint, now), due.event_id, timestamp, due.body)}};
  request.headers.insert(request.headers.end(), endpoint.headers.begin(), endpoint.headers.end());
  request.body = due.body;
  return request;
}

DeliverySettlement settle_attempt(DueDelivery due, const Endpoint& endpoint, flows::Instant started_at, const HttpAnswer& answer,
                                  const DispatcherOptions& options, flows::Instant now) {
  DeliverySettlement settled;
  if (answer.lost_after) {
    settled.lost = LostAttempt{due.attempt++, started_at, *answer.lost_after};
    started_at += *answer.lost_after;
  }
  settled.started_at = started_at;
  settled.took = answer.took - answer.lost_after.value_or(flows::Duration::zero());
  settled.status = answer.status;
  settled.error = error_of(answer);
  settled.response = answer.body.substr(0, kept_response_bytes);
  settled.next = next_step(due, answer, options.schedule, now);
  if (due.event_type == test_event && settled.next.verdict == Verdict::gone) settled.next.verdict = Verdict::give_up;
  settled.endpoint = endpoint;
  auto& health = settled.endpoint.health;
  health = health_after(due, endpoint.health, settled, answer, options, now);
  settled.endpoint_changed = health != endpoint.health;
  settled.endpoint_disabled = health.state == HealthState::disabled && endpoint.health.state != HealthState::disabled;
  settled.delivery = std::move(due);
  return settled;
}

}  // namespace answerback::webhooks::dispatch
