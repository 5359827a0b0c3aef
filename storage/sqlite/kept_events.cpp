// Events that outlive the erasure of their contact for a while, because a receiver has to act on them.
#include <fmt/format.h>

#include "storage/erasure.hpp"
#include "storage/sqlite/event_rows.hpp"

namespace answerback::storage {

namespace {

struct KeptEvent {
  StoredEvent event;
  engine::ContactKey contact;
  std::uint64_t sequence = 0;
};

std::vector<KeptEvent> kept_no_longer(Connection& db, Instant now) {
  static const auto sql = fmt::format(
      "SELECT {} FROM erasures x JOIN events e ON e.cursor = x.event WHERE x.until <= ?1 OR NOT EXISTS "
      "(SELECT 1 FROM deliveries d WHERE d.event = x.event AND d.state < 3)",
      event_columns);
  std::vector<KeptEvent> found;
  Query query(db[sql.c_str()]);
  query.bind(now);
  while (query.step()) found.push_back({read_event(query), {query.integer(1)}, static_cast<std::uint64_t>(query.integer(2))});
  return found;
}

void give_up(Connection& db, const KeptEvent& kept) {
  std::vector<std::int64_t> endpoints;
  {
    Query query(db["UPDATE deliveries SET state = 4, last_error = 'erased' WHERE event = ?1 AND state < 3 RETURNING endpoint"]);
    query.bind(kept.event.cursor);
    while (query.step()) endpoints.push_back(query.integer(0));
  }
  for (const auto endpoint : endpoints) release_delivery(db, {endpoint}, kept.contact);
}

}  // namespace

bool is_unfinished(Connection& db, std::int64_t event) {
  Query query(db["SELECT 1 FROM deliveries WHERE event = ?1 AND state < 3"]);
  query.bind(event);
  return query.step();
}

std::size_t strip_kept_events(Connection& db, Instant now) {
  const auto all = kept_no_longer(db, now);
  for (const auto& kept : all) {
    give_up(db, kept);
    const auto body = erased_body(kept.event, kept.contact, kept.sequence);
    Query(db["UPDATE events SET body = ?2 WHERE cursor = ?1"]).bind(kept.event.cursor, body).run();
    Query(db["UPDATE attempts SET response = x'' WHERE delivery IN (SELECT key FROM deliveries WHERE event = ?1)"]).bind(kept.event.cursor).run();
    Query(db["DELETE FROM erasures WHERE event = ?1"]).bind(kept.event.cursor).run();
  }
  return all.size();
}

}  // namespace answerback::storage
