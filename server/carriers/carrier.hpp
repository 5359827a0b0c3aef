// What every carrier's adapter speaks: parsed receipts, and lanes by which texts leave. One file per carrier beside this.
#pragma once

#include <string>
#include <vector>

#include "engine/model.hpp"
#include "server/config/config.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::server {

// Name and value, in the order they came; names may repeat.
using FormFields = std::vector<std::pair<std::string, std::string>>;

// The first value under a name, "" when absent.
std::string_view first_value(const FormFields& fields, std::string_view name);

std::string percent_encode(std::string_view text);  // RFC 3986 unreserved stay
std::string encode_form(const FormFields& fields);

struct CarrierReceipt {
  std::string provider_id;
  engine::MessageStatus status = engine::MessageStatus::delivered;  // sent, delivered, failed
  std::string error;
  bool opted_out = false;
};

webhooks::CarrierLane http_lane(const HttpCarrierConfig& config);
webhooks::CarrierLane twilio_lane(const TwilioConfig& config);

// What an HTTP status means for a text when the carrier said nothing more precise. Only 429 and 503, and a request of which
// nothing was written, are known not to have been accepted; any other silence or server error leaves it unknown.
void read_status(const webhooks::HttpAnswer& answer, webhooks::SendSettlement& settlement);

}  // namespace answerback::server
