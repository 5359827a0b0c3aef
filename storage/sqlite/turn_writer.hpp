// Writes one Commit: messages, conversations, contact, ledger, outgoing texts, events with their deliveries. Runs inside
// the caller's transaction.
#pragma once

#include <unordered_map>

#include "storage/sqlite/seen_ids.hpp"

namespace answerback::storage {

// How the counted gauges change; applied when the transaction is on disk.
struct GaugeChange {
  std::int64_t contacts = 0;
  std::int64_t active_conversations = 0;
};

// Where a contact stands: the rows that its next turn leads on from.
struct ContactHead {
  bool known = false;
  std::int64_t active_row = 0;
  std::uint64_t active = 0;
  std::optional<Instant> active_wake_at;
  std::int64_t active_life = 0;  // as it is stored
  std::int64_t newest = 0;  // its newest message
};

// With the aliases c and v.
inline constexpr const char* head_columns = "c.active_row, c.active, c.last_message, v.last_message, v.wake_at, v.life, v.pace";
inline constexpr int head_pace = 6;  // which of them is the pace that is kept beside the active conversation
ContactHead read_head(const Query& row, int first = 0);

// What the writer holds in memory of what it wrote.
struct TurnMemory {
  explicit TurnMemory(Connection& db) : seen(db) {}
  GaugeChange gauges;                                   // of the open transaction
  std::unordered_map<std::int64_t, ContactHead> heads;  // by contact: as loaded for, and changed by, the next transaction
  SeenIds seen;
};

class TurnWriter {
 public:
  TurnWriter(Connection& db, TurnMemory& memory, const Commit& commit);
  void write();

 private:
  void write_change();
  void write_messages();
  void write_conversations();
  void write_conversation(const engine::Conversation& conversation);
  struct Place {
    std::int64_t row = 0;  // 0 = not stored yet
    std::optional<Instant> wake_at;
    std::int64_t life = 0;  // as it is stored
  };
  Place place_of(const engine::Conversation& conversation);
  void set_life(std::int64_t row, const engine::Conversation& conversation);
  std::optional<Instant> update_conversation(const Place& place, const engine::Conversation& conversation);
  std::int64_t insert_conversation(const engine::Conversation& conversation);
  void point_to_newest();
  void write_pace_beside();
  void write_contact();
  void insert_contact();
  void update_contact();
  void write_references();
  void write_ledger();
  void write_outgoing();
  void write_calls();
  void write_events();
  void write_entry();
  void write_idempotency();

  Connection& db_;
  TurnMemory& memory_;
  const Commit& commit_;
  const engine::Decision& decision_;
  ContactHead& head_;                 // before and after
  bool contact_stale_ = false;        // active or, without one, newest has changed
  bool pace_beside_ = false;          // what stands beside the active conversation needs no more writing
  std::vector<std::int64_t> rows_;    // of decision.messages
};

void upsert_campaign_entry(Connection& db, const engine::CampaignEntry& entry);
void upsert_idempotency(Connection& db, const IdempotencyRecord& record, std::optional<std::int64_t> contact);

}  // namespace answerback::storage
