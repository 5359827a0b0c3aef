#include "webhooks/dispatch/handover.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace answerback::webhooks::dispatch {

namespace {

using Result = engine::Handover::Result;

constexpr flows::Duration first_wait = std::chrono::seconds(1);
constexpr flows::Duration longest_wait = std::chrono::minutes(5);
constexpr flows::Duration longest_wish = std::chrono::hours(1);

flows::Duration wait_after(std::uint32_t attempt) {
  const auto doublings = std::min(attempt > 0 ? attempt - 1 : 0, 20U);
  return std::min<flows::Duration>(first_wait * (1 << doublings), longest_wait);
}

flows::Duration wished(const HttpAnswer& answer, flows::Instant now) {
  const auto header = answer.header("retry-after");
  const auto wish = header ? parse_retry_after(*header, now) : std::nullopt;
  return std::min(wish.value_or(flows::Duration::zero()), longest_wish);
}

// Every text comes to an end: by attempts, or by its own time.
SendSettlement again(SendSettlement settled, flows::Duration at_least, flows::Instant now) {
  settled.retry_at = now + std::max(wait_after(settled.send.attempt), at_least);
  const auto& expires_at = settled.send.message.expires_at;
  const bool too_late = expires_at && settled.retry_at >= *expires_at;
  settled.retry = !too_late && settled.send.attempt < max_send_attempts;
  if (!settled.retry) settled.result = too_late ? Result::expired : Result::refused;
  return settled;
}

SendSettlement unanswered(SendSettlement settled, const HttpAnswer& answer, bool gate_refused, flows::Instant now) {
  settled.error = answer.error;
  if (gate_refused) {
    settled.result = Result::suppressed;
    return settled;
  }
  if (answer.before_send) return again(std::move(settled), {}, now);
  settled.result = Result::unknown;
  return settled;
}

}  // namespace

SendSettlement settle_send(DueSend send, const CarrierLane& lane, const HttpAnswer& answer, bool gate_refused, flows::Instant now) {
  SendSettlement settled;
  settled.send = std::move(send);
  if (answer.status == 0) return unanswered(std::move(settled), answer, gate_refused, now);
  try {
    lane.read(answer, settled);
  } catch (const std::exception&) {
    // The carrier answered, and what it said can't be told.
    settled.retry = false;
    settled.result = Result::unknown;
    settled.error = "unreadable_answer";
  }
  return settled.retry ? again(std::move(settled), wished(answer, now), now) : settled;
}

SendSettlement postpone(DueSend send, std::string error, flows::Instant now) {
  SendSettlement settled;
  settled.send = std::move(send);
  settled.error = std::move(error);
  return again(std::move(settled), {}, now);
}

SendSettlement refuse(DueSend send, std::string error) {
  SendSettlement settled;
  settled.send = std::move(send);
  settled.result = Result::refused;
  settled.error = std::move(error);
  return settled;
}

}  // namespace answerback::webhooks::dispatch
