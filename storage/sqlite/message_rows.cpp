#include "storage/sqlite/message_rows.hpp"

#include <fmt/format.h>

#include "storage/codec.hpp"
#include "storage/dedup.hpp"
#include "storage/sqlite/rows.hpp"

namespace answerback::storage {

namespace {

// Unfinished texts have an index of their own: most changes of a message concern one of them.
std::optional<std::int64_t> find_unfinished(Connection& db, const engine::MessageId& id) {
  Query query(db["SELECT m.row FROM sends s JOIN messages m ON m.row = s.message "
                 "WHERE s.contact = ?1 AND m.conversation = ?2 AND m.number = ?3"]);
  query.bind(id.contact.value, id.conversation, id.number);
  return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

std::int64_t chain_start(Connection& db, const engine::MessageId& id) {
  return id.conversation == 0 ? newest_message(db, id.contact) : conversation_newest_message(db, {id.contact, id.conversation});
}

}  // namespace

std::int64_t insert_message(Connection& db, const engine::Message& message, std::int64_t previous, const std::optional<DedupKey>& seen) {
  const auto media = message.media.empty() ? std::string() : encode_texts(message.media);
  const auto media_blob = message.media.empty() ? std::nullopt : std::optional(Blob{media});
  const auto seen_key = seen ? std::string(seen->begin(), seen->end()) : std::string();
  const auto seen_blob = seen ? std::optional(Blob{seen_key}) : std::nullopt;
  Query(db["INSERT INTO messages(previous, contact, conversation, number, direction, status, at, sender, recipient, text, media, "
           "carrier, error, exempt, expires_at, campaign, seen_key) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)"])
      .bind(previous, message.id.contact.value, message.id.conversation, message.id.number, message.direction, message.status,
            message.at, message.from, message.to, message.text, media_blob, message.carrier, message.error, message.exempt,
            message.expires_at, number_of(message.campaign), seen_blob)
      .run();
  return db.last_row();
}

std::optional<engine::Message> message_at(Connection& db, std::int64_t row) {
  static const auto sql = fmt::format("SELECT {} FROM messages m WHERE m.row = ?1", message_columns);
  Query query(db[sql.c_str()]);
  query.bind(row);
  return query.step() ? std::optional(read_message(query)) : std::nullopt;
}

std::optional<std::int64_t> find_message_row(Connection& db, const engine::MessageId& id) {
  if (const auto row = find_unfinished(db, id)) return row;
  for (auto row = chain_start(db, id); row != 0;) {
    Query query(db["SELECT previous, conversation, number FROM messages WHERE row = ?1"]);
    query.bind(row);
    if (!query.step()) return std::nullopt;
    if (query.number(1) == id.conversation && query.number(2) <= id.number)
      return query.number(2) == id.number ? std::optional(row) : std::nullopt;
    if (query.integer(0) >= row) return std::nullopt;  // damaged: it does not lead back
    row = query.integer(0);
  }
  return std::nullopt;
}

void set_message_status(Connection& db, std::int64_t row, engine::MessageStatus status, const std::string& error) {
  Query(db["UPDATE messages SET status = ?2, error = ?3 WHERE row = ?1"]).bind(row, status, error).run();
}

std::int64_t newest_message(Connection& db, engine::ContactKey contact) {
  Query query(db["SELECT CASE c.active_row WHEN 0 THEN c.last_message ELSE v.last_message END "
                 "FROM contacts c LEFT JOIN conversations v ON v.row = c.active_row WHERE c.key = ?1"]);
  query.bind(contact.value);
  return query.step() ? query.integer(0) : 0;
}

std::int64_t conversation_newest_message(Connection& db, const engine::ConversationId& id) {
  Query query(db["SELECT last_message FROM conversations WHERE contact = ?1 AND number = ?2"]);
  query.bind(id.contact.value, id.number);
  return query.step() ? query.integer(0) : 0;
}

void walk_back(Connection& db, std::int64_t row, const std::function<bool(std::int64_t row, engine::Message)>& visit) {
  static const auto sql = fmt::format("SELECT {}, m.previous FROM messages m WHERE m.row = ?1", message_columns);
  while (row != 0) {
    Query query(db[sql.c_str()]);
    query.bind(row);
    if (!query.step() || !visit(row, read_message(query))) return;
    const auto previous = query.integer(message_width);
    if (previous >= row) throw Contradiction("messages are damaged: a chain does not lead back");
    row = previous;
  }
}

std::int64_t previous_message(Connection& db, std::int64_t row) {
  Query query(db["SELECT previous FROM messages WHERE row = ?1"]);
  query.bind(row);
  return query.step() ? query.integer(0) : 0;
}

void remember_provider_id(Connection& db, std::int64_t row, const std::string& provider_id) {
  std::string carrier;
  {
    Query query(db["SELECT carrier FROM messages WHERE row = ?1"]);
    query.bind(row);
    if (query.step()) carrier = query.text(0);
  }
  const auto key = dedup_key(carrier, provider_id);
  const std::string bytes(key.begin(), key.end());
  Query(db["INSERT INTO provider_ids(key, message) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET message = excluded.message"])
      .bind(Blob{bytes}, row)
      .run();
}

}  // namespace answerback::storage
