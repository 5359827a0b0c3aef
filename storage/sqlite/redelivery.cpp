// What an operator asks for: one delivery again, or the events of a time for an endpoint.
#include <fmt/format.h>

#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

// A finished one begins its failures anew, its attempts go on counting, and another unfinished one of the contact goes before it.
Store::Redelivery SqliteStore::redeliver(webhooks::DeliveryKey key, Instant now) {
  if (leases_.leased(key, now)) return Redelivery::under_way;
  Writing writing(*this);
  auto changed =
      Query((*writer_)["UPDATE deliveries AS d SET class = min(class, 1), failures = 0, due_at = ?2, state = d.contact = 0 OR NOT EXISTS "
                       "(SELECT 1 FROM deliveries o INDEXED BY deliveries_unfinished WHERE o.endpoint = d.endpoint AND o.contact = d.contact AND o.state < 3) "
                       "WHERE d.key = ?1 AND d.state >= 3"])
          .bind(key.value, now)
          .run();
  if (changed == 0) {
    changed = Query((*writer_)["UPDATE deliveries SET class = min(class, 1), due_at = ?2, state = 1 WHERE key = ?1 AND state < 3"])
                  .bind(key.value, now)
                  .run();
  }
  writing.commit();
  return changed != 0 ? Redelivery::due : Redelivery::unknown;
}

bool SqliteStore::skip(webhooks::DeliveryKey key, Instant now) {
  Writing writing(*this);
  webhooks::EndpointKey endpoint;
  engine::ContactKey contact;
  {
    Query query((*writer_)["UPDATE deliveries SET state = 4, due_at = ?2, last_error = 'skipped' WHERE key = ?1 AND state < 3 RETURNING endpoint, contact"]);
    query.bind(key.value, now);
    if (!query.step()) return false;
    endpoint = {query.integer(0)};
    contact = {query.integer(1)};
  }
  release_delivery(*writer_, endpoint, contact);
  if (strip_kept_events(*writer_, Instant::min()) != 0) truncate_wal_ = true;
  writing.commit();
  leases_.release(key);
  return true;
}

std::size_t SqliteStore::replay(webhooks::EndpointKey endpoint, ReplayPlace& place, const std::function<bool(const StoredEvent&)>& wanted,
                                ReplayBounds bounds, Instant now) {
  static const auto sql = fmt::format(
      "SELECT {}, EXISTS (SELECT 1 FROM deliveries d WHERE d.event = e.cursor AND d.endpoint = ?1) "
      "FROM events e INDEXED BY events_by_time WHERE e.at >= ?2 AND (e.at, e.cursor) > (?2, ?3) ORDER BY e.at, e.cursor LIMIT ?4",
      event_columns);
  constexpr int has_it = 8;  // behind event_columns
  Writing writing(*this);
  std::vector<DeliveryOrder> orders;
  {
    Query query((*writer_)[sql.c_str()]);
    query.bind(endpoint.value, place.since, place.behind, bounds.looked_at);
    std::size_t looked_at = 0;
    for (; orders.size() < bounds.made && query.step(); ++looked_at) {
      const auto event = read_event(query);
      place = {event.at, event.cursor, false};
      // Beside retries, so that old news do not hold new ones up.
      if (query.integer(has_it) == 0 && wanted(event)) orders.push_back({endpoint, event.cursor, {query.integer(1)}, DeliveryClass::retry});
    }
    place.is_finished = orders.size() < bounds.made && looked_at < bounds.looked_at;
  }
  for (const auto& order : orders) insert_delivery(*writer_, order, now);
  writing.commit();
  return orders.size();
}

}  // namespace answerback::storage
