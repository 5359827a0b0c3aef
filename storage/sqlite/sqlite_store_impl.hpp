// The embedded store behind sqlite_store.hpp; its methods are spread over the files of this folder by what they are about.
#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>

#include "storage/call_leases.hpp"
#include "storage/lease_book.hpp"
#include "storage/send_leases.hpp"
#include "storage/sqlite/checkpointer.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/lock_file.hpp"
#include "storage/sqlite/readers.hpp"
#include "storage/sqlite/turn_writer.hpp"
#include "storage/sqlite/wal_sync.hpp"
#include "storage/sqlite_store.hpp"

namespace answerback::storage {

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const SqliteOptions& options);
  ~SqliteStore() override;

  std::vector<std::optional<ContactState>> load(std::span<const Address> addresses) override;
  void commit(std::span<const Commit> commits) override;
  void commit_ahead(std::span<const Commit> commits) override;
  void when_on_disk(std::function<void(bool on_disk)> told) override;
  bool wait_for_disk() override;
  std::chrono::nanoseconds waited_for_disk() override;
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
  void mark_as_copy() override;

  void clock_set_back(flows::Duration by, Instant now) override;
  std::optional<Instant> remember_clock(Instant now) override;

  void backup_to(const std::string& file) override;
  std::vector<std::string> check() override;
  std::vector<std::string> mend(Instant now, bool keep) override;
  bool writable() override;
  std::uint64_t damaged_rows_read() override { return writer_->damaged_rows_read() + readers_->damaged_rows_read(); }
  std::string misplaced() override;
  void tend() override;

  // How large the file may grow, in pages of 4 KiB: a full disk at will, for tests.
  void limit_pages(std::int64_t pages);

 private:
  // One transaction of the writer's, or a part of the one that is open already.
  class Writing {
   public:
    explicit Writing(SqliteStore& store);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    void commit();

   private:
    SqliteStore& store_;
    bool done_ = false;
  };
  // While it lives, transactions of their own do not wait for the disk.
  class Ahead {
   public:
    explicit Ahead(SqliteStore& store) : store_(store) { store.ahead_ = store.depth_ == 0; }
    ~Ahead() { store_.ahead_ = false; }
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;

   private:
    SqliteStore& store_;
  };
  // A snapshot on a reader's connection, and the turn to use it. When it ends, its turn goes first, and then what was seen is on disk.
  class Reading {
   public:
    explicit Reading(SqliteStore& store)
        : seen_{store}, turn_(store.readers_->take()), db(turn_.db), transaction_(db, Transaction::Kind::read) {}

   private:
    struct Seen {
      SqliteStore& store;
      ~Seen() { store.wait_for_disk(); }
    };
    Seen seen_;
    Readers::Turn turn_;

   public:
    Connection& db;

   private:
    Transaction transaction_;
  };

  void hold_files();
  void set_up_writer();
  void begin_writing();
  void end_writing();
  void leave_writing();
  bool broken() const;
  ContactState reserve(const std::string& phone);
  bool lease_send(std::int64_t row, std::uint32_t attempts, Instant due_at, Instant now, LeasedSends& into);
  std::optional<Instant> next_send_due(const webhooks::SendQuota& quota);
  webhooks::SendStart start_send(const webhooks::DueSend& send, Instant now);
  // How far the waiting retries of an endpoint that works again have been pulled forward.
  struct Pull {
    Instant after;
    std::optional<Instant> last;
  };
  std::vector<LeaseBook::Candidate> waiting_deliveries(const webhooks::Want& want, Instant now);
  void pull_forward(std::span<const webhooks::Want> wants, Instant now, webhooks::LeasedDeliveries& leased);
  Instant latest_retry(webhooks::EndpointKey endpoint);
  std::vector<std::int64_t> retries_between(const webhooks::Want& want, Pull& pull);
  void settle(const webhooks::DeliverySettlement& settlement);
  void remove_overdue_calls(Instant now);
  void lease_calls_to(const std::string& host, std::uint32_t slots, Instant now, webhooks::LeasedCalls& into);
  std::vector<webhooks::DeliveryKey> insert_with_deliveries(const OperationalEvent& event, Instant now);

  SqliteOptions options_;
  std::string file_;
  std::optional<LockFile> folder_lock_;  // an older version knows this one alone
  std::optional<LockFile> file_lock_;
  // SQLite makes these beside the file and leaves them where they are until it closes.
  struct SideFile {
    const char* ending;
    std::uint64_t inode = 0;
  };
  std::array<SideFile, 2> side_files_{{{"-wal"}, {"-shm"}}};
  Identity identity_;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<Readers> readers_;
  std::unique_ptr<WalSync> disk_;               // not when the store is only read
  std::unique_ptr<Checkpointer> checkpointer_;  // neither

  std::optional<Transaction> open_;
  int depth_ = 0;
  bool ahead_ = false;               // the open transaction does not wait for the disk
  bool doomed_ = false;              // a part of the open transaction failed: the whole must not be kept
  std::atomic<bool> broken_{false};  // an fsync failed inside SQLite: nothing is written any more
  std::atomic<bool> misplaced_{false};
  bool truncate_wal_ = false;        // something was erased
  std::unique_ptr<TurnMemory> memory_;
  std::atomic<std::int64_t> contacts_{0}, active_conversations_{0};

  LeaseBook leases_;
  std::map<webhooks::EndpointKey, Pull> pulls_;
  CallLeases call_leases_;
  SendLeases send_leases_;
  Instant sends_due_until_{};  // the latest that a lease saw: what was due stays so when the clock is set back
  std::unordered_map<std::string, std::int64_t> reserved_;
  std::int64_t next_contact_ = 1;
};

}  // namespace answerback::storage
