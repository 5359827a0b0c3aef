// One stimulus on its way to a decision: working copies of the contact and of the conversation, and everything that is
// caused so far. Every handler speaks through it, so that ids, counters, events and endings are made in one place only.
#pragma once

#include <string>
#include <string_view>

#include "engine/decide.hpp"

namespace answerback::engine {

struct Turn {
  Turn(const Situation& situation, const FlowBook& book, const Settings& config, const EventWishes& wanted, Instant at);

  const Situation& before;
  const FlowBook& flows;
  const Settings& settings;
  const EventWishes& wishes;
  const Instant now;

  Contact contact;
  std::optional<Conversation> conversation;  // the one that runs now
  Decision decision;
  std::string reached;                       // our number that the contact wrote to
  std::string detail;                        // why a conversation ends, in words, where the reason does not say it all

  // Publishes contact.created when the contact is new, with what is known of them by then.
  void admit_contact();
  // Sets each field; one without a value is taken away.
  void merge_fields(const Values& fields);
  void merge(const References& references);
  // False, and refused, when the external id is somebody else's.
  bool may_take(const References& references);

  // Takes the inbound text into the running conversation, or among the contact's loose messages.
  MessageId file(const Inbound& inbound);
  // Queues a text of the running conversation.
  Message& send(std::string text);
  // Queues a text about consent, inside the conversation if one runs; `from` is our number when none does.
  Message& send_notice(std::string text, std::string_view from, bool exempt);

  // Events about conversations and messages carry the running conversation.
  Event& publish(Event::Type type);

  // `language`: that of the keyword that began it, when its flow says so.
  void begin(const Published& published, Trigger trigger, std::string sender, std::optional<CampaignKey> campaign,
             std::string_view language = {});
  // Remembers the pending question, if there is one, as left without its answer.
  void leave_question();
  // Keeps on the contact in which language the running conversation is held.
  void remember_language();

  // Moves the running conversation's life; refused by the lifecycle = a bug = std::logic_error.
  void signal(LifeSignal signal);
  void end(const Ending& ending);
  // Ends a conversation whose damaged life takes no signal any more, so that no timer of it is left; one that has its outcome gets no other.
  void put_down(const Ending& ending);
  // Ends the running conversation, if any, for a reason from outside of its flow.
  void end_if_running(const Ending& ending);

  // Ledger row and event when the signal changes the consent; an opt-out also cancels what is queued. `row` needs only
  // what is known of the cause, `written_at` when the contact wrote it, where that is known. True when it changed.
  bool change_consent(ConsentSignal signal, LedgerRow row, std::optional<Instant> written_at = std::nullopt);

  // Our number that stands for `number`, "" when no sender is configured and none was named.
  std::string our_number(std::string_view number) const;
  const Sender* sender(std::string_view number) const;
  // The name that texts give us: the flow's, else the sender's, else the general one.
  std::string brand(const flows::Flow* flow, std::string_view number) const;
  const flows::LocalClock& clock() const;  // the contact's
  flows::FlowPtr running_flow() const;  // null when none runs or its revision is gone

  Decision finish();

 private:
  std::string first_language(const flows::Flow& flow, std::string_view of_keyword) const;
  // What ends with any conversation; `outcome` is told when there is one to tell.
  void close(std::optional<Event::Type> outcome);
  void tell_circumstances(Event& event) const;
  // contact.updated, when what is known of the contact has changed since it was last told of.
  void tell_changes();
  bool admitted_ = false;
  std::optional<std::size_t> created_;  // which of the decision's events tells of the new contact
  mutable flows::FlowPtr running_;      // that was asked for last
  mutable std::uint32_t running_revision_ = 0;
  MessageId next_message_id(Direction direction);
  Message& new_message();
};

// Reasons that the engine gives by itself.
namespace reasons {
inline constexpr std::string_view opted_out = "opted_out";
inline constexpr std::string_view superseded = "superseded";
inline constexpr std::string_view undeliverable = "undeliverable";
inline constexpr std::string_view flow_error = "flow_error";
inline constexpr std::string_view by_operator = "operator";
inline constexpr std::string_view too_many_messages = "too_many_messages";
}  // namespace reasons

inline Ending discarded(std::string_view reason) { return {Outcome::discarded, std::string(reason)}; }
inline Ending flow_error() { return {Outcome::bailed, std::string(reasons::flow_error)}; }

}  // namespace answerback::engine
