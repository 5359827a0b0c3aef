// The store's seam. Two hot calls, both in bulk: `load` what stimuli speak of, `commit` what was decided, in one
// transaction that is on disk when it returns. It knows no rules. All writing calls come from one thread, the loop's;
// queries may come from any thread at the same time and see committed state only.
// Environment broken = StoreError; after one, nothing of that call was kept.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "storage/records.hpp"

namespace answerback::storage {

struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// What was to be written contradicts what is kept: a damaged row, or a fault of ours. The store itself works.
struct Contradiction : StoreError {
  using StoreError::StoreError;
};
// Another process holds the store.
struct StoreLocked : StoreError {
  using StoreError::StoreError;
};
// There is none, or nothing is in it.
struct StoreMissing : StoreError {
  using StoreError::StoreError;
};

// How a stimulus names its contact.
struct ByPhone {
  std::string phone;  // unknown = a new contact with a reserved key
};
using Address = std::variant<ByPhone, engine::ContactKey>;

struct ContactState {
  engine::Contact contact;
  bool is_new = false;
  std::optional<engine::Conversation> active;
};

// A text that leaves by a carrier's lane; the others (stored only, or answered in the carrier's own request) need none.
struct Outgoing {
  engine::MessageId message;
  std::optional<Instant> due_at;  // nothing = now
};

struct NewDelivery {
  webhooks::EndpointKey endpoint;
  std::size_t event = 0;  // index into Commit::events
};

// All that one stimulus causes.
struct Commit {
  engine::Decision decision;
  std::optional<DedupKey> seen;                  // of the inbound message, messages[0]
  std::vector<webhooks::RenderedEvent> events;
  std::vector<NewDelivery> deliveries;
  std::vector<Outgoing> outgoing;                // of decision.messages
  std::optional<Instant> send_retry_at;          // with a message_change back to `queued`: when it may be tried again
  std::optional<webhooks::CallKey> settled_call;  // whose answer this is: its row goes, whatever was decided
  std::optional<IdempotencyRecord> idempotency;
  Instant at;                                    // when it was decided
};

struct DueTimer {
  engine::ConversationId conversation;
  std::uint32_t turn = 0;
  Instant due_at;
};

struct LeasedSends {
  std::vector<webhooks::DueSend> due;         // leased in memory; queued on disk
  std::vector<engine::Message> suppressed;    // contact has opted out and the text is not exempt: not started
  std::vector<engine::Message> expired;       // past expires_at: not started
  std::optional<Instant> next_due;
};

struct ConversationFilter {
  std::optional<bool> active;
  std::string flow;
  std::optional<engine::Outcome> outcome;
  std::optional<engine::ContactKey> contact;
};
struct MessageFilter {
  std::optional<engine::ContactKey> contact;
  std::optional<engine::Direction> direction;
  std::optional<engine::MessageStatus> status;
};
struct DeliveryFilter {
  std::optional<webhooks::EndpointKey> endpoint;
  std::string event_id;
  std::optional<webhooks::DeliveryState> state;
};

struct Gauges {
  std::uint64_t contacts = 0, active_conversations = 0, queued_sends = 0, unfinished_deliveries = 0;
  std::optional<Instant> oldest_send_due, oldest_delivery_due;
  std::uint64_t unfinished_calls = 0;
  std::optional<Instant> oldest_call_due;
  bool misplaced = false;
  std::uint64_t damaged_rows_read = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // ---- the two hot calls ----
  // One entry per address, in its order; nothing for an unknown key. The same new phone twice gives the same reserved key.
  virtual std::vector<std::optional<ContactState>> load(std::span<const Address> addresses) = 0;
  virtual void commit(std::span<const Commit> commits) = 0;  // on disk when it returns
  // The same, but on disk only when when_on_disk() says so: until then nobody outside may learn of it.
  virtual void commit_ahead(std::span<const Commit> commits) { commit(commits); }
  // Tells when all that was committed so far is on disk, or that the disk failed; at once, or later on another thread. In order.
  // (By value: who has to wait keeps it.)
  virtual void when_on_disk(std::function<void(bool on_disk)> told) { told(true); }  // NOLINT(performance-unnecessary-value-param)
  // Waits for that. False: the disk failed.
  virtual bool wait_for_disk() { return true; }
  // How long the calling thread has waited for the disk so far, in whichever calls.
  virtual std::chrono::nanoseconds waited_for_disk() { return {}; }

  // For duplicates: the inbound message that this provider id already made.
  virtual std::vector<std::optional<engine::MessageId>> seen(std::span<const DedupKey> keys) = 0;

