// One attempt of a delivery: the request that is made, and what its answer means. Pure.
#pragma once

#include "webhooks/dispatcher.hpp"

namespace answerback::webhooks::dispatch {

// Signed anew for each attempt, with this attempt's time, as Standard Webhooks asks; but for the one that goes again at once when a kept
// connection turns out closed.
HttpRequest delivery_request(const DueDelivery& due, const Endpoint& endpoint, const DispatcherOptions& options, flows::Instant now);

// `endpoint` as it was when the answer came; the settlement's has the new health.
DeliverySettlement settle_attempt(DueDelivery due, const Endpoint& endpoint, flows::Instant started_at, const HttpAnswer& answer,
                                  const DispatcherOptions& options, flows::Instant now);

}  // namespace answerback::webhooks::dispatch
