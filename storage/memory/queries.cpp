#include <algorithm>
#include <limits>

#include "storage/memory/memory_store_impl.hpp"
#include "storage/scan.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::storage::memory {

namespace {

constexpr auto unbounded = std::numeric_limits<std::size_t>::max();  // of rows looked through for a page

bool fits(const engine::Conversation& conversation, const ConversationFilter& filter) {
  if (filter.contact && *filter.contact != conversation.id.contact) return false;
  if (filter.active && *filter.active == conversation.is_over()) return false;
  if (!filter.flow.empty() && filter.flow != conversation.flow) return false;
  return !filter.outcome || engine::outcome_of(conversation.life) == filter.outcome;
}

bool fits(const engine::Message& message, const MessageFilter& filter) {
  if (filter.contact && *filter.contact != message.id.contact) return false;
  return (!filter.direction || *filter.direction == message.direction) && (!filter.status || *filter.status == message.status);
}

bool fits(const Delivery& delivery, const DeliveryFilter& filter) {
  if (filter.endpoint && *filter.endpoint != delivery.endpoint) return false;
  if (!filter.event_id.empty() && filter.event_id != delivery.event_id) return false;
  return !filter.state || *filter.state == delivery.state;
}

std::int64_t below(const PageRequest& page, std::size_t size) {
  const auto end = static_cast<std::int64_t>(size) + 1;
  return page.after > 0 ? std::min(page.after, end) : end;
}

Delivery shown(const KeptDelivery& kept, bool with_history) {
  auto delivery = kept.delivery;
  if (!webhooks::unfinished(delivery.state)) delivery.due_at.reset();
  if (!with_history) delivery.history.clear();
  return delivery;
}

void note(std::optional<Instant>& oldest, Instant at) {
  if (!oldest || at < *oldest) oldest = at;
}

}  // namespace

std::optional<engine::Contact> MemoryStore::find_contact(const std::string& phone) {
  const Lock lock(mutex_);
  const auto it = data_.by_phone.find(phone);
  return it == data_.by_phone.end() ? std::nullopt : std::optional(data_.contacts.at(it->second));
}

std::optional<engine::Contact> MemoryStore::find_contact(engine::ContactKey key) {
  const Lock lock(mutex_);
  const auto it = data_.contacts.find(key);
  return it == data_.contacts.end() ? std::nullopt : std::optional(it->second);
}

Page<engine::Contact> MemoryStore::list_contacts(const ContactFilter& filter, const PageRequest& page) {
  const Lock lock(mutex_);
  PageScan<engine::Contact> scan(page);
  const auto fits = [&](const engine::Contact& contact) {
    return (filter.external_id.empty() || filter.external_id == contact.external_id) && (filter.source.empty() || filter.source == contact.source);
  };
  bool more = true;
  const engine::ContactKey end{page.after > 0 ? page.after : std::numeric_limits<std::int64_t>::max()};
  for (auto it = data_.contacts.lower_bound(end); more && it != data_.contacts.begin();) {
    --it;
    more = fits(it->second) ? scan.take(it->first.value, it->second) : scan.skip(it->first.value);
  }
  return scan.result();
}

std::optional<engine::Conversation> MemoryStore::find_conversation(const engine::ConversationId& id) { return conversation(id); }

Page<engine::Conversation> MemoryStore::list_conversations(const ConversationFilter& filter, const PageRequest& page) {
  const Lock lock(mutex_);
  PageScan<engine::Conversation> scan(page, unbounded);
  bool more = true;
  for (auto row = below(page, data_.conversation_order.size()) - 1; more && row > 0; --row) {
    const auto& conversation = data_.conversations.at(data_.conversation_order[static_cast<std::size_t>(row - 1)]);
    more = fits(conversation, filter) ? scan.take(row, conversation) : scan.skip(row);
  }
  return scan.result();
}

