// Removing a person. What is deleted is overwritten too (secure_delete), and the WAL is emptied at the next quiet moment.
#include <fmt/format.h>

#include "storage/codec.hpp"
#include "storage/erasure.hpp"
#include "storage/sqlite/call_rows.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/send_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

enum class Known : std::uint8_t { no, yes, erased };

Known how_known(Connection& db, engine::ContactKey contact) {
  Query query(db["SELECT phone FROM contacts WHERE key = ?1"]);
  query.bind(contact.value);
  if (!query.step()) return Known::no;
  return query.is_null(0) ? Known::erased : Known::yes;
}

void remember_opt_out(Connection& db, engine::ContactKey contact, const std::string& phone_hash) {
  Query(db["DELETE FROM suppressed WHERE phone_hash = ?1"]).bind(phone_hash).run();
  Query(db["INSERT INTO suppressed(phone_hash) SELECT ?2 FROM contacts WHERE key = ?1 AND consent = ?3"])
      .bind(contact.value, phone_hash, engine::Consent::opted_out)
      .run();
}

void strip_messages(Connection& db, engine::ContactKey contact) {
  std::vector<std::pair<std::int64_t, engine::Message>> messages;
  walk_back(db, newest_message(db, contact), [&](std::int64_t row, engine::Message message) {
    strip(message);
    messages.emplace_back(row, std::move(message));
    return true;
  });
  for (const auto& [row, message] : messages) {
    Query(db["UPDATE messages SET text = ?2, media = NULL, sender = ?3, recipient = ?4 WHERE row = ?1"])
        .bind(row, message.text, message.from, message.to)
        .run();
  }
}

void strip_conversations(Connection& db, engine::ContactKey contact) {
  static const auto sql = fmt::format("SELECT {} FROM conversations v WHERE v.contact = ?1", conversation_columns);
  std::vector<engine::Conversation> conversations;
  {
    Query query(db[sql.c_str()]);
    query.bind(contact.value);
    while (query.step()) conversations.push_back(read_conversation(query));
  }
  for (auto& conversation : conversations) {
    strip(conversation);
    const auto state = encode_state(conversation);
    Query(db["UPDATE conversations SET state = ?3, pace = NULL WHERE contact = ?1 AND number = ?2"])
        .bind(contact.value, conversation.id.number, Blob{state})
        .run();
  }
}

// Receivers that have not got them will not: what they would be sent is the person's data. But opt-outs, which they need, and which by now
// may wait for nothing but what is dropped.
void drop_deliveries(Connection& db, std::int64_t event, bool is_needed) {
  Query(db["UPDATE attempts SET response = x'' WHERE delivery IN (SELECT key FROM deliveries WHERE event = ?1)"]).bind(event).run();
  if (!is_needed) Query(db["DELETE FROM deliveries WHERE event = ?1 AND state < 3"]).bind(event).run();
}

void release_deliveries_of(Connection& db, engine::ContactKey contact) {
  std::vector<std::int64_t> endpoints;
  {
    Query query(db["SELECT key FROM endpoints"]);
    while (query.step()) endpoints.push_back(query.integer(0));
  }
  for (const auto endpoint : endpoints) release_delivery(db, {endpoint}, contact);
}

void strip_events(Connection& db, engine::ContactKey contact, Instant at) {
  remember_given_deliveries(db);
  static const auto sql = fmt::format("SELECT {} FROM events e WHERE e.contact = ?1 AND e.id IS NULL", event_columns);
  std::vector<std::pair<StoredEvent, std::uint64_t>> events;
  {
    Query query(db[sql.c_str()]);
    query.bind(contact.value);
    while (query.step()) events.emplace_back(read_event(query), static_cast<std::uint64_t>(query.integer(2)));
  }
  for (const auto& [event, sequence] : events) {
    const bool is_needed = event.type == kept_type && is_unfinished(db, event.cursor);
    const auto body = is_needed ? bare_opt_out(event.body) : erased_body(event, contact, sequence);
    Query(db["UPDATE events SET body = ?2 WHERE cursor = ?1"]).bind(event.cursor, body).run();
    if (is_needed) Query(db["INSERT INTO erasures(event, until) VALUES (?1, ?2)"]).bind(event.cursor, at + opt_outs_kept_for).run();
    drop_deliveries(db, event.cursor, is_needed);
  }
  release_deliveries_of(db, contact);
}

}  // namespace

bool SqliteStore::erase_contact(engine::ContactKey key, const std::string& phone_hash, Instant at,
                                const std::optional<OperationalEvent>& announcement) {
  auto& db = *writer_;
  Writing writing(*this);
  const auto state = how_known(db, key);
  if (state == Known::no) return false;
  if (state == Known::yes) {
    remember_opt_out(db, key, phone_hash);
    cancel_sends(db, key, true);
    remove_calls_of(db, key);
    strip_messages(db, key);
    strip_conversations(db, key);
    strip_events(db, key, at);
    Query(db["UPDATE ledger SET text = '', evidence = '' WHERE contact = ?1"]).bind(key.value).run();
    Query(db["DELETE FROM idempotency WHERE contact = ?1"]).bind(key.value).run();
    if (announcement) insert_with_deliveries(*announcement, at);
    Query(db["UPDATE contacts SET phone = NULL, external_id = NULL, source = NULL, fields = NULL, pace_since = 0, pace_answered = 0, pace_alike = 0, pace_last = 0, sequence = max(sequence, ?2) WHERE key = ?1"])
        .bind(key.value, announcement ? announcement->event.sequence : 0)
        .run();
  }
  writing.commit();
  truncate_wal_ = true;  // the WAL still holds the pages as they were
  return true;
}

std::size_t SqliteStore::end_erasures(Instant now) {
  Writing writing(*this);
  const auto ended = strip_kept_events(*writer_, now);
  writing.commit();
  truncate_wal_ = truncate_wal_ || ended != 0;
  return ended;
}

}  // namespace answerback::storage
