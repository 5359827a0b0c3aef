#include <algorithm>

#include "storage/dedup.hpp"
#include "storage/memory/changes.hpp"
#include "storage/memory/memory_store_impl.hpp"
#include "storage/phone_digits.hpp"

namespace answerback::storage::memory {

namespace {

// What the commits before this one in the batch have brought.
struct Batch {
  std::set<engine::ContactKey> contacts;
  std::set<std::string> phones;
  std::set<engine::MessageId> messages;
  std::set<DedupKey> seen;
  std::set<std::string> events;
  std::set<webhooks::CallKey> calls;
  std::map<engine::ContactKey, std::string> external_ids;
};

bool outgoing_known(const Commit& commit) {
  const auto& messages = commit.decision.messages;
  return std::all_of(commit.outgoing.begin(), commit.outgoing.end(), [&](const auto& outgoing) {
    return std::any_of(messages.begin(), messages.end(), [&](const auto& message) { return message.id == outgoing.message; });
  });
}

void validate_contact(const Data& data, const engine::Decision& decision, Batch& batch) {
  const auto& contact = decision.contact;
  if (data.contacts.contains(contact.key) || batch.contacts.contains(contact.key)) return;
  const bool touched = !decision.messages.empty() || !decision.conversations.empty();
  if (!decision.contact_changed && touched) throw Contradiction("a commit for an unknown contact: " + engine::to_string(contact.key));
  if (!decision.contact_changed) return;
  phone_digits(contact.phone);
  batch.contacts.insert(contact.key);
  if (data.by_phone.contains(contact.phone) || !batch.phones.insert(contact.phone).second)
    throw Contradiction("a second contact with one phone");
}

void validate_references(const Data& data, const engine::Decision& decision, Batch& batch) {
  if (!decision.references_changed) return;
  const auto& contact = decision.contact;
  const auto is_others = [&](const auto& entry) {
    return entry.first != contact.key && !batch.external_ids.contains(entry.first) && entry.second.external_id == contact.external_id;
  };
  const auto given = [&](const auto& entry) { return entry.first != contact.key && entry.second == contact.external_id; };
  const bool is_taken = std::any_of(data.contacts.begin(), data.contacts.end(), is_others) ||
                        std::any_of(batch.external_ids.begin(), batch.external_ids.end(), given);
  if (!contact.external_id.empty() && is_taken) throw Contradiction("a second contact with one external id");
  batch.external_ids[contact.key] = contact.external_id;
}

void validate_events(const Data& data, const Commit& commit, Batch& batch) {
  for (const auto& event : commit.events) {
    if (data.event_ids.contains(event.id) || !batch.events.insert(event.id).second)
      throw Contradiction("an event's id comes twice: " + event.id);
  }
}

void validate(const Data& data, const Commit& commit, Batch& batch) {
  validate_contact(data, commit.decision, batch);
  validate_references(data, commit.decision, batch);
  for (const auto& message : commit.decision.messages) batch.messages.insert(message.id);
  const auto& change = commit.decision.message_change;
  if (change && !data.message_rows.contains(change->id) && !batch.messages.contains(change->id))
    throw Contradiction("a change of an unknown message: " + engine::to_string(change->id));
  if (commit.seen && !commit.decision.messages.empty() && (data.seen.contains(*commit.seen) || !batch.seen.insert(*commit.seen).second))
    throw Contradiction("a message is stored twice");
  if (!outgoing_known(commit)) throw Contradiction("an outgoing text that is not among the commit's messages");
  validate_events(data, commit, batch);
  for (const auto& call : commit.decision.calls) {
    const auto key = webhooks::key_of(call);
    if (data.calls.contains(key) || !batch.calls.insert(key).second) throw Contradiction("a call is made twice: " + webhooks::to_string(key));
  }
}

bool requeue_send(Data& data, Row row, Instant due_at) {
  const auto it = data.sends.find(row);
  if (it == data.sends.end() || it->second.state == Send::State::held) return false;
  auto& send = it->second;
  if (send.state == Send::State::queued) ++send.attempts;  // it did not come as far as `sending`
  send.state = Send::State::queued;
  send.due_at = due_at;
  return true;
}

void apply_change(Data& data, const Commit& commit) {
  const auto& change = *commit.decision.message_change;
  const auto row = data.message_rows.at(change.id);
  auto& message = data.message(row);
  if (!change.provider_id.empty()) data.provider_ids[dedup_key(message.carrier, change.provider_id)] = row;
  const bool again = change.status == engine::MessageStatus::queued;
  // Cancelled before it started: it stays so.
  if (again && !requeue_send(data, row, commit.send_retry_at.value_or(commit.at))) return;
  message.status = change.status;
  message.error = change.error;
  if (!again && change.status != engine::MessageStatus::sending) finish_send(data, row);
}

void apply_messages(Data& data, const Commit& commit) {
  for (const auto& message : commit.decision.messages) {
    data.messages.push_back(message);
    const auto row = static_cast<Row>(data.messages.size());
    data.message_rows[message.id] = row;
    data.messages_of[message.id.contact].push_back(row);
  }
  if (commit.seen && !commit.decision.messages.empty()) data.seen[*commit.seen] = commit.decision.messages.front().id;
}

void apply_conversation(Data& data, const engine::Conversation& conversation, std::uint64_t& active) {
  const auto [it, fresh] = data.conversations.try_emplace(conversation.id, conversation);
  if (fresh) {
    data.conversation_order.push_back(conversation.id);
  } else {
    if (it->second.due_at) data.timers.erase({*it->second.due_at, conversation.id});
    it->second = conversation;
  }
  if (conversation.is_over()) it->second.due_at.reset();
  if (it->second.due_at) data.timers.emplace(*it->second.due_at, conversation.id);
  if (!conversation.is_over()) {
    active = conversation.id.number;
  } else if (active == conversation.id.number) {
    active = 0;
  }
}

void apply_contact(Data& data, const engine::Decision& decision) {
  const auto known = data.contacts.find(decision.contact.key);
  std::uint64_t active = known == data.contacts.end() ? 0 : known->second.active;
  for (const auto& conversation : decision.conversations) apply_conversation(data, conversation, active);
  if (decision.contact_changed) {
    const auto phone = known == data.contacts.end() ? decision.contact.phone : known->second.phone;
    auto external_id = known == data.contacts.end() ? std::string() : known->second.external_id;
    auto source = known == data.contacts.end() ? std::string() : known->second.source;
    auto& contact = data.contacts[decision.contact.key] = decision.contact;
    contact.phone = phone;
    if (!decision.references_changed) {
      contact.external_id = std::move(external_id);
      contact.source = std::move(source);
    }
    if (!phone.empty()) data.by_phone[phone] = contact.key;
    data.reserved.erase(phone);
  }
  if (const auto it = data.contacts.find(decision.contact.key); it != data.contacts.end()) it->second.active = active;
}

void apply_outgoing(Data& data, const Commit& commit) {
  const auto contact = commit.decision.contact.key;
  for (const auto& outgoing : commit.outgoing) {
    const bool waits = std::any_of(data.sends.begin(), data.sends.end(), [&](const auto& entry) { return entry.second.contact == contact; });
    data.sends[data.message_rows.at(outgoing.message)] = {contact, waits ? Send::State::held : Send::State::queued,
                                                          outgoing.due_at.value_or(commit.at), 0};
  }
}

void apply_events(Data& data, const Commit& commit) {
  std::vector<std::int64_t> cursors;
  for (const auto& event : commit.events) cursors.push_back(insert_event(data, event));
  for (const auto& delivery : commit.deliveries) {
    const auto what = commit.events.at(delivery.event).urgent ? DeliveryClass::urgent : DeliveryClass::first;
    insert_delivery(data, delivery.endpoint, cursors.at(delivery.event), what, commit.at);
  }
}

}  // namespace

void validate(const Data& data, std::span<const Commit> commits) {
  Batch batch;
  for (const auto& commit : commits) validate(data, commit, batch);
}

void apply(Data& data, const Commit& commit) {
  const auto& decision = commit.decision;
  if (decision.cancel_queued) cancel_sends(data, decision.contact.key, false);
  if (decision.message_change) apply_change(data, commit);
  apply_messages(data, commit);
  apply_contact(data, decision);
  data.ledger.insert(data.ledger.end(), decision.ledger.begin(), decision.ledger.end());
  apply_outgoing(data, commit);
  apply_calls(data, commit);
  apply_events(data, commit);
  if (decision.entry) data.entries[{decision.entry->campaign.value, decision.entry->contact.value}] = decision.entry->state;
  if (commit.idempotency) data.answers[commit.idempotency->key_hash] = {*commit.idempotency, decision.contact.key};
}

void MemoryStore::commit(std::span<const Commit> commits) {
  const Lock lock(mutex_);
  validate(data_, commits);
  for (const auto& commit : commits) {
    apply(data_, commit);
    if (commit.settled_call) call_leases_.release(*commit.settled_call);
    if (commit.decision.message_change) send_leases_.release(commit.decision.message_change->id);
  }
}

}  // namespace answerback::storage::memory
