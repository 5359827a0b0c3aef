#include <algorithm>

#include "storage/memory/changes.hpp"
#include "storage/memory/memory_store_impl.hpp"

namespace answerback::storage::memory {

namespace {

std::uint64_t& counter(CampaignRecord& record, engine::EntryState state) {
  switch (state) {
    case engine::EntryState::waiting: return record.waiting;
    case engine::EntryState::started: return record.started;
    case engine::EntryState::entered: return record.entered;
    case engine::EntryState::skipped_opted_out: return record.skipped_opted_out;
    case engine::EntryState::skipped_active: return record.skipped_active;
    case engine::EntryState::failed: return record.failed;
  }
  throw std::logic_error("an entry's state that is none");
}

}  // namespace

std::uint32_t MemoryStore::publish_flow(const std::string& name, const std::string& source, Instant at) {
  const Lock lock(mutex_);
  auto& revisions = data_.flows[name];
  const auto revision = static_cast<std::uint32_t>(revisions.size() + 1);
  revisions.push_back({name, revision, source, at});
  return revision;
}

std::vector<FlowRevision> MemoryStore::latest_flows() {
  const Lock lock(mutex_);
  std::vector<FlowRevision> latest;
  for (const auto& [name, revisions] : data_.flows) latest.push_back(revisions.back());
  return latest;
}

std::vector<FlowRevision> MemoryStore::all_flows() {
  const Lock lock(mutex_);
  std::vector<FlowRevision> all;
  for (const auto& [name, revisions] : data_.flows) all.insert(all.end(), revisions.begin(), revisions.end());
  return all;
}

std::optional<FlowRevision> MemoryStore::find_flow(const std::string& name, std::optional<std::uint32_t> revision) {
  const Lock lock(mutex_);
  const auto it = data_.flows.find(name);
  if (it == data_.flows.end()) return std::nullopt;
  if (!revision) return it->second.back();
  return *revision == 0 || *revision > it->second.size() ? std::nullopt : std::optional(it->second[*revision - 1]);
}

webhooks::EndpointKey MemoryStore::add_endpoint(webhooks::Endpoint endpoint) {
  const Lock lock(mutex_);
  endpoint.key = {data_.next_endpoint++};
  data_.endpoints[endpoint.key.value] = endpoint;
  return endpoint.key;
}

bool MemoryStore::update_endpoint(const webhooks::Endpoint& endpoint) {
  const Lock lock(mutex_);
  const auto it = data_.endpoints.find(endpoint.key.value);
  if (it == data_.endpoints.end()) return false;
  const auto created_at = it->second.created_at;
  it->second = endpoint;
  it->second.created_at = created_at;
  return true;
}

bool MemoryStore::remove_endpoint(webhooks::EndpointKey key) {
  const Lock lock(mutex_);
  const auto& unfinished = data_.unfinished[key.value];
  std::size_t removed = 0;
  // The newest first: what waits behind another one goes before it.
  for (; !unfinished.empty() && removed < deliveries_removed_at_once; ++removed) drop_delivery(data_, *unfinished.rbegin());
  strip_kept_events(data_, Instant::min());
  leases_.forget(key);
  pulls_.erase(key);
  return data_.endpoints.erase(key.value) + removed != 0;
}

std::vector<webhooks::Endpoint> MemoryStore::endpoints() {
  const Lock lock(mutex_);
  std::vector<webhooks::Endpoint> all;
  for (const auto& [key, endpoint] : data_.endpoints) all.push_back(endpoint);
  return all;
}

std::optional<webhooks::Endpoint> MemoryStore::find_endpoint(webhooks::EndpointKey key) {
  const Lock lock(mutex_);
  const auto it = data_.endpoints.find(key.value);
  return it == data_.endpoints.end() ? std::nullopt : std::optional(it->second);
}

engine::CampaignKey MemoryStore::add_campaign(const engine::Campaign& campaign, Instant at) {
  const Lock lock(mutex_);
  KeptCampaign kept{campaign, "draft", at};
  kept.campaign.key = {data_.next_campaign++};
  data_.campaigns[kept.campaign.key.value] = kept;
  return kept.campaign.key;
}

bool MemoryStore::set_campaign_state(engine::CampaignKey key, const std::string& state) {
  const Lock lock(mutex_);
  const auto it = data_.campaigns.find(key.value);
  if (it == data_.campaigns.end()) return false;
  it->second.state = state;
  return true;
}

std::size_t MemoryStore::add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) {
  const Lock lock(mutex_);
  std::size_t added = 0;
  for (const auto contact : contacts) added += data_.entries.try_emplace({key.value, contact.value}, engine::EntryState::waiting).second;
  return added;
}

std::vector<engine::ContactKey> MemoryStore::waiting_entries(engine::CampaignKey key, std::size_t limit) {
  const Lock lock(mutex_);
  std::vector<engine::ContactKey> contacts;
  for (auto it = data_.entries.lower_bound({key.value, 0}); it != data_.entries.end() && it->first.first == key.value; ++it) {
    if (contacts.size() == limit) break;
    if (it->second == engine::EntryState::waiting) contacts.push_back({it->first.second});
  }
  return contacts;
}

CampaignRecord MemoryStore::record_of(const KeptCampaign& kept) const {
  CampaignRecord record;
  record.campaign = kept.campaign;
  record.state = kept.state;
  record.created_at = kept.created_at;
  const auto key = kept.campaign.key.value;
  for (auto it = data_.entries.lower_bound({key, 0}); it != data_.entries.end() && it->first.first == key; ++it)
    ++counter(record, it->second);
  return record;
}

std::vector<CampaignRecord> MemoryStore::campaigns() {
  const Lock lock(mutex_);
  std::vector<CampaignRecord> records;
  for (const auto& [key, kept] : data_.campaigns) records.push_back(record_of(kept));
  return records;
}

std::optional<CampaignRecord> MemoryStore::find_campaign(engine::CampaignKey key) {
  const Lock lock(mutex_);
  const auto it = data_.campaigns.find(key.value);
  return it == data_.campaigns.end() ? std::nullopt : std::optional(record_of(it->second));
}

void MemoryStore::add_api_key(const ApiKey& key) {
  const Lock lock(mutex_);
  const auto same = [&](const ApiKey& other) { return other.id == key.id; };
  if (std::any_of(data_.api_keys.begin(), data_.api_keys.end(), same)) throw Contradiction("an API key's id comes twice");
  data_.api_keys.push_back(key);
}

bool MemoryStore::revoke_api_key(const std::string& id, Instant at) {
  const Lock lock(mutex_);
  for (auto& key : data_.api_keys) {
    if (key.id != id || key.revoked_at) continue;
    key.revoked_at = at;
    return true;
  }
  return false;
}

std::vector<ApiKey> MemoryStore::api_keys() {
  const Lock lock(mutex_);
  return data_.api_keys;
}

void MemoryStore::store_idempotency(const IdempotencyRecord& record) {
  const Lock lock(mutex_);
  data_.answers[record.key_hash] = {record, {}};
}

bool MemoryStore::is_suppressed(const std::string& phone_hash) {
  const Lock lock(mutex_);
  return data_.suppressed.contains(phone_hash);
}

}  // namespace answerback::storage::memory
