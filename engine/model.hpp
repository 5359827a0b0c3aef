// The things that outlive a stimulus, as plain values: contact, conversation, message, ledger row, campaign entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/consent.hpp"
#include "engine/ids.hpp"
#include "engine/lifecycle.hpp"
#include "engine/rare.hpp"
#include "flows/flow.hpp"
#include "flows/time.hpp"
#include "flows/value.hpp"
#include "flows/ways.hpp"

namespace answerback::engine {

using flows::Duration;
using flows::Ending;
using flows::Instant;
using flows::Outcome;
using flows::Value;
using flows::Values;

// How lively a contact's texts are answered (decide/pace.hpp).
struct Pace {
  Instant since;               // when the hour began that is counted
  std::uint32_t answered = 0;  // texts answered in it; one more than may be = silent, and it was said
  std::uint32_t alike = 0;     // how many in a row said the same
  std::uint32_t last = 0;      // what the last one said, as a hash
  bool operator==(const Pace&) const = default;
};

struct Contact {
  ContactKey key;
  std::string phone;  // E.164; "" once erased
  Consent consent = Consent::unknown;
  Instant created_at;
  std::uint64_t sequence = 0;        // events published so far
  std::uint32_t conversations = 0;   // conversations begun so far
  std::uint32_t loose_messages = 0;  // messages outside any conversation so far
  std::uint64_t active = 0;          // number of the conversation that has not ended, 0 = none
  Values fields;
  Pace pace;
  Instant consent_at{};              // when consent last changed: by the contact, when that was written, if the carrier says so
  Instant yes_until{};               // opted out and told how to come back: until then a YES is the answer to that
  std::string spoken{};              // the language of the last conversation, "" = not known
  std::string external_id{};         // what the caller knows the person by, nobody else's in this store; "" = nothing
  std::string source{};              // where the caller has the contact from; "" = not said
  bool operator==(const Contact&) const = default;
};

// Why a conversation began.
struct Trigger {
  enum class Kind : std::uint8_t { keyword, any, api, campaign };
  Kind kind = Kind::api;
  std::string value;  // the keyword as the flow spells it, or the campaign's name
  bool operator==(const Trigger&) const = default;
};

// One question with its reply.
struct Interaction {
  std::string step;
  std::string answer;
  std::string question;
  std::string reply;  // raw text
  Value value;
  std::uint32_t attempts = 0;
  Instant asked_at;
  Instant answered_at;
  bool sure = true;        // false: it could have been meant otherwise, and nobody asked
  std::string label{};     // of a choice: what the contact was shown for it, in the conversation's language
  bool operator==(const Interaction&) const = default;
};

// A reply that did not answer the pending question, and why not.
struct Misunderstood {
  std::string reply;  // raw text, its beginning
  std::string cause;  // to_string() of a flows::Refusal
  Instant at;
  bool operator==(const Misunderstood&) const = default;
};

// A question that the conversation went away from without its answer: what somebody who takes over begins with.
struct LeftQuestion {
  std::string step;
  std::string question;
  Instant asked_at;
  std::vector<Misunderstood> not_understood;
  bool operator==(const LeftQuestion&) const = default;
};

// What a conversation waits for at its step: a question's reply, a yes to a value that was read back, a pick among values that
// were offered, the end of a pause, the answer to a call.
enum class Awaited : std::uint8_t { reply, confirmation, pick, pause, call };

// The state of waiting, explicit, so that what interrupts it can always go back to exactly here.
struct OpenQuestion {
  std::string question;          // as it was first put
  Instant first_asked_at;
  Instant asked_at;              // when it was last put; silence counts from here
  std::uint32_t attempts = 0;    // replies that were not understood
  std::uint32_t reminded = 0;    // reminders sent since asked_at
  Awaited awaited = Awaited::reply;
  Values offered{};              // of confirmation and pick: what each value would mean, by the words that offer it
  std::string reply{};           // of confirmation and pick: the raw text that they came from
  Instant until{};               // of pause and call: when it ends at the latest
  std::uint32_t made_in = 0;     // of call: the turn that made it
  std::vector<Misunderstood> not_understood{};  // the newest few
  bool operator==(const OpenQuestion&) const = default;
};

// What an eager flow found in a reply for a question that it has not come to yet.
struct Prefilled {
  std::string step;
  Value value;
  std::string reply;
  Instant at;
  bool operator==(const Prefilled&) const = default;
};

// A flow that runs inside another one. What it answers and sets is kept under `prefix`.
struct Subflow {
  std::string flow;
  std::uint32_t revision = 0;
  std::string step;              // of the flow around it: the `run` that began it
  std::string prefix;            // "visit."
  bool operator==(const Subflow&) const = default;
};

struct Conversation {
  ConversationId id;
  std::string flow;
  std::uint32_t revision = 0;
  Life life = Life::fresh;
  std::string reason;            // once ended
  std::string step;              // name; "" once ended
  std::uint32_t turn = 0;        // grows with every stimulus it took; a timer of an older turn is void
  Trigger trigger;
  std::optional<CampaignKey> campaign;
  std::string sender;            // our number, "" = the default one
  Instant started_at;
  Instant ended_at;
  std::optional<Instant> due_at;  // when silence is to be looked at
  std::uint32_t messages_in = 0;
  std::uint32_t messages_out = 0;
  std::optional<OpenQuestion> open;
  Values answers;
  Values vars;
  std::vector<Interaction> interactions;
  std::string language;          // that it is held in, "" = the flow's own
  std::vector<std::pair<std::string, std::string>> splits;  // experiment -> way, in the order taken
  std::vector<Prefilled> prefilled;
  std::vector<Subflow> inside;   // outermost first; `step` belongs to the last one
  std::vector<flows::Passage> trail;  // the steps of its own flow that it passed, the first 1,000
  Rare<LeftQuestion> left{};           // the last one that was left unanswered
  std::string phrase{};                // that was said at any time and led the conversation where it is, as the flow spells it
  bool operator==(const Conversation&) const = default;

