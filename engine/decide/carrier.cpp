// What the carrier says of a message: how the hand-over went, and later how far it came.
#include "engine/decide/handlers.hpp"

namespace answerback::engine {

namespace {

// A message only goes forward: what was delivered or has failed stays so, in whatever order carriers report.
int progress(MessageStatus status) {
  switch (status) {
    case MessageStatus::received:
    case MessageStatus::delivered:
    case MessageStatus::failed: return 3;
    case MessageStatus::sent: return 2;
    case MessageStatus::queued:
    case MessageStatus::sending:
    case MessageStatus::unknown:
    case MessageStatus::suppressed:
    case MessageStatus::expired:
    case MessageStatus::cancelled: return 1;
  }
  return 3;
}

bool goes_forward(MessageStatus from, MessageStatus to) {
  return progress(to) > progress(from) || (progress(to) == 1 && progress(from) == 1 && from != to);
}

const Conversation* conversation_of(const Turn& turn, const MessageId& message) {
  const auto is_it = [&](const auto& one) { return one && message.conversation != 0 && one->id.number == message.conversation; };
  if (is_it(turn.conversation)) return &*turn.conversation;
  return is_it(turn.before.subject) ? &*turn.before.subject : nullptr;
}

Event& publish_about(Turn& turn, Event::Type type, const Message& message) {
  auto& event = turn.publish(type);
  const auto* conversation = conversation_of(turn, message.id);
  event.conversation = conversation != nullptr ? std::optional(*conversation) : std::nullopt;
  event.campaign = message.campaign;
  if (type == Event::Type::contact_entered_campaign) describe(event, turn.flows, turn.settings);
  return event;
}

void publish_status(Turn& turn, const Message& message) {
  const auto& wishes = turn.wishes;
  const auto publish = [&](bool wanted, Event::Type type) {
    if (wanted) publish_about(turn, type, message).message = message;
  };
  if (message.status == MessageStatus::sent) publish(wishes.message_sent, Event::Type::message_sent);
  if (message.status == MessageStatus::delivered) publish(wishes.message_delivered, Event::Type::message_delivered);
  if (message.status == MessageStatus::failed) publish(wishes.message_failed, Event::Type::message_failed);
}

// Its first campaign message was accepted for sending: now the contact has entered the campaign, once.
void enter_campaign(Turn& turn, const Message& message) {
  const auto& entry = turn.before.entry;
  if (!message.campaign || !entry || entry->campaign != *message.campaign || entry->state != EntryState::started) return;
  turn.decision.entry = {entry->campaign, entry->contact, EntryState::entered};
  publish_about(turn, Event::Type::contact_entered_campaign, message);
}

// True when the message moved. A provider's id is kept even when the status is known to be further.
bool settle(Turn& turn, const Message& stored, MessageStatus status, const std::string& provider_id, const std::string& error) {
  const bool moved = goes_forward(stored.status, status);
  if (moved || !provider_id.empty()) {
    turn.decision.message_change = {stored.id, moved ? status : stored.status, provider_id, error};
  }
  if (!moved) return false;
  auto message = stored;
  message.status = status;
  message.error = error;
  publish_status(turn, message);
  if (status == MessageStatus::sent || status == MessageStatus::delivered) enter_campaign(turn, message);
  return true;
}

// The carrier knows of an opt-out that we have not seen (Twilio's 21610 and its like): it counts as ours.
void opt_out(Turn& turn, const std::string& error) {
  LedgerRow row;
  row.source = ConsentSource::carrier;
  row.text = error;
  turn.change_consent(ConsentSignal::carrier_out, std::move(row));
  turn.end_if_running(discarded(reasons::opted_out));
}

void give_up(Turn& turn, const Message& message) {
  const bool runs = turn.conversation && turn.conversation->id.number == message.id.conversation;
  if (runs) turn.end_if_running(discarded(reasons::undeliverable));
}

// Has the contact answered since this text was sent? Then its failure, reported late, no longer matters.
bool answered_since(const Turn& turn, const Message& message) {
  return turn.conversation && turn.conversation->open && message.at < turn.conversation->open->asked_at;
}

MessageStatus status_of(Handover::Result result) {
  switch (result) {
    case Handover::Result::accepted: return MessageStatus::sent;
    case Handover::Result::refused:
    case Handover::Result::opted_out: return MessageStatus::failed;
    case Handover::Result::unknown: return MessageStatus::unknown;
    case Handover::Result::suppressed: return MessageStatus::suppressed;
    case Handover::Result::expired: return MessageStatus::expired;
  }
  return MessageStatus::unknown;
}

}  // namespace

void handle(Turn& turn, const Handover& handover) {
  turn.admit_contact();
  const bool moved = settle(turn, handover.message, status_of(handover.result), handover.provider_id, handover.error);
  turn.reached = handover.message.from;
  if (handover.result == Handover::Result::opted_out) return opt_out(turn, handover.error);
  if (moved && handover.result == Handover::Result::refused) give_up(turn, handover.message);
}

void handle(Turn& turn, const Receipt& receipt) {
  turn.admit_contact();
  const bool moved = settle(turn, receipt.message, receipt.status, "", receipt.error);
  turn.reached = receipt.message.from;
  if (receipt.opted_out) return opt_out(turn, receipt.error);
  if (moved && receipt.status == MessageStatus::failed && !answered_since(turn, receipt.message)) give_up(turn, receipt.message);
}

}  // namespace answerback::engine
