// Everything that makes the engine decide, as plain values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/model.hpp"

namespace answerback::engine {

// A text from a contact. The phone is already E.164, the text already clean UTF-8 of at most 10,000 characters.
struct Inbound {
  std::string carrier;
  std::string from;
  std::string to;  // our number, "" when the caller did not say
  std::string text;
  std::vector<std::string> media;
  Instant received_at;
  std::optional<Instant> written_at{};  // when the contact wrote it, where the carrier or caller says so
  bool carrier_replied = false;  // the carrier has answered a consent word itself: no second confirmation
};

// The instant that a conversation waited for. Void when the conversation has moved on since.
struct TimerDue {
  ConversationId conversation;
  std::uint32_t turn = 0;
};

// What the caller knows a contact by. Nothing = it stays as it is, "" = it is taken away.
struct References {
  std::optional<std::string> external_id;
  std::optional<std::string> source;
};

// Start by API or by campaign.
struct Start {
  std::string flow;
  std::string sender;
  Values fields;
  std::optional<Campaign> campaign;
  References references{};
};

// An operator ends a conversation.
struct OperatorEnd {
  ConversationId conversation;
  Outcome outcome = Outcome::bailed;
  std::string reason;  // "" = operator
};

// Consent entered by staff.
struct ManualConsent {
  bool opt_in = false;
  std::string source;  // free text of the caller: "web form"
  std::string note;
  std::string evidence;
  std::string actor;
};

// Contact fields set by API; creates the contact when it is new.
struct UpsertContact {
  Values fields;
  References references{};
};

// What the carrier answered when a message was handed over.
struct Handover {
  Message message;  // as stored
  enum class Result : std::uint8_t { accepted, refused, unknown, opted_out, suppressed, expired };
  Result result = Result::accepted;
  std::string provider_id;
  std::string error;
};

// A delivery receipt, perhaps before the hand-over's answer.
struct Receipt {
  Message message;  // as stored
  MessageStatus status = MessageStatus::delivered;  // sent, delivered, failed
  std::string error;
  bool opted_out = false;  // the carrier says that the contact has opted out there
};

// What a `call` step's request came to. Void when the conversation has moved on since.
struct CallAnswered {
  ConversationId conversation;
  std::uint32_t turn = 0;
  bool ok = false;     // a 2xx in time, and every saved pointer led to a value
  Values values;       // by the name of the path that they are saved to: "vars.slot"
};

// A running conversation goes over to another revision of its flow.
struct Migrate {
  ConversationId conversation;
  std::uint32_t revision = 0;
  std::string step;    // where the new revision goes on with what the conversation waits for
};

using Stimulus =
    std::variant<Inbound, TimerDue, Start, OperatorEnd, ManualConsent, UpsertContact, Handover, Receipt, CallAnswered, Migrate>;

}  // namespace answerback::engine