  std::uint32_t messages() const { return messages_in + messages_out; }
  bool is_over() const { return ended(life); }
};

enum class Direction : std::uint8_t { in, out };

// How far a message came. queued -> sending -> sent -> delivered is the usual way of one that goes out.
// unknown: handed over without an answer; it may or may not have left and is never resent blindly.
enum class MessageStatus : std::uint8_t { received, queued, sending, sent, delivered, failed, unknown, suppressed, expired, cancelled };

struct Message {
  MessageId id;
  Direction direction = Direction::in;
  Instant at;
  std::string from;
  std::string to;
  std::string text;
  std::vector<std::string> media;
  MessageStatus status = MessageStatus::received;
  std::string carrier;           // the adapter it came by or goes by; set by the server, not by decide
  std::string error;             // carrier's code or our word when it failed
  bool exempt = false;           // may go to an opted-out contact: the one confirmation, an answer to HELP
  std::optional<Instant> expires_at;  // not started by then = dropped and recorded as expired
  std::optional<CampaignKey> campaign;
  bool operator==(const Message&) const = default;
};

enum class ConsentSource : std::uint8_t { keyword, phrase, manual, carrier, import_ };

// A change of consent; append only.
struct LedgerRow {
  ContactKey contact;
  Instant at;
  Consent status = Consent::unknown;  // after the change
  ConsentSource source = ConsentSource::keyword;
  std::string keyword;
  std::string text;        // what the contact wrote, or the operator's note
  std::string evidence;
  std::optional<MessageId> message;
  std::string scope = "all";
  std::string actor;       // who entered it, for manual rows
  bool operator==(const LedgerRow&) const = default;
};

struct Campaign {
  CampaignKey key;
  std::string name;
  std::string flow;
  std::string sender;
  bool operator==(const Campaign&) const = default;
};

// A contact in a campaign. waiting -> started -> entered, or skipped with the reason.
enum class EntryState : std::uint8_t { waiting, started, entered, skipped_opted_out, skipped_active, failed };

struct CampaignEntry {
  CampaignKey campaign;
  ContactKey contact;
  EntryState state = EntryState::waiting;
  bool operator==(const CampaignEntry&) const = default;
};

std::string_view to_string(Direction value);
std::string_view to_string(MessageStatus value);
std::string_view to_string(ConsentSource value);
std::string_view to_string(Trigger::Kind value);
std::string_view to_string(EntryState value);
std::optional<MessageStatus> parse_message_status(std::string_view text);
std::optional<Outcome> outcome_of(Life life);
// Sets which conversation it is and how far it came, without what was asked and said in it.
void outline(const Conversation& conversation, std::optional<Conversation>& to);

}  // namespace answerback::engine
