// A store that passes everything on to another one. What writes goes through one place, where a test may let it fail, stop there, or keep it
// to do it once more.
#pragma once

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "storage/store.hpp"

namespace answerback::tests {

class PassingStore : public storage::Store {
 private:
  template <class T>
  static std::vector<T> copy(std::span<const T> things) {
    return {things.begin(), things.end()};
  }
  template <class Call>
  auto written(Call call) {
    using Result = std::invoke_result_t<Call&, Store&>;
    const auto again = [call](Store& store) mutable { static_cast<void>(call(store)); };
    if constexpr (std::is_void_v<Result>) {
      write([&call](Store& store) { call(store); }, again);
    } else {
      std::optional<Result> result;
      write([&call, &result](Store& store) { result = call(store); }, again);
      return std::move(*result);
    }
  }

 public:
  // clang-format off
  std::vector<std::optional<storage::ContactState>> load(std::span<const storage::Address> addresses) override { return inner().load(addresses); }
  void commit(std::span<const storage::Commit> commits) override { written([kept = copy(commits)](Store& store) { store.commit(kept); }); }
  void commit_ahead(std::span<const storage::Commit> commits) override { written([kept = copy(commits)](Store& store) { store.commit_ahead(kept); }); }
  void when_on_disk(std::function<void(bool)> told) override { inner().when_on_disk(std::move(told)); }
  bool wait_for_disk() override { return inner().wait_for_disk(); }
  std::chrono::nanoseconds waited_for_disk() override { return inner().waited_for_disk(); }

