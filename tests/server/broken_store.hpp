// A store that passes everything on to another one, and whose commits or loads can be made to fail as a full disk would, or to
// take as long as the test wants to get to the disk.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "storage/store.hpp"

namespace answerback::tests {

class BrokenStore : public storage::Store {
 public:
  explicit BrokenStore(storage::Store& inner) : inner_(inner) {}

  bool load_fails = false;
  bool commit_fails = false;
  std::atomic<int> settles_to_fail = 0;
  std::atomic<int> starts_to_fail = 0;
  std::atomic<int> commits_to_fail = 0;
  std::size_t commits = 0;  // calls that went through
  // What is committed ahead is on disk only with reach_disk().
  std::atomic<bool> disk_is_slow = false;
  std::atomic<int> waits_for_disk = 0;
  std::atomic<int> commits_ahead = 0;
  std::atomic<int> told_later = 0;  // who waits to hear that the disk has it is known only a moment after the commit
  void reach_disk(bool works = true);

  // clang-format off
  std::vector<std::optional<storage::ContactState>> load(std::span<const storage::Address> addresses) override;
  void commit(std::span<const storage::Commit> all) override;
  void commit_ahead(std::span<const storage::Commit> all) override;
  void when_on_disk(std::function<void(bool)> told) override;
  bool wait_for_disk() override;
  std::chrono::nanoseconds waited_for_disk() override { return inner_.waited_for_disk(); }

  std::vector<std::optional<engine::MessageId>> seen(std::span<const storage::DedupKey> keys) override { return inner_.seen(keys); }
  std::optional<engine::Conversation> conversation(const engine::ConversationId& id) override { return inner_.conversation(id); }
  std::optional<engine::Message> message(const engine::MessageId& id) override { return inner_.message(id); }
  std::optional<engine::Message> message_by_provider(const std::string& carrier, const std::string& id) override { return inner_.message_by_provider(carrier, id); }
  std::optional<engine::CampaignEntry> campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) override { return inner_.campaign_entry(campaign, contact); }
  std::vector<storage::DueTimer> due_timers(storage::Instant now, std::size_t limit) override { return inner_.due_timers(now, limit); }
  std::optional<storage::Instant> next_timer() override { return inner_.next_timer(); }
  std::optional<storage::IdempotencyRecord> idempotency(const std::string& hash) override { return inner_.idempotency(hash); }
  std::optional<engine::ContactKey> external_id_owner(const std::string& id) override { return inner_.external_id_owner(id); }
  std::optional<engine::Conversation> last_conversation(engine::ContactKey contact) override { return inner_.last_conversation(contact); }
  std::vector<engine::Message> newest_messages(const engine::ConversationId& id, std::size_t limit) override { return inner_.newest_messages(id, limit); }

