// What the answer to a text that was handed to its carrier means. Pure. A text is sent at most once: it goes again only when
// it is certain that the carrier did not take it.
#pragma once

#include "webhooks/dispatcher.hpp"

namespace answerback::webhooks::dispatch {

inline constexpr std::uint32_t max_send_attempts = 12;

// `gate_refused`: may_start said no.
SendSettlement settle_send(DueSend send, const CarrierLane& lane, const HttpAnswer& answer, bool gate_refused, flows::Instant now);

// Nothing was handed over because of our own fault; it goes again.
SendSettlement postpone(DueSend send, std::string error, flows::Instant now);

SendSettlement refuse(DueSend send, std::string error);

}  // namespace answerback::webhooks::dispatch
