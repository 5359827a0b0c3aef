#include "storage/sqlite/send_rows.hpp"

#include <vector>

#include "storage/sqlite/message_rows.hpp"

namespace answerback::storage {

namespace {

void release_next(Connection& db, std::int64_t contact) {
  Query(db["UPDATE sends SET state = 1 WHERE message = (SELECT min(message) FROM sends WHERE contact = ?1) AND state = 0"])
      .bind(contact)
      .run();
}

}  // namespace

void insert_send(Connection& db, const engine::Message& message, std::int64_t row, Instant due_at) {
  Query(db["INSERT INTO sends(message, contact, state, due_at, attempts, carrier, sender) "
           "VALUES (?1, ?2, NOT EXISTS (SELECT 1 FROM sends WHERE contact = ?2), ?3, 0, ?4, ?5)"])
      .bind(row, message.id.contact.value, due_at, message.carrier, message.from)
      .run();
}

bool requeue_send(Connection& db, std::int64_t message, Instant due_at) {
  Query query(db["UPDATE sends SET state = 1, due_at = ?2, attempts = attempts + (state = 1) WHERE message = ?1 AND state <> 0"]);
  return query.bind(message, due_at).run() != 0;
}

void finish_send(Connection& db, std::int64_t message) {
  std::int64_t contact = 0;
  {
    Query query(db["DELETE FROM sends WHERE message = ?1 RETURNING contact"]);
    query.bind(message);
    if (!query.step()) return;
    contact = query.integer(0);
    query.run();
  }
  release_next(db, contact);
}

void cancel_sends(Connection& db, engine::ContactKey contact, bool exempt_too) {
  std::vector<std::int64_t> cancelled;
  {
    Query query(db["SELECT s.message FROM sends s JOIN messages m ON m.row = s.message "
                   "WHERE s.contact = ?1 AND s.state <> 2 AND (?2 OR NOT m.exempt)"]);
    query.bind(contact.value, exempt_too);
    while (query.step()) cancelled.push_back(query.integer(0));
  }
  for (const auto row : cancelled) {
    set_message_status(db, row, engine::MessageStatus::cancelled, "");
    Query(db["DELETE FROM sends WHERE message = ?1"]).bind(row).run();
  }
  if (!cancelled.empty()) release_next(db, contact.value);
}

}  // namespace answerback::storage
