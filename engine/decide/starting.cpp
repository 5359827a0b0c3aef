// Conversations that begin or move on without a text from the contact: by API, by campaign, by the clock, by the answer to a call.
#include "engine/decide/handlers.hpp"
#include "engine/decide/script.hpp"

namespace answerback::engine {

namespace {

Refusal refusal_of(const Turn& turn, const Published* published) {
  if (turn.contact.consent == Consent::opted_out) return Refusal::opted_out;
  if (turn.conversation) return Refusal::active_conversation;
  return published == nullptr ? Refusal::unknown_flow : Refusal::none;
}

EntryState entry_state(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return EntryState::started;
    case Refusal::opted_out: return EntryState::skipped_opted_out;
    case Refusal::active_conversation: return EntryState::skipped_active;
    case Refusal::unknown_flow:
    case Refusal::unknown_conversation:
    case Refusal::already_ended:
    case Refusal::no_image:
    case Refusal::external_id_taken: return EntryState::failed;
  }
  return EntryState::failed;
}

// A campaign that asks twice for the same contact starts it once.
bool already_taken(const Turn& turn, const Campaign& campaign) {
  const auto& entry = turn.before.entry;
  return entry && entry->campaign == campaign.key && entry->state != EntryState::waiting;
}

void begin(Turn& turn, const Start& start, const Published& published) {
  turn.merge_fields(start.fields);
  turn.merge(start.references);
  turn.admit_contact();
  if (start.campaign) {
    const auto& sender = start.sender.empty() ? start.campaign->sender : start.sender;
    turn.begin(published, {Trigger::Kind::campaign, start.campaign->name}, sender, start.campaign->key);
  } else {
    turn.begin(published, {Trigger::Kind::api, ""}, start.sender, std::nullopt);
  }
  Script(turn).start();
}

}  // namespace

void handle(Turn& turn, const Start& start) {
  if (start.campaign && already_taken(turn, *start.campaign)) return;
  const auto* published = turn.flows.latest(start.flow);
  turn.decision.refusal = refusal_of(turn, published);
  if (turn.decision.refusal == Refusal::none) turn.may_take(start.references);
  if (start.campaign) turn.decision.entry = {start.campaign->key, turn.contact.key, entry_state(turn.decision.refusal)};
  if (turn.decision.refusal == Refusal::none) begin(turn, start, *published);
}

// A timer of an older turn, of another conversation, or before its time is void: the conversation has moved on.
void handle(Turn& turn, const TimerDue& timer) {
  const auto& conversation = turn.conversation;
  if (!conversation || conversation->id != timer.conversation || conversation->turn != timer.turn) return;
  if (!conversation->due_at || *conversation->due_at > turn.now) return;
  Script(turn).due();
}

// An answer to a call of an older turn is void too.
void handle(Turn& turn, const CallAnswered& answer) {
  const auto& conversation = turn.conversation;
  const bool is_awaited = conversation && conversation->id == answer.conversation && conversation->open &&
                          conversation->open->awaited == Awaited::call && conversation->open->made_in == answer.turn;
  if (is_awaited) Script(turn).answered(answer);
}

}  // namespace answerback::engine
