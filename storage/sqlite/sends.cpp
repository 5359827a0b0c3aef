// The lane of texts: lease, and what the last run left behind.
#include "storage/sqlite/send_rows.hpp"

#include <algorithm>

#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

using engine::MessageStatus;

// Texts that may not start are settled on the way; this bounds how many in one call.
constexpr std::size_t max_settled = 256;

struct DueRow {
  std::int64_t message = 0;
  std::uint32_t attempts = 0;
  Instant due_at;
};

std::vector<DueRow> due_rows(Connection& db, Instant now, std::size_t limit) {
  Query query(db["SELECT message, attempts, due_at FROM sends WHERE state = 1 AND due_at <= ?1 ORDER BY due_at, message LIMIT ?2"]);
  query.bind(now, limit);
  std::vector<DueRow> rows;
  while (query.step()) rows.push_back({query.integer(0), query.small(1), query.instant(2)});
  return rows;
}

// An erased contact is nobody's to write to, whatever its consent was.
bool may_write_to(Connection& db, const engine::Message& message) {
  Query query(db["SELECT consent, phone FROM contacts WHERE key = ?1"]);
  query.bind(message.id.contact.value);
  if (!query.step() || query.is_null(1)) return false;
  return message.exempt || checked(query, 0, engine::Consent::opted_out) != engine::Consent::opted_out;
}

engine::Message stop_here(Connection& db, std::int64_t row, engine::Message message, MessageStatus status) {
  message.status = status;
  set_message_status(db, row, status, message.error);
  finish_send(db, row);
  return message;
}

}  // namespace

void SqliteStore::lease_send(std::int64_t row, std::uint32_t attempts, Instant due_at, Instant now, LeasedSends& into) {
  auto message = message_at(*writer_, row);
  if (!message) throw StoreError("a queued text has no message");
  if (message->expires_at && *message->expires_at <= now) {
    into.expired.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::expired));
  } else if (!may_write_to(*writer_, *message)) {
    into.suppressed.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::suppressed));
  } else {
    message->status = MessageStatus::sending;
    set_message_status(*writer_, row, MessageStatus::sending, message->error);
    Query((*writer_)["UPDATE sends SET state = 2, attempts = ?2 WHERE message = ?1"]).bind(row, attempts + 1).run();
    into.due.push_back({std::move(*message), attempts + 1, due_at});
  }
}

LeasedSends SqliteStore::lease_sends(Instant now, std::size_t limit) {
  LeasedSends leased;
  Writing writing(*this);
  while (leased.due.size() < limit && leased.expired.size() + leased.suppressed.size() < max_settled) {
    const auto rows = due_rows(*writer_, now, limit - leased.due.size());
    if (rows.empty()) break;
    for (const auto& row : rows) lease_send(row.message, row.attempts, row.due_at, now, leased);
  }
  Query query((*writer_)["SELECT min(due_at) FROM sends WHERE state = 1"]);
  if (query.step()) leased.next_due = query.maybe_instant(0);
  writing.commit();
  return leased;
}

std::vector<engine::Message> SqliteStore::recover_sends() {
  std::vector<engine::Message> recovered;
  Writing writing(*this);
  std::vector<std::int64_t> rows;
  {
    Query query((*writer_)["SELECT message FROM sends WHERE state = 2"]);
    while (query.step()) rows.push_back(query.integer(0));
  }
  for (const auto row : rows) {
    auto message = message_at(*writer_, row);
    if (message) recovered.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::unknown));
  }
  writing.commit();
  return recovered;
}

}  // namespace answerback::storage
