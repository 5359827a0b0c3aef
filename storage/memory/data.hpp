// What the store in memory holds: plain maps, copied as a whole when a transaction may have to be undone.
#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include "storage/call_leases.hpp"
#include "storage/lease_book.hpp"
#include "storage/send_leases.hpp"
#include "storage/store.hpp"

namespace answerback::storage::memory {

struct Send {
  engine::ContactKey contact;
  enum class State : std::uint8_t { held, queued, sending } state = State::queued;
  Instant due_at;
  std::uint32_t attempts = 0;
};

struct KeptEvent {
  StoredEvent event;
  engine::ContactKey contact;
  std::uint64_t sequence = 0;
};

struct KeptDelivery {
  Delivery delivery;  // due_at is always set here
  std::int64_t event = 0;
  engine::ContactKey contact;
  DeliveryClass what = DeliveryClass::first;
  std::uint32_t failures = 0;
};

struct KeptCall {
  engine::CallRequest request;
  std::uint32_t attempts = 0;
  Instant due_at;
};

struct KeptAnswer {
  IdempotencyRecord record;
  engine::ContactKey contact;
};

struct KeptCampaign {
  engine::Campaign campaign;
  std::string state = "draft";
  Instant created_at;
};

using Row = std::int64_t;  // counted from 1, in order of arrival

struct Data {
  explicit Data(engine::Origin origin) : next_contact(engine::key_after(0, origin)), next_delivery(next_contact), next_endpoint(next_contact), next_campaign(next_contact) {}

  std::map<engine::ContactKey, engine::Contact> contacts;
  std::unordered_map<std::string, engine::ContactKey> by_phone;
  std::unordered_map<std::string, std::int64_t> reserved;
  std::int64_t next_contact;

  std::map<engine::ConversationId, engine::Conversation> conversations;
  std::vector<engine::ConversationId> conversation_order;
  std::set<std::pair<Instant, engine::ConversationId>> timers;

  std::vector<engine::Message> messages;
  std::map<engine::MessageId, Row> message_rows;
  std::map<engine::ContactKey, std::vector<Row>> messages_of;
  std::map<DedupKey, engine::MessageId> seen;
  std::map<DedupKey, Row> provider_ids;
  std::map<Row, Send> sends;

  std::vector<engine::LedgerRow> ledger;
  std::set<std::string> suppressed;
  std::optional<std::int64_t> key_fingerprint;

  std::map<std::int64_t, KeptEvent> events;
  std::map<std::string, std::int64_t> event_ids;
  std::map<std::int64_t, KeptDelivery> deliveries;
  std::int64_t next_delivery;
  std::map<std::int64_t, std::set<std::int64_t>> unfinished;  // endpoint -> delivery keys
  Instant purged_before = Instant::min();
  std::map<std::int64_t, Instant> erasures;  // events that outlive their contact for their receivers, until then

  std::map<webhooks::CallKey, KeptCall> calls;

  std::map<std::string, std::vector<FlowRevision>> flows;
  std::map<std::int64_t, webhooks::Endpoint> endpoints;
  std::int64_t next_endpoint;
  std::int64_t next_campaign;
  std::map<std::int64_t, KeptCampaign> campaigns;
  std::map<std::pair<std::int64_t, std::int64_t>, engine::EntryState> entries;  // campaign, contact
  std::vector<ApiKey> api_keys;
  std::map<std::string, KeptAnswer> answers;

  engine::Message& message(Row row) { return messages.at(static_cast<std::size_t>(row - 1)); }
  const engine::Message& message(Row row) const { return messages.at(static_cast<std::size_t>(row - 1)); }
};

}  // namespace answerback::storage::memory
