#include "tests/engine/invariants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace answerback::tests {

using namespace engine;

namespace {

bool is_outcome(Event::Type type) {
  return type == Event::Type::conversation_completed || type == Event::Type::conversation_bailed || type == Event::Type::conversation_discarded;
}

std::string check_sequence(const Rig& rig) {
  std::uint64_t expected = 0;
  for (const auto& event : rig.events) {
    if (event.id.sequence != ++expected) return fmt::format("event {} where {} was due", event.id.sequence, expected);
    if (event.contact.sequence != event.id.sequence) return fmt::format("event {} shows another contact", event.id.sequence);
  }
  return rig.contact.sequence == expected ? "" : "the contact counts other events than there are";
}

std::string check_outcomes(const Rig& rig) {
  for (const auto& entry : rig.conversations) {
    const auto& id = entry.first;
    const auto& conversation = entry.second;
    const auto about = [&](const Event& event) { return event.conversation && event.conversation->id == id; };
    const auto starts = std::count_if(rig.events.begin(), rig.events.end(),
                                      [&](const Event& e) { return about(e) && e.type == Event::Type::conversation_started; });
    const auto outcomes = std::count_if(rig.events.begin(), rig.events.end(), [&](const Event& e) { return about(e) && is_outcome(e.type); });
    if (starts != 1) return fmt::format("{} started {} times", to_string(id), starts);
    if (outcomes != (conversation.is_over() ? 1 : 0)) return fmt::format("{} has {} outcomes", to_string(id), outcomes);
    if (conversation.is_over() == conversation.reason.empty()) return fmt::format("{}: reason '{}'", to_string(id), conversation.reason);
    if (!conversation.is_over() && (conversation.life != Life::waiting || !conversation.due_at)) return to_string(id) + " waits for nothing";
    if (!conversation.is_over() && rig.contact.active != id.number) return to_string(id) + " runs unseen";
  }
  return rig.contact.active == 0 || rig.conversations.count({rig.contact.key, rig.contact.active}) == 1 ? "" : "no such active conversation";
}

std::string check_messages(const Rig& rig) {
  std::set<MessageId> ids;
  for (const auto& message : rig.messages) {
    if (!ids.insert(message.id).second) return to_string(message.id) + " was used twice";
  }
  for (const auto& entry : rig.conversations) {
    const auto& id = entry.first;
    const auto& conversation = entry.second;
    const auto count = std::count_if(ids.begin(), ids.end(), [&](const MessageId& one) { return one.conversation == id.number; });
    if (count != conversation.messages()) return fmt::format("{} counts {} messages of {}", to_string(id), conversation.messages(), count);
  }
  return "";
}

std::string check_consent(const Rig& rig) {
  if (rig.contact.consent == Consent::opted_out && rig.contact.active != 0) return "a conversation runs with a contact who has opted out";
  auto status = Consent::unknown;
  for (const auto& row : rig.ledger) {
    if (row.status == status) return "a ledger row that changes nothing";
    status = row.status;
  }
  if (status != rig.contact.consent) return "the ledger says another consent than the contact";
  const auto told = std::count_if(rig.events.begin(), rig.events.end(), [](const Event& event) { return event.consent.has_value(); });
  return static_cast<std::size_t>(told) == rig.ledger.size() ? "" : "a change of consent that no event tells";
}

}  // namespace

std::string broken(const Rig& rig) {
  for (const auto& found : {check_sequence(rig), check_outcomes(rig), check_messages(rig), check_consent(rig)}) {
    if (!found.empty()) return found;
  }
  return "";
}

std::string broken(const Situation& before, const Decision& decision) {
  std::size_t exempt = 0;
  for (const auto& message : decision.messages) {
    if (message.direction == Direction::in) continue;
    exempt += message.exempt ? 1U : 0U;
    if (decision.contact.consent == Consent::opted_out && !message.exempt) return "a text to a contact who has opted out: " + message.text;
    if (message.status != MessageStatus::queued) return "a new text that is not queued";
  }
  if (exempt > 1) return "two exempt texts at once";
  const bool went_out = before.contact.consent != Consent::opted_out && decision.contact.consent == Consent::opted_out;
  if (went_out != decision.cancel_queued) return "queued texts outlive an opt-out";
  if (decision.refusal != Refusal::none && !decision.events.empty()) return "a refusal that tells something";
  return "";
}

bool same(const Decision& a, const Decision& b) {
  const auto told = [](const Decision& decision) {
    std::vector<std::tuple<Event::Type, EventId, Contact, std::optional<Conversation>>> all;
    for (const auto& event : decision.events) all.emplace_back(event.type, event.id, event.contact, event.conversation);
    return all;
  };
  return a.contact == b.contact && a.conversations == b.conversations && a.messages == b.messages && a.ledger == b.ledger &&
         a.entry == b.entry && a.refusal == b.refusal && a.cancel_queued == b.cancel_queued && told(a) == told(b);
}

}  // namespace answerback::tests
