#include <algorithm>

#include "storage/erasure.hpp"
#include "storage/memory/changes.hpp"
#include "storage/memory/memory_store_impl.hpp"

namespace answerback::storage::memory {

namespace {

void strip_events(Data& data, engine::ContactKey contact, Instant at) {
  for (auto& [cursor, kept] : data.events) {
    if (kept.contact != contact) continue;
    const bool is_needed = kept.event.type == kept_type && is_unfinished(data, cursor);
    kept.event.body = is_needed ? bare_opt_out(kept.event.body) : erased_body(kept.event, contact, kept.sequence);
    if (is_needed) data.erasures[cursor] = at + opt_outs_kept_for;
  }
  for (auto it = data.deliveries.begin(); it != data.deliveries.end();) {
    auto& kept = (it++)->second;
    if (kept.contact != contact) continue;
    for (auto& attempt : kept.delivery.history) attempt.response.clear();
    if (webhooks::unfinished(kept.delivery.state) && !data.erasures.contains(kept.event)) drop_delivery(data, kept.delivery.key.value);
  }
  for (const auto& [endpoint, unused] : data.endpoints) release_delivery(data, {endpoint}, contact);
}

void strip_contact(Data& data, engine::Contact& contact) {
  data.by_phone.erase(contact.phone);
  contact.phone.clear();
  contact.fields.clear();
  contact.external_id.clear();
  contact.source.clear();
  contact.pace = {};
  for (auto& message : data.messages) {
    if (message.id.contact == contact.key) strip(message);
  }
  for (auto& [id, conversation] : data.conversations) {
    if (id.contact == contact.key) strip(conversation);
  }
  for (auto& row : data.ledger) {
    if (row.contact == contact.key) strip(row);
  }
  std::erase_if(data.answers, [&](const auto& entry) { return entry.second.contact == contact.key; });
}

std::size_t purge_deliveries(Data& data, Instant older_than, std::size_t limit) {
  std::vector<std::int64_t> keys;
  for (const auto& [key, kept] : data.deliveries) {
    if (kept.delivery.created_at >= older_than || keys.size() == limit || key == data.deliveries.rbegin()->first) break;
    if (!webhooks::unfinished(kept.delivery.state)) keys.push_back(key);
  }
  for (const auto key : keys) drop_delivery(data, key);
  return keys.size();
}

std::size_t purge_events(Data& data, Instant older_than, std::size_t limit) {
  std::set<std::int64_t> needed;
  for (const auto& [key, kept] : data.deliveries) needed.insert(kept.event);
  std::vector<std::int64_t> cursors;
  for (const auto& [cursor, kept] : data.events) {
    if (kept.event.at >= older_than || cursors.size() == limit || cursor == data.events.rbegin()->first) break;
    if (!needed.contains(cursor)) cursors.push_back(cursor);
  }
  for (const auto cursor : cursors) {
    data.event_ids.erase(data.events.at(cursor).event.id);
    data.events.erase(cursor);
  }
  if (!cursors.empty()) data.purged_before = std::max(data.purged_before, older_than);
  return cursors.size();
}

std::size_t purge_answers(Data& data, Instant older_than, std::size_t limit) {
  std::size_t purged = 0;
  for (auto it = data.answers.begin(); it != data.answers.end() && purged < limit;) {
    const bool old = it->second.record.at < older_than;
    purged += old ? 1 : 0;
    it = old ? data.answers.erase(it) : std::next(it);
  }
  return purged;
}

void check_conversation(const Data& data, const engine::Conversation& conversation, std::vector<std::string>& found) {
  const auto name = engine::to_string(conversation.id);
  const auto contact = data.contacts.find(conversation.id.contact);
  const bool is_active = contact != data.contacts.end() && contact->second.active == conversation.id.number;
  if (conversation.is_over() == is_active) found.push_back(name + " is not what its contact says");
  if (conversation.is_over() == conversation.reason.empty()) found.push_back(name + " has an end without a reason or the reverse");
}

void check_outcomes(const Data& data, std::vector<std::string>& found) {
  std::map<std::string, int> told;
  for (const auto& [cursor, kept] : data.events) {
    const auto& type = kept.event.type;
    if (type == "conversation.completed" || type == "conversation.bailed" || type == "conversation.discarded")
      ++told[conversation_in(kept.event.body)];
  }
  for (const auto& [id, conversation] : data.conversations) {
    const auto name = engine::to_string(id);
    const bool kept = conversation.ended_at >= data.purged_before;
    if (kept && told[name] != (conversation.is_over() ? 1 : 0)) found.push_back(name + " has not exactly one outcome event");
  }
}

}  // namespace

bool MemoryStore::erase_contact(engine::ContactKey key, const std::string& phone_hash, Instant at,
                                const std::optional<OperationalEvent>& announcement) {
  const Lock lock(mutex_);
  const auto it = data_.contacts.find(key);
  if (it == data_.contacts.end()) return false;
  auto& contact = it->second;
  if (contact.phone.empty()) return true;
  data_.suppressed.erase(phone_hash);
  if (contact.consent == engine::Consent::opted_out) data_.suppressed.insert(phone_hash);
  cancel_sends(data_, key, true);
  std::erase_if(data_.calls, [&](const auto& each) { return each.first.conversation.contact == key; });
  strip_events(data_, key, at);
  strip_contact(data_, contact);
  if (announcement) {
    insert_with_deliveries(*announcement, at);
    contact.sequence = std::max(contact.sequence, announcement->event.sequence);
  }
  return true;
}

std::size_t MemoryStore::end_erasures(Instant now) {
  const Lock lock(mutex_);
  return strip_kept_events(data_, now);
}

std::size_t MemoryStore::purge(Instant older_than, std::size_t limit) {
  const Lock lock(mutex_);
  auto purged = purge_deliveries(data_, older_than, limit);
  purged += purge_events(data_, older_than, limit - purged);
  return purged + purge_answers(data_, older_than, limit - purged);
}

void MemoryStore::transaction(const std::function<void()>& body) {
  const Lock lock(mutex_);
  auto before = data_;
  try {
    body();
  } catch (...) {
    data_ = std::move(before);
    throw;
  }
}

KeyTrace MemoryStore::key_trace() {
  const Lock lock(mutex_);
  return {data_.key_fingerprint, false, data_.suppressed.size()};
}

void MemoryStore::remember_key(std::int64_t fingerprint) {
  const Lock lock(mutex_);
  data_.key_fingerprint = fingerprint;
}

void MemoryStore::clock_set_back(flows::Duration by, Instant now) {
  const Lock lock(mutex_);
  const auto sooner = [&](Instant& due) {
    if (due > now) due -= by;
  };
  for (auto& [row, send] : data_.sends) {
    sooner(send.due_at);
    if (auto& expires = data_.message(row).expires_at) sooner(*expires);
  }
  for (auto& [key, kept] : data_.deliveries) {
    if (webhooks::unfinished(kept.delivery.state) && kept.delivery.due_at) sooner(*kept.delivery.due_at);
  }
  for (auto& [key, endpoint] : data_.endpoints) sooner(endpoint.health.paused_until);
  for (auto& [key, call] : data_.calls) {
    sooner(call.due_at);
    sooner(call.request.give_up_at);
  }
}

void MemoryStore::backup_to(const std::string&) { throw StoreError("a store in memory has nothing to copy"); }

std::vector<std::string> MemoryStore::check() {
  const Lock lock(mutex_);
  std::vector<std::string> found;
  for (const auto& [id, conversation] : data_.conversations) check_conversation(data_, conversation, found);
  check_outcomes(data_, found);
  return found;
}

}  // namespace answerback::storage::memory