  // ---- loop: rarer loads (writer's thread, sees what was committed) ----
  virtual std::optional<engine::Conversation> conversation(const engine::ConversationId& id) = 0;
  virtual std::optional<engine::Message> message(const engine::MessageId& id) = 0;
  virtual std::optional<engine::Message> message_by_provider(const std::string& carrier, const std::string& provider_id) = 0;
  virtual std::optional<engine::CampaignEntry> campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) = 0;
  virtual std::vector<DueTimer> due_timers(Instant now, std::size_t limit) = 0;  // soonest first
  virtual std::optional<Instant> next_timer() = 0;
  virtual std::optional<IdempotencyRecord> idempotency(const std::string& key_hash) = 0;
  virtual std::optional<engine::ContactKey> external_id_owner(const std::string& external_id) = 0;
  virtual std::optional<engine::Conversation> last_conversation(engine::ContactKey contact) = 0;  // ended or not
  // The newest texts of a conversation, at most `limit`, oldest first.
  virtual std::vector<engine::Message> newest_messages(const engine::ConversationId& id, std::size_t limit) = 0;

  // ---- outbox (writer's thread; each call one transaction) ----
  // Leases due texts that `quota` has room for, soonest first, reading consent; settles those that may not start. On disk as
  // commit_ahead(). `next_due` speaks of lines that have room left.
  virtual LeasedSends lease_sends(Instant now, webhooks::SendQuota quota) = 0;
  // Marks leased texts `sending`, re-reading consent in the same transaction; settles those that may not start any more. On disk as
  // commit_ahead(): no byte may leave before. After a StoreError their leases are void.
  virtual std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, Instant now) = 0;
  // At start: texts that were `sending` when the process ended become `unknown`; returns them.
  virtual std::vector<engine::Message> recover_sends() = 0;
  virtual webhooks::LeasedDeliveries lease_deliveries(Instant now, std::span<const webhooks::Want> wants) = 0;
  // `events` are operational ones to be stored with their deliveries in the same transaction. On disk as commit_ahead(): a settlement
  // that a power cut takes is a delivery that is made again, which the event's id tells its receiver.
  struct OperationalEvent {
    webhooks::RenderedEvent event;
    std::vector<webhooks::EndpointKey> endpoints;
  };
  virtual void settle_deliveries(std::span<const webhooks::DeliverySettlement> settlements, std::span<const OperationalEvent> events) = 0;
  // Up to `slots` due calls of flows, so many that no host has more than `per_host` under way. They are leased in memory only: after a
  // crash they are due again. Those whose time is over are removed on the way.
  virtual webhooks::LeasedCalls lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) = 0;
  // Leased ones that go again at their `retry_at`. All others are settled by the commit that takes their answer.
  virtual void retry_calls(std::span<const webhooks::CallSettlement> settlements) = 0;
  // A delivery goes now, for the same event: a finished one once more, with its failures begun anew; one that waits before its time, and
  // before others of its contact that it waited behind.
  enum class Redelivery : std::uint8_t { unknown, under_way, due };
  virtual Redelivery redeliver(webhooks::DeliveryKey key, Instant now) = 0;
  // Gives an unfinished delivery up ("skipped") and lets go what waited behind it. False when there is none that is unfinished.
  virtual bool skip(webhooks::DeliveryKey key, Instant now) = 0;
  // How far a replay came: it goes on with the events behind this place, in the order of their time.
  struct ReplayPlace {
    Instant since;
    std::int64_t behind = 0;    // cursor of the last one at `since` that was looked at
    bool is_finished = false;   // all were looked at
  };
  struct ReplayBounds {
    std::size_t made = 0;       // deliveries
    std::size_t looked_at = 0;  // events
  };
  // New deliveries of an endpoint for the events at and behind `place` that it has none of. Stops at either bound, moves `place` on and
  // returns how many deliveries there are more.
  virtual std::size_t replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const StoredEvent&)>& wanted,
                             ReplayBounds bounds, Instant now) = 0;
  // An event outside any decision (tests of an endpoint, endpoint.disabled), with its deliveries.
  virtual std::vector<webhooks::DeliveryKey> add_event(const OperationalEvent& event, Instant now) = 0;

  // ---- things people configure (writer's thread; each call one transaction, with the POST's stored answer when given) ----
  virtual std::uint32_t publish_flow(const std::string& name, const std::string& source, Instant at) = 0;  // the new revision
  virtual webhooks::EndpointKey add_endpoint(webhooks::Endpoint endpoint) = 0;                              // key is given here
  virtual bool update_endpoint(const webhooks::Endpoint& endpoint) = 0;
  // Its unfinished deliveries go too, so many with each call: to be called until it is false, nothing of it is left. What is left after a
  // crash goes when the store is opened.
  static constexpr std::size_t deliveries_removed_at_once = 500;
  virtual bool remove_endpoint(webhooks::EndpointKey key) = 0;
  virtual engine::CampaignKey add_campaign(const engine::Campaign& campaign, Instant at) = 0;
  virtual bool set_campaign_state(engine::CampaignKey key, const std::string& state) = 0;
  // Contacts are created when unknown (with contact.created made by the caller's decision). Returns how many entries are new.
  virtual std::size_t add_campaign_entries(engine::CampaignKey key, std::span<const engine::ContactKey> contacts) = 0;
  virtual std::vector<engine::ContactKey> waiting_entries(engine::CampaignKey key, std::size_t limit) = 0;
  virtual void add_api_key(const ApiKey& key) = 0;
  virtual bool revoke_api_key(const std::string& id, Instant at) = 0;
  virtual void store_idempotency(const IdempotencyRecord& record) = 0;
  // Removes the person: phone, fields, texts, answers, ledger texts; keeps a keyed hash of an opted-out phone so that it
  // stays suppressed. `phone_hash` is that hash. False when unknown. `announcement` is stored with its deliveries in the same
  // transaction, behind opt-outs that some receiver has not taken yet: those keep the phone until they are delivered, given up or have
  // waited for `opt_outs_kept_for` (erasure.hpp). Of other events nothing is delivered any more.
  virtual bool erase_contact(engine::ContactKey key, const std::string& phone_hash, Instant at,
                             const std::optional<OperationalEvent>& announcement) = 0;
  // Ends what erase_contact kept and need not be kept any longer; returns of how many events.
  virtual std::size_t end_erasures(Instant now) = 0;
  virtual bool is_suppressed(const std::string& phone_hash) = 0;
  // Rows of finished work older than this, at most `limit`; returns how many went. See docs/operating.md, retention.
  virtual std::size_t purge(Instant older_than, std::size_t limit) = 0;
  // Groups the calls above into one transaction.
  virtual void transaction(const std::function<void()>& body) = 0;

  // ---- queries (any thread) ----
  virtual std::optional<engine::Contact> find_contact(const std::string& phone) = 0;
  virtual std::optional<engine::Contact> find_contact(engine::ContactKey key) = 0;
  virtual Page<engine::Contact> list_contacts(const ContactFilter& filter, const PageRequest& page) = 0;  // the newest first
  virtual std::optional<engine::Conversation> find_conversation(const engine::ConversationId& id) = 0;
  virtual Page<engine::Conversation> list_conversations(const ConversationFilter& filter, const PageRequest& page) = 0;
  virtual Page<engine::Message> list_messages(const MessageFilter& filter, const PageRequest& page) = 0;
  virtual std::vector<engine::Message> transcript(const engine::ConversationId& id) = 0;
  virtual std::vector<engine::LedgerRow> ledger(engine::ContactKey contact) = 0;
  virtual std::vector<FlowRevision> latest_flows() = 0;
  virtual std::vector<FlowRevision> all_flows() = 0;
  virtual std::optional<FlowRevision> find_flow(const std::string& name, std::optional<std::uint32_t> revision) = 0;
  virtual std::vector<webhooks::Endpoint> endpoints() = 0;
  virtual std::optional<webhooks::Endpoint> find_endpoint(webhooks::EndpointKey key) = 0;
  virtual Page<StoredEvent> list_events(const std::string& type_pattern, const PageRequest& page) = 0;
  virtual std::int64_t newest_event() = 0;  // its cursor, 0 = there is none
  virtual std::optional<StoredEvent> find_event(const std::string& id) = 0;
  virtual Page<Delivery> list_deliveries(const DeliveryFilter& filter, const PageRequest& page) = 0;
  virtual std::optional<Delivery> find_delivery(webhooks::DeliveryKey key) = 0;
  virtual std::vector<CampaignRecord> campaigns() = 0;
  virtual std::optional<CampaignRecord> find_campaign(engine::CampaignKey key) = 0;
  virtual std::vector<ApiKey> api_keys() = 0;
  virtual Gauges gauges() = 0;

  // ---- who it is ----
  virtual Identity identity() = 0;  // any thread; does not change while the store is open
  // Writer's thread. Remembering is one transaction.
  virtual KeyTrace key_trace() = 0;
  virtual void remember_key(std::int64_t fingerprint) = 0;
  // Whoever opens it next takes it for a copy. For stores whose whole machine was copied, which the file itself does not show.
  virtual void mark_as_copy() = 0;

  // ---- the wall clock ----
  // It was set back by so much and says `now`: what waits for its time comes that much earlier, so that it waits as long as it would have.
  virtual void clock_set_back(flows::Duration by, Instant now) = 0;
  // Remembers what time it is while anything waits for its time; gives what was remembered before, which may be of an earlier run.
  virtual std::optional<Instant> remember_clock(Instant now) = 0;

  // ---- keeping it well ----
  virtual void backup_to(const std::string& file) = 0;       // a consistent copy while in use
  virtual std::vector<std::string> check() = 0;              // what is wrong; empty = sound
  // Writes into damaged rows what counts in doubt, or only says what it would write; one sentence a row.
  virtual std::vector<std::string> mend(Instant now, bool keep) = 0;
  virtual bool writable() = 0;                               // for /readyz
  // How often a damaged row was read in doubt since the store was opened; any thread. check() names such rows.
  virtual std::uint64_t damaged_rows_read() = 0;
  // Writer's thread: whether the store's files still lie where they were opened; "" = they do. What says why not is a sentence's end. As
  // long as they do not, nothing is written: whoever opens the store next would not find it.
  virtual std::string misplaced() { return ""; }
  // Writer's thread: to be called when nothing waits. Does housekeeping that a commit would otherwise have to do.
  virtual void tend() {}
};

}  // namespace answerback::storage