Page<engine::Message> MemoryStore::list_messages(const MessageFilter& filter, const PageRequest& page) {
  const Lock lock(mutex_);
  PageScan<engine::Message> scan(page, unbounded);
  bool more = true;
  for (auto row = below(page, data_.messages.size()) - 1; more && row > 0; --row) {
    const auto& message = data_.message(row);
    more = fits(message, filter) ? scan.take(row, message) : scan.skip(row);
  }
  return scan.result();
}

std::vector<engine::Message> MemoryStore::transcript(const engine::ConversationId& id) {
  const Lock lock(mutex_);
  std::vector<engine::Message> messages;
  const auto it = data_.messages_of.find(id.contact);
  if (it == data_.messages_of.end()) return messages;
  for (const auto row : it->second) {
    if (data_.message(row).id.conversation == id.number) messages.push_back(data_.message(row));
  }
  return messages;
}

std::vector<engine::LedgerRow> MemoryStore::ledger(engine::ContactKey contact) {
  const Lock lock(mutex_);
  std::vector<engine::LedgerRow> rows;
  std::copy_if(data_.ledger.begin(), data_.ledger.end(), std::back_inserter(rows), [&](const auto& row) { return row.contact == contact; });
  return rows;
}

Page<StoredEvent> MemoryStore::list_events(const std::string& type_pattern, const PageRequest& page) {
  const Lock lock(mutex_);
  PageScan<StoredEvent> scan(page, unbounded);
  bool more = true;
  for (auto it = data_.events.upper_bound(page.after); more && it != data_.events.end(); ++it) {
    const auto& event = it->second.event;
    more = type_pattern.empty() || webhooks::matches(type_pattern, event.type) ? scan.take(it->first, event) : scan.skip(it->first);
  }
  return scan.result();
}

std::int64_t MemoryStore::newest_event() {
  const Lock lock(mutex_);
  return data_.events.empty() ? 0 : data_.events.rbegin()->first;
}

std::optional<StoredEvent> MemoryStore::find_event(const std::string& id) {
  const Lock lock(mutex_);
  const auto it = data_.event_ids.find(id);
  return it == data_.event_ids.end() ? std::nullopt : std::optional(data_.events.at(it->second).event);
}

Page<Delivery> MemoryStore::list_deliveries(const DeliveryFilter& filter, const PageRequest& page) {
  const Lock lock(mutex_);
  PageScan<Delivery> scan(page, unbounded);
  bool more = true;
  const auto end = page.after > 0 ? page.after : std::numeric_limits<std::int64_t>::max();
  for (auto it = data_.deliveries.lower_bound(end); more && it != data_.deliveries.begin();) {
    --it;
    more = fits(it->second.delivery, filter) ? scan.take(it->first, shown(it->second, false)) : scan.skip(it->first);
  }
  return scan.result();
}

std::optional<Delivery> MemoryStore::find_delivery(webhooks::DeliveryKey key) {
  const Lock lock(mutex_);
  const auto it = data_.deliveries.find(key.value);
  return it == data_.deliveries.end() ? std::nullopt : std::optional(shown(it->second, true));
}

Gauges MemoryStore::gauges() {
  const Lock lock(mutex_);
  Gauges gauges;
  gauges.contacts = data_.contacts.size();
  for (const auto& [id, conversation] : data_.conversations) gauges.active_conversations += conversation.is_over() ? 0U : 1U;
  for (const auto& [row, send] : data_.sends) {
    if (send.state == Send::State::sending) continue;
    ++gauges.queued_sends;
    if (send.state == Send::State::queued) note(gauges.oldest_send_due, send.due_at);
  }
  for (const auto& [endpoint, keys] : data_.unfinished) {
    gauges.unfinished_deliveries += keys.size();
    for (const auto key : keys) note(gauges.oldest_delivery_due, *data_.deliveries.at(key).delivery.due_at);
  }
  gauges.unfinished_calls = data_.calls.size();
  for (const auto& [key, call] : data_.calls) note(gauges.oldest_call_due, call.due_at);
  return gauges;
}

}  // namespace answerback::storage::memory
