// Twilio: inbound form with its signature, TwiML answers, status callbacks; texts by the REST API (carrier.hpp).
// Sources: twilio.com/docs/usage/security (signature), /docs/messaging/guides/webhook-request (fields), /docs/messaging/twiml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/carriers/carrier.hpp"

namespace answerback::server {

// base64(HMAC-SHA1(token, URL + every parameter's name and value, sorted by name)); of a repeated name the distinct values,
// sorted. Tried with the port written out and without it, since Twilio does either. Constant time.
bool twilio_signature_fits(std::string_view auth_token, const std::string& url, const FormFields& fields, std::string_view signature);

struct TwilioInbound {
  std::string message_sid;
  std::string from, to, text;
  std::vector<std::string> media;
  bool already_answered = false;  // OptOutType: Advanced Opt-Out has replied to a consent word itself
};

TwilioInbound read_twilio_inbound(const FormFields& fields);

// Nothing for a status that changes nothing here ("queued", "sending").
std::optional<CarrierReceipt> read_twilio_status(const FormFields& fields);

// `<Response><Message>…</Message></Response>`, one Message per text.
std::string twiml(const std::vector<std::string>& texts);

}  // namespace answerback::server
