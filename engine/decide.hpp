// What happens next. One pure function: a situation, a stimulus and an instant in; new state and effects out, as plain
// values. No clock, no randomness, no I/O, no thread. Anything wrong with a flow at run time ends its conversation
// `bailed / flow_error`; it never throws for what came from outside.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/flow_book.hpp"
#include "engine/stimulus.hpp"
#include "flows/local_clock.hpp"

namespace answerback::engine {

// One of our own numbers.
struct Sender {
  std::string number;
  std::string brand;
  std::string help_text;       // "" = made from the brand
  std::string opt_out_text;
  std::string opt_in_text;
};

using ClockPtr = std::shared_ptr<const flows::LocalClock>;

struct Settings {
  std::vector<Sender> senders;               // the first is the default; may be empty
  std::string brand = "This service";        // when no sender names one
  bool confirm_opt_out = true;               // false: the carrier confirms
  Duration confirmation_ttl = std::chrono::minutes(5);  // 47 CFR 64.1200(a)(12)
  std::string country = "US";                // for phone numbers without +
  ClockPtr office_clock;                     // what business hours are kept by; null = UTC
  std::uint32_t max_steps_per_turn = 100;
  std::uint32_t max_turns = 1'000;           // of one conversation; beyond it ends bailed / flow_error
  std::uint32_t max_answers_per_hour = 60;   // to one contact's texts; beyond it is taken for a machine (decide/pace.hpp)
};

// What decide sees.
struct Situation {
  Contact contact;                           // for a new one: its key and phone only, and `is_new`
  bool is_new = false;
  std::optional<Conversation> active;        // the contact's conversation that has not ended
  std::optional<Conversation> addressed;     // the one an OperatorEnd names, when it is not the active one
  std::optional<Conversation> subject;       // the one a Handover's or Receipt's message belongs to, when ended
  std::optional<CampaignEntry> entry;        // of the campaign that a Handover's message belongs to
  ClockPtr clock;                            // the contact's local time, for "tomorrow"; null = UTC
  Origin origin = no_origin;                 // under which new ids are given
  bool external_id_taken = false;            // the external id that a stimulus gives is another contact's
};

struct Event {
  enum class Type : std::uint8_t {
    contact_created, contact_updated, contact_erased, contact_opted_in, contact_opted_out, contact_entered_campaign,
    conversation_started, conversation_completed, conversation_bailed, conversation_discarded,
    message_received, message_sent, message_delivered, message_failed
  };
  Type type = Type::contact_created;
  EventId id;
  Instant at;
  Contact contact;                           // as it is after this event
  std::optional<Conversation> conversation;  // as it is after this event; where that is not told, an outline() of it
  std::optional<CampaignKey> campaign;
  std::optional<LedgerRow> consent;          // contact.opted_*
  Rare<Message> message;                     // message.*
  Rare<Contact> previous{};                  // contact.updated: as it was told of last
  std::optional<ConversationId> set_in{};    // contact.updated: the conversation that set it, if one did
  std::string note{};                        // contact.opted_* by hand
  // Of the conversation, as they are to be told:
  std::string title{};                       // the flow's
  std::string language{};
  std::string our_number{};                  // that the contact texts with; "" = none is known
  std::string last_step{};                   // conversation.bailed: where it stood
  std::string detail{};                      // conversation.bailed: why, in words, where the reason does not say it all
  std::vector<Message> transcript{};         // conversation.bailed: the newest texts, oldest first; set by the server, not by decide
};

// Sets what an event tells of its conversation beside it. `flow`: the conversation's, null when its revision is gone.
void describe(Event& event, const flows::Flow* flow, const Settings& settings);
void describe(Event& event, const FlowBook& flows, const Settings& settings);

// Why the caller's wish was not fulfilled.
enum class Refusal : std::uint8_t { none, active_conversation, opted_out, unknown_flow, unknown_conversation, already_ended, no_image, external_id_taken };

struct MessageChange {
  MessageId id;
  MessageStatus status = MessageStatus::sent;
  std::string provider_id;  // "" = unchanged
  std::string error;
};

// An HTTP request that a `call` step makes. Its id is derived: a repeat of the same turn is the same request.
struct CallRequest {
  ConversationId conversation;
  std::uint32_t turn = 0;              // the conversation's, when it was made
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<std::pair<std::string, std::string>> secret_headers;  // header -> name of a configured secret, put in when it leaves
  std::string body;                    // JSON, or ""
  std::vector<std::pair<std::string, std::string>> save;  // path -> JSON pointer into the response
  Instant give_up_at;
  Origin origin = no_origin;           // under which it was made
  bool operator==(const CallRequest&) const = default;
};

// One step passed inside a subflow. A conversation keeps only those of its own flow; this is for who looks on, such as coverage.
struct InnerPassage {
  std::string flow;
  flows::Passage passage;
};

struct Decision {
  Contact contact;                     // as it is now
  bool contact_changed = false;        // it must be stored (also when new)
  bool only_pace_changed = false;      // of it nothing but how lively it is: nearly every text does that
  bool references_changed = false;     // its external id or its source must be, too
  bool is_new = false;
  std::vector<Conversation> conversations;  // changed or new ones, oldest first
  std::vector<Message> messages;       // new ones in order: the inbound, then what goes out
  std::vector<LedgerRow> ledger;
  std::vector<Event> events;
  std::optional<CampaignEntry> entry;  // new state
  std::optional<MessageChange> message_change;
  std::vector<CallRequest> calls;      // to leave by the outbox
  std::vector<InnerPassage> inner_passages;  // not stored
  bool cancel_queued = false;          // everything queued for this contact that is not exempt
  Refusal refusal = Refusal::none;

  // The conversation to tell the caller about: the last one that changed; null when none did.
  const Conversation* touched() const { return conversations.empty() ? nullptr : &conversations.back(); }
};

// Which of the chatty message.* events are wanted; the others are always made.
struct EventWishes {
  bool message_received = false, message_sent = false, message_delivered = false, message_failed = false;
};

Decision decide(const Situation& situation, const Stimulus& stimulus, const FlowBook& flows, const Settings& settings,
                const EventWishes& wishes, Instant now);

std::string_view to_string(Event::Type type);  // "conversation.completed"
std::string_view to_string(Refusal refusal);   // "active_conversation"

}  // namespace answerback::engine
