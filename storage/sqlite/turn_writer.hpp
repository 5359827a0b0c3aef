// Writes one Commit: messages, conversations, contact, ledger, outgoing texts, events with their deliveries. Runs inside
// the caller's transaction.
#pragma once

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// How the counted gauges change; applied when the transaction is on disk.
struct GaugeChange {
  std::int64_t contacts = 0;
  std::int64_t active_conversations = 0;
};

class TurnWriter {
 public:
  TurnWriter(Connection& db, GaugeChange& gauges, const Commit& commit);
  void write();

 private:
  void read_heads();
  void write_change();
  void write_messages();
  void write_conversations();
  void write_conversation(const engine::Conversation& conversation);
  struct Place {
    std::int64_t row = 0;  // 0 = not stored yet
    std::optional<Instant> wake_at;
  };
  Place place_of(const engine::Conversation& conversation);
  std::optional<Instant> update_conversation(const Place& place, const engine::Conversation& conversation);
  std::int64_t insert_conversation(const engine::Conversation& conversation);
  void point_to_newest();
  void write_contact();
  void insert_contact();
  void update_contact();
  void write_ledger();
  void write_outgoing();
  void write_calls();
  void write_events();
  void write_entry();
  void write_idempotency();

  Connection& db_;
  GaugeChange& gauges_;
  const Commit& commit_;
  const engine::Decision& decision_;

  // Where the contact stands before and after.
  bool known_ = false;
  std::int64_t active_row_ = 0;
  std::uint32_t active_ = 0;
  std::optional<Instant> active_wake_at_;
  std::int64_t newest_ = 0;           // the contact's newest message
  bool contact_stale_ = false;        // active or, without one, newest has changed
  std::vector<std::int64_t> rows_;    // of decision.messages
};

void upsert_campaign_entry(Connection& db, const engine::CampaignEntry& entry);
void upsert_idempotency(Connection& db, const IdempotencyRecord& record, std::optional<std::int64_t> contact);

}  // namespace answerback::storage