  storage::LeasedSends lease_sends(storage::Instant now, webhooks::SendQuota quota) override { return written([now, quota](Store& store) { return store.lease_sends(now, quota); }); }
  std::vector<engine::Message> recover_sends() override { return written([](Store& store) { return store.recover_sends(); }); }
  webhooks::LeasedDeliveries lease_deliveries(storage::Instant now, std::span<const webhooks::Want> wants) override { return written([now, wants = copy(wants)](Store& store) { return store.lease_deliveries(now, wants); }); }
  webhooks::LeasedCalls lease_calls(storage::Instant now, std::uint32_t slots, std::uint32_t per_host) override { return written([now, slots, per_host](Store& store) { return store.lease_calls(now, slots, per_host); }); }
  void retry_calls(std::span<const webhooks::CallSettlement> settlements) override { return written([settlements = copy(settlements)](Store& store) { return store.retry_calls(settlements); }); }
  Redelivery redeliver(webhooks::DeliveryKey key, storage::Instant now) override { return written([key, now](Store& store) { return store.redeliver(key, now); }); }
  bool skip(webhooks::DeliveryKey key, storage::Instant now) override { return written([key, now](Store& store) { return store.skip(key, now); }); }
  std::size_t replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const storage::StoredEvent&)>& wanted, ReplayBounds bounds, storage::Instant now) override {
    const auto begun = place;
    return written([=, &place, first = true](Store& store) mutable {
      auto here = begun;
      const auto made = store.replay(endpoint, here, wanted, bounds, now);
      if (std::exchange(first, false)) place = here;
      return made;
    });
  }
  std::vector<webhooks::DeliveryKey> add_event(const OperationalEvent& event, storage::Instant now) override { return written([event, now](Store& store) { return store.add_event(event, now); }); }
  std::uint32_t publish_flow(const std::string& name, const std::string& source, storage::Instant at) override { return written([name, source, at](Store& store) { return store.publish_flow(name, source, at); }); }
  webhooks::EndpointKey add_endpoint(webhooks::Endpoint endpoint) override { return written([endpoint](Store& store) { return store.add_endpoint(endpoint); }); }
  bool update_endpoint(const webhooks::Endpoint& endpoint) override { return written([endpoint](Store& store) { return store.update_endpoint(endpoint); }); }
  bool remove_endpoint(webhooks::EndpointKey key) override { return written([key](Store& store) { return store.remove_endpoint(key); }); }
  engine::CampaignKey add_campaign(const engine::Campaign& campaign, storage::Instant at) override { return written([campaign, at](Store& store) { return store.add_campaign(campaign, at); }); }
  bool set_campaign_state(engine::CampaignKey key, const std::string& state) override { return written([key, state](Store& store) { return store.set_campaign_state(key, state); }); }
  std::size_t add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) override { return written([key, contacts = copy(contacts)](Store& store) { return store.add_campaign_entries(key, contacts); }); }
  void add_api_key(const storage::ApiKey& key) override { return written([key](Store& store) { return store.add_api_key(key); }); }
  bool revoke_api_key(const std::string& id, storage::Instant at) override { return written([id, at](Store& store) { return store.revoke_api_key(id, at); }); }
  void store_idempotency(const storage::IdempotencyRecord& record) override { return written([record](Store& store) { return store.store_idempotency(record); }); }
  bool erase_contact(engine::ContactKey key, const std::string& hash, storage::Instant at, const std::optional<OperationalEvent>& announcement) override { return written([key, hash, at, announcement](Store& store) { return store.erase_contact(key, hash, at, announcement); }); }
  std::size_t end_erasures(storage::Instant now) override { return written([now](Store& store) { return store.end_erasures(now); }); }
  std::size_t purge(storage::Instant older_than, std::size_t limit) override { return written([older_than, limit](Store& store) { return store.purge(older_than, limit); }); }
  void clock_set_back(flows::Duration by, storage::Instant now) override { return written([by, now](Store& store) { return store.clock_set_back(by, now); }); }
  std::optional<storage::Instant> remember_clock(storage::Instant now) override { return written([now](Store& store) { return store.remember_clock(now); }); }
  void remember_key(std::int64_t fingerprint) override { return written([fingerprint](Store& store) { return store.remember_key(fingerprint); }); }
  void mark_as_copy() override { return written([](Store& store) { return store.mark_as_copy(); }); }
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, storage::Instant now) override { return written([sends = copy(sends), now](Store& store) { return store.start_sends(sends, now); }); }
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) override { written([settled = copy(settled), events = copy(events)](Store& store) { store.settle_deliveries(settled, events); }); }
  void transaction(const std::function<void()>& body) override { inner().transaction(body); }

  std::vector<std::optional<engine::MessageId>> seen(std::span<const storage::DedupKey> keys) override { return inner().seen(keys); }
  std::optional<engine::Conversation> conversation(const engine::ConversationId& id) override { return inner().conversation(id); }
  std::optional<engine::Message> message(const engine::MessageId& id) override { return inner().message(id); }
  std::optional<engine::Message> message_by_provider(const std::string& carrier, const std::string& id) override { return inner().message_by_provider(carrier, id); }
  std::optional<engine::CampaignEntry> campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) override { return inner().campaign_entry(campaign, contact); }
  std::vector<storage::DueTimer> due_timers(storage::Instant now, std::size_t limit) override { return inner().due_timers(now, limit); }
  std::optional<storage::Instant> next_timer() override { return inner().next_timer(); }
  std::optional<storage::IdempotencyRecord> idempotency(const std::string& hash) override { return inner().idempotency(hash); }
  std::optional<engine::ContactKey> external_id_owner(const std::string& id) override { return inner().external_id_owner(id); }
  std::optional<engine::Conversation> last_conversation(engine::ContactKey contact) override { return inner().last_conversation(contact); }
  std::vector<engine::Message> newest_messages(const engine::ConversationId& id, std::size_t limit) override { return inner().newest_messages(id, limit); }
  std::vector<engine::ContactKey> waiting_entries(engine::CampaignKey key, std::size_t limit) override { return inner().waiting_entries(key, limit); }
  bool is_suppressed(const std::string& hash) override { return inner().is_suppressed(hash); }
  std::optional<engine::Contact> find_contact(const std::string& phone) override { return inner().find_contact(phone); }
  std::optional<engine::Contact> find_contact(engine::ContactKey key) override { return inner().find_contact(key); }
  storage::Page<engine::Contact> list_contacts(const storage::ContactFilter& filter, const storage::PageRequest& page) override { return inner().list_contacts(filter, page); }
  std::optional<engine::Conversation> find_conversation(const engine::ConversationId& id) override { return inner().find_conversation(id); }
  storage::Page<engine::Conversation> list_conversations(const storage::ConversationFilter& filter, const storage::PageRequest& page) override { return inner().list_conversations(filter, page); }
  storage::Page<engine::Message> list_messages(const storage::MessageFilter& filter, const storage::PageRequest& page) override { return inner().list_messages(filter, page); }
  std::vector<engine::Message> transcript(const engine::ConversationId& id) override { return inner().transcript(id); }
  std::vector<engine::LedgerRow> ledger(engine::ContactKey contact) override { return inner().ledger(contact); }
  std::vector<storage::FlowRevision> latest_flows() override { return inner().latest_flows(); }
  std::vector<storage::FlowRevision> all_flows() override { return inner().all_flows(); }
  std::optional<storage::FlowRevision> find_flow(const std::string& name, std::optional<std::uint32_t> revision) override { return inner().find_flow(name, revision); }
  std::vector<webhooks::Endpoint> endpoints() override { return inner().endpoints(); }
  std::optional<webhooks::Endpoint> find_endpoint(webhooks::EndpointKey key) override { return inner().find_endpoint(key); }
  storage::Page<storage::StoredEvent> list_events(const std::string& pattern, const storage::PageRequest& page) override { return inner().list_events(pattern, page); }
  std::int64_t newest_event() override { return inner().newest_event(); }
  std::optional<storage::StoredEvent> find_event(const std::string& id) override { return inner().find_event(id); }
  storage::Page<storage::Delivery> list_deliveries(const storage::DeliveryFilter& filter, const storage::PageRequest& page) override { return inner().list_deliveries(filter, page); }
  std::optional<storage::Delivery> find_delivery(webhooks::DeliveryKey key) override { return inner().find_delivery(key); }
  std::vector<storage::CampaignRecord> campaigns() override { return inner().campaigns(); }
  std::optional<storage::CampaignRecord> find_campaign(engine::CampaignKey key) override { return inner().find_campaign(key); }
  std::vector<storage::ApiKey> api_keys() override { return inner().api_keys(); }
  storage::Gauges gauges() override { return inner().gauges(); }
  void backup_to(const std::string& file) override { inner().backup_to(file); }
  std::vector<std::string> check() override { return inner().check(); }
  std::vector<std::string> mend(storage::Instant now, bool keep) override { return inner().mend(now, keep); }
  storage::Identity identity() override { return inner().identity(); }
  storage::KeyTrace key_trace() override { return inner().key_trace(); }
  std::uint64_t damaged_rows_read() override { return inner().damaged_rows_read(); }
  std::string misplaced() override { return inner().misplaced(); }
  void tend() override { inner().tend(); }
  // clang-format on

 protected:
  virtual storage::Store& inner() = 0;
  // A writing call. `first` gives its caller the result; `again` does the same to another store that has seen the same.
  virtual void write(const std::function<void(Store&)>& first, std::function<void(Store&)> again) {
    static_cast<void>(again);
    first(inner());
  }
};

}  // namespace answerback::tests
