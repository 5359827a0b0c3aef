// One try of a flow's call: the request that is made, and what its answer means. Pure. Every try of a call carries the same
// Idempotency-Key, so that a receiver can tell a repeat.
#pragma once

#include <string>
#include <variant>

#include "webhooks/dispatcher.hpp"

namespace answerback::webhooks::dispatch {

inline constexpr std::uint32_t max_call_tries = 4;

// Why a request can't be made: our word for it.
struct Unmakeable {
  std::string error;  // "timeout", "unknown_secret:crm_token"
};
std::variant<HttpRequest, Unmakeable> call_request(const DueCall& call, const DispatcherOptions& options, flows::Instant now);

CallSettlement settle_call(DueCall call, const HttpAnswer& answer, flows::Instant now);

// It never left and will not.
CallSettlement fail_call(DueCall call, std::string error);

}  // namespace answerback::webhooks::dispatch
