#include <algorithm>

#include "storage/dedup.hpp"
#include "storage/memory/memory_store_impl.hpp"
#include "storage/phone_digits.hpp"

namespace answerback::storage {

std::unique_ptr<Store> make_memory_store(engine::Origin origin) { return std::make_unique<memory::MemoryStore>(origin); }

}  // namespace answerback::storage

namespace answerback::storage::memory {

namespace {

// A copy of what a map holds at a key.
template <class Map>
std::optional<typename Map::mapped_type> copy_at(const Map& map, const typename Map::key_type& key) {
  const auto it = map.find(key);
  return it == map.end() ? std::nullopt : std::optional(it->second);
}

ContactState state_of(const Data& data, const engine::Contact& contact) {
  return {contact, false, copy_at(data.conversations, {contact.key, contact.active})};
}

}  // namespace

ContactState MemoryStore::load_by_phone(const std::string& phone) {
  phone_digits(phone);
  if (const auto it = data_.by_phone.find(phone); it != data_.by_phone.end()) return state_of(data_, data_.contacts.at(it->second));
  const auto [it, fresh] = data_.reserved.try_emplace(phone, data_.next_contact);
  if (fresh) ++data_.next_contact;
  ContactState state;
  state.is_new = true;
  state.contact.key = {it->second};
  state.contact.phone = phone;
  return state;
}

std::vector<std::optional<ContactState>> MemoryStore::load(std::span<const Address> addresses) {
  const Lock lock(mutex_);
  std::vector<std::optional<ContactState>> states;
  for (const auto& address : addresses) {
    if (const auto* by_phone = std::get_if<ByPhone>(&address)) {
      states.emplace_back(load_by_phone(by_phone->phone));
    } else {
      const auto it = data_.contacts.find(std::get<engine::ContactKey>(address));
      states.push_back(it == data_.contacts.end() ? std::nullopt : std::optional(state_of(data_, it->second)));
    }
  }
  return states;
}

std::optional<engine::ContactKey> MemoryStore::external_id_owner(const std::string& external_id) {
  const Lock lock(mutex_);
  for (const auto& [key, contact] : data_.contacts) {
    if (!external_id.empty() && contact.external_id == external_id) return key;
  }
  return std::nullopt;
}

std::optional<engine::Conversation> MemoryStore::last_conversation(engine::ContactKey contact) {
  const Lock lock(mutex_);
  const auto& order = data_.conversation_order;
  const auto it = std::find_if(order.rbegin(), order.rend(), [&](const auto& id) { return id.contact == contact; });
  return it == order.rend() ? std::nullopt : std::optional(data_.conversations.at(*it));
}

std::vector<engine::Message> MemoryStore::newest_messages(const engine::ConversationId& id, std::size_t limit) {
  auto messages = transcript(id);
  if (messages.size() > limit) messages.erase(messages.begin(), messages.end() - static_cast<std::ptrdiff_t>(limit));
  return messages;
}

std::vector<std::optional<engine::MessageId>> MemoryStore::seen(std::span<const DedupKey> keys) {
  const Lock lock(mutex_);
  std::vector<std::optional<engine::MessageId>> ids;
  for (const auto& key : keys) ids.push_back(copy_at(data_.seen, key));
  return ids;
}

std::optional<engine::Conversation> MemoryStore::conversation(const engine::ConversationId& id) {
  const Lock lock(mutex_);
  return copy_at(data_.conversations, id);
}

std::optional<engine::Message> MemoryStore::message(const engine::MessageId& id) {
  const Lock lock(mutex_);
  const auto row = copy_at(data_.message_rows, id);
  return row ? std::optional(data_.message(*row)) : std::nullopt;
}

std::optional<engine::Message> MemoryStore::message_by_provider(const std::string& carrier, const std::string& provider_id) {
  const Lock lock(mutex_);
  const auto row = copy_at(data_.provider_ids, dedup_key(carrier, provider_id));
  return row ? std::optional(data_.message(*row)) : std::nullopt;
}

std::optional<engine::CampaignEntry> MemoryStore::campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) {
  const Lock lock(mutex_);
  const auto state = copy_at(data_.entries, {campaign.value, contact.value});
  return state ? std::optional(engine::CampaignEntry{campaign, contact, *state}) : std::nullopt;
}

std::vector<DueTimer> MemoryStore::due_timers(Instant now, std::size_t limit) {
  const Lock lock(mutex_);
  std::vector<DueTimer> due;
  for (const auto& [due_at, id] : data_.timers) {
    if (due_at > now || due.size() == limit) break;
    due.push_back({id, data_.conversations.at(id).turn, due_at});
  }
  return due;
}

std::optional<Instant> MemoryStore::next_timer() {
  const Lock lock(mutex_);
  return data_.timers.empty() ? std::nullopt : std::optional(data_.timers.begin()->first);
}

std::optional<IdempotencyRecord> MemoryStore::idempotency(const std::string& key_hash) {
  const Lock lock(mutex_);
  const auto kept = copy_at(data_.answers, key_hash);
  return kept ? std::optional(kept->record) : std::nullopt;
}

}  // namespace answerback::storage::memory