  storage::LeasedSends lease_sends(storage::Instant now, webhooks::SendQuota quota) override { return inner_.lease_sends(now, std::move(quota)); }
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, storage::Instant now) override;
  std::vector<engine::Message> recover_sends() override { return inner_.recover_sends(); }
  webhooks::LeasedDeliveries lease_deliveries(storage::Instant now, std::span<const webhooks::Want> wants) override { return inner_.lease_deliveries(now, wants); }
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) override;
  webhooks::LeasedCalls lease_calls(storage::Instant now, std::uint32_t slots, std::uint32_t per_host) override { return inner_.lease_calls(now, slots, per_host); }
  void retry_calls(std::span<const webhooks::CallSettlement> settlements) override { inner_.retry_calls(settlements); }
  Redelivery redeliver(webhooks::DeliveryKey key, storage::Instant now) override { return inner_.redeliver(key, now); }
  bool skip(webhooks::DeliveryKey key, storage::Instant now) override { return inner_.skip(key, now); }
  std::size_t replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const storage::StoredEvent&)>& wanted, ReplayBounds bounds, storage::Instant now) override { return inner_.replay(endpoint, place, wanted, bounds, now); }
  std::vector<webhooks::DeliveryKey> add_event(const OperationalEvent& event, storage::Instant now) override { return inner_.add_event(event, now); }

  std::uint32_t publish_flow(const std::string& name, const std::string& source, storage::Instant at) override { return inner_.publish_flow(name, source, at); }
  webhooks::EndpointKey add_endpoint(webhooks::Endpoint endpoint) override { return inner_.add_endpoint(std::move(endpoint)); }
  bool update_endpoint(const webhooks::Endpoint& endpoint) override { return inner_.update_endpoint(endpoint); }
  bool remove_endpoint(webhooks::EndpointKey key) override { return inner_.remove_endpoint(key); }
  engine::CampaignKey add_campaign(const engine::Campaign& campaign, storage::Instant at) override { return inner_.add_campaign(campaign, at); }
  bool set_campaign_state(engine::CampaignKey key, const std::string& state) override { return inner_.set_campaign_state(key, state); }
  std::size_t add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) override { return inner_.add_campaign_entries(key, contacts); }
  std::vector<engine::ContactKey> waiting_entries(engine::CampaignKey key, std::size_t limit) override { return inner_.waiting_entries(key, limit); }
  void add_api_key(const storage::ApiKey& key) override { inner_.add_api_key(key); }
  bool revoke_api_key(const std::string& id, storage::Instant at) override { return inner_.revoke_api_key(id, at); }
  void store_idempotency(const storage::IdempotencyRecord& record) override { inner_.store_idempotency(record); }
  bool erase_contact(engine::ContactKey key, const std::string& hash, storage::Instant at, const std::optional<OperationalEvent>& announcement) override { return inner_.erase_contact(key, hash, at, announcement); }
  std::size_t end_erasures(storage::Instant now) override { return inner_.end_erasures(now); }
  bool is_suppressed(const std::string& hash) override { return inner_.is_suppressed(hash); }
  std::size_t purge(storage::Instant older_than, std::size_t limit) override { return inner_.purge(older_than, limit); }
  void transaction(const std::function<void()>& body) override { inner_.transaction(body); }

  std::optional<engine::Contact> find_contact(const std::string& phone) override { return inner_.find_contact(phone); }
  std::optional<engine::Contact> find_contact(engine::ContactKey key) override { return inner_.find_contact(key); }
  storage::Page<engine::Contact> list_contacts(const storage::ContactFilter& filter, const storage::PageRequest& page) override { return inner_.list_contacts(filter, page); }
  std::optional<engine::Conversation> find_conversation(const engine::ConversationId& id) override { return inner_.find_conversation(id); }
  storage::Page<engine::Conversation> list_conversations(const storage::ConversationFilter& filter, const storage::PageRequest& page) override { return inner_.list_conversations(filter, page); }
  storage::Page<engine::Message> list_messages(const storage::MessageFilter& filter, const storage::PageRequest& page) override { return inner_.list_messages(filter, page); }
  std::vector<engine::Message> transcript(const engine::ConversationId& id) override { return inner_.transcript(id); }
  std::vector<engine::LedgerRow> ledger(engine::ContactKey contact) override { return inner_.ledger(contact); }
  std::vector<storage::FlowRevision> latest_flows() override { return inner_.latest_flows(); }
  std::vector<storage::FlowRevision> all_flows() override { return inner_.all_flows(); }
  std::optional<storage::FlowRevision> find_flow(const std::string& name, std::optional<std::uint32_t> revision) override { return inner_.find_flow(name, revision); }
  std::vector<webhooks::Endpoint> endpoints() override { return inner_.endpoints(); }
  std::optional<webhooks::Endpoint> find_endpoint(webhooks::EndpointKey key) override { return inner_.find_endpoint(key); }
  storage::Page<storage::StoredEvent> list_events(const std::string& pattern, const storage::PageRequest& page) override { return inner_.list_events(pattern, page); }
  std::int64_t newest_event() override { return inner_.newest_event(); }
  std::optional<storage::StoredEvent> find_event(const std::string& id) override { return inner_.find_event(id); }
  storage::Page<storage::Delivery> list_deliveries(const storage::DeliveryFilter& filter, const storage::PageRequest& page) override { return inner_.list_deliveries(filter, page); }
  std::optional<storage::Delivery> find_delivery(webhooks::DeliveryKey key) override { return inner_.find_delivery(key); }
  std::vector<storage::CampaignRecord> campaigns() override { return inner_.campaigns(); }
  std::optional<storage::CampaignRecord> find_campaign(engine::CampaignKey key) override { return inner_.find_campaign(key); }
  std::vector<storage::ApiKey> api_keys() override { return inner_.api_keys(); }
  storage::Gauges gauges() override { return inner_.gauges(); }

  void backup_to(const std::string& file) override { inner_.backup_to(file); }
  void clock_set_back(flows::Duration by, storage::Instant now) override { inner_.clock_set_back(by, now); }
  std::optional<storage::Instant> remember_clock(storage::Instant now) override { return inner_.remember_clock(now); }
  std::vector<std::string> check() override { return inner_.check(); }
  std::vector<std::string> mend(storage::Instant now, bool keep) override { return inner_.mend(now, keep); }
  storage::Identity identity() override { return inner_.identity(); }
  storage::KeyTrace key_trace() override { return inner_.key_trace(); }
  void remember_key(std::int64_t fingerprint) override { inner_.remember_key(fingerprint); }
  void mark_as_copy() override { inner_.mark_as_copy(); }
  std::uint64_t damaged_rows_read() override { return inner_.damaged_rows_read(); }
  std::string misplaced() override { return inner_.misplaced(); }
  bool writable() override { return !commit_fails && inner_.writable(); }
  void tend() override { inner_.tend(); }
  // clang-format on

 private:
  storage::Store& inner_;
  std::mutex mutex_;
  std::vector<std::function<void(bool)>> waiting_;
};

}  // namespace answerback::tests
