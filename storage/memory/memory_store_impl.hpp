// The store in memory behind memory_store.hpp; its methods are spread over the files of this folder.
#pragma once

#include <mutex>

#include "storage/memory/data.hpp"
#include "storage/memory_store.hpp"

namespace answerback::storage::memory {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(engine::Origin origin) : MemoryStore(origin, Data(origin)) {}
  // One that holds this already, and has leased none of it: as if it were opened again.
  MemoryStore(engine::Origin origin, Data data) : identity_{origin, origin == engine::no_origin, ""}, data_(std::move(data)) {}
  Data& data() { return data_; }  // while nobody else writes

  std::vector<std::optional<ContactState>> load(std::span<const Address> addresses) override;
  void commit(std::span<const Commit> commits) override;
  std::vector<std::optional<engine::MessageId>> seen(std::span<const DedupKey> keys) override;

  std::optional<engine::Conversation> conversation(const engine::ConversationId& id) override;
  std::optional<engine::Message> message(const engine::MessageId& id) override;
  std::optional<engine::Message> message_by_provider(const std::string& carrier, const std::string& provider_id) override;
  std::optional<engine::CampaignEntry> campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) override;
  std::vector<DueTimer> due_timers(Instant now, std::size_t limit) override;
  std::optional<Instant> next_timer() override;
  std::optional<IdempotencyRecord> idempotency(const std::string& key_hash) override;
  std::optional<engine::ContactKey> external_id_owner(const std::string& external_id) override;
  std::optional<engine::Conversation> last_conversation(engine::ContactKey contact) override;
  std::vector<engine::Message> newest_messages(const engine::ConversationId& id, std::size_t limit) override;

  LeasedSends lease_sends(Instant now, webhooks::SendQuota quota) override;
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, Instant now) override;
  std::vector<engine::Message> recover_sends() override;
  webhooks::LeasedDeliveries lease_deliveries(Instant now, std::span<const webhooks::Want> wants) override;
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settlements, std::span<const OperationalEvent> events) override;
  webhooks::LeasedCalls lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) override;
  void retry_calls(std::span<const webhooks::CallSettlement> settlements) override;
  Redelivery redeliver(webhooks::DeliveryKey key, Instant now) override;
  bool skip(webhooks::DeliveryKey key, Instant now) override;
  std::size_t replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const StoredEvent&)>& wanted,
                     ReplayBounds bounds, Instant now) override;
  std::vector<webhooks::DeliveryKey> add_event(const OperationalEvent& event, Instant now) override;

  std::uint32_t publish_flow(const std::string& name, const std::string& source, Instant at) override;
  webhooks::EndpointKey add_endpoint(webhooks::Endpoint endpoint) override;
  bool update_endpoint(const webhooks::Endpoint& endpoint) override;
  bool remove_endpoint(webhooks::EndpointKey key) override;
  engine::CampaignKey add_campaign(const engine::Campaign& campaign, Instant at) override;
  bool set_campaign_state(engine::CampaignKey key, const std::string& state) override;
  std::size_t add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) override;
  std::vector<engine::ContactKey> waiting_entries(engine::CampaignKey key, std::size_t limit) override;
  void add_api_key(const ApiKey& key) override;
  bool revoke_api_key(const std::string& id, Instant at) override;
  void store_idempotency(const IdempotencyRecord& record) override;
  bool erase_contact(engine::ContactKey key, const std::string& phone_hash, Instant at,
                     const std::optional<OperationalEvent>& announcement) override;
  std::size_t end_erasures(Instant now) override;
  bool is_suppressed(const std::string& phone_hash) override;
  std::size_t purge(Instant older_than, std::size_t limit) override;
  void transaction(const std::function<void()>& body) override;

  std::optional<engine::Contact> find_contact(const std::string& phone) override;
  std::optional<engine::Contact> find_contact(engine::ContactKey key) override;
  Page<engine::Contact> list_contacts(const ContactFilter& filter, const PageRequest& page) override;
  std::optional<engine::Conversation> find_conversation(const engine::ConversationId& id) override;
  Page<engine::Conversation> list_conversations(const ConversationFilter& filter, const PageRequest& page) override;
  Page<engine::Message> list_messages(const MessageFilter& filter, const PageRequest& page) override;
  std::vector<engine::Message> transcript(const engine::ConversationId& id) override;
  std::vector<engine::LedgerRow> ledger(engine::ContactKey contact) override;
  std::vector<FlowRevision> latest_flows() override;
  std::vector<FlowRevision> all_flows() override;
  std::optional<FlowRevision> find_flow(const std::string& name, std::optional<std::uint32_t> revision) override;
  std::vector<webhooks::Endpoint> endpoints() override;
  std::optional<webhooks::Endpoint> find_endpoint(webhooks::EndpointKey key) override;
  Page<StoredEvent> list_events(const std::string& type_pattern, const PageRequest& page) override;
  std::int64_t newest_event() override;
  std::optional<StoredEvent> find_event(const std::string& id) override;
  Page<Delivery> list_deliveries(const DeliveryFilter& filter, const PageRequest& page) override;
  std::optional<Delivery> find_delivery(webhooks::DeliveryKey key) override;
  std::vector<CampaignRecord> campaigns() override;
  std::optional<CampaignRecord> find_campaign(engine::CampaignKey key) override;
  std::vector<ApiKey> api_keys() override;
  Gauges gauges() override;

  Identity identity() override { return identity_; }
  KeyTrace key_trace() override;
  void remember_key(std::int64_t fingerprint) override;
  void mark_as_copy() override { throw StoreError("a store in memory has no copies"); }

  void clock_set_back(flows::Duration by, Instant now) override;
  std::optional<Instant> remember_clock(Instant) override { return std::nullopt; }  // nothing waits from one run to the next

  void backup_to(const std::string& file) override;
  std::vector<std::string> check() override;
  std::vector<std::string> mend(Instant, bool) override { return {}; }  // nothing in memory is damaged
  bool writable() override { return true; }
  std::uint64_t damaged_rows_read() override { return 0; }

 private:
  using Lock = std::scoped_lock<std::recursive_mutex>;

  void lease_send(Row row, Instant now, LeasedSends& into);
  webhooks::SendStart start_send(const webhooks::DueSend& due, Instant now);
  ContactState load_by_phone(const std::string& phone);
  void pull_forward(const webhooks::Want& want, Instant now, webhooks::LeasedDeliveries& leased);
  void settle(const webhooks::DeliverySettlement& settlement);
  std::vector<webhooks::DeliveryKey> insert_with_deliveries(const OperationalEvent& event, Instant now);
  CampaignRecord record_of(const KeptCampaign& kept) const;

  // Recursive, since a transaction holds it around calls that take it again.
  mutable std::recursive_mutex mutex_;
  const Identity identity_;
  Data data_;
  LeaseBook leases_;
  std::map<webhooks::EndpointKey, std::pair<Instant, Instant>> pulls_;  // how far waiting retries were pulled forward, and how far they are to be
  CallLeases call_leases_;
  SendLeases send_leases_;
  Instant sends_due_until_{};  // the latest that a lease saw: what was due stays so when the clock is set back
};

}  // namespace answerback::storage::memory
