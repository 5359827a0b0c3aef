#include "storage/sqlite/event_rows.hpp"

#include <fmt/format.h>

#include "storage/sqlite/row_blocks.hpp"

namespace answerback::storage {

namespace {

using webhooks::DeliveryState;

// The partial indexes of the schema are written in these numbers.
static_assert(static_cast<int>(DeliveryState::held) == 0 && static_cast<int>(DeliveryState::pending) == 1 &&
              static_cast<int>(DeliveryState::leased) == 2 && static_cast<int>(DeliveryState::delivered) == 3);

// What its contact, sequence and origin tell of an event's id needs no place of its own.
std::optional<engine::EventId> derived_id(const webhooks::RenderedEvent& event) {
  if (event.contact.value == 0) return std::nullopt;
  const auto id = engine::parse_event_id(event.id);
  return id && id->contact == event.contact && id->sequence == event.sequence ? id : std::nullopt;
}

}  // namespace

std::string read_event_id(const Query& row, int contact_column, int origin_column) {
  if (!row.is_null(contact_column + 2)) return row.text(contact_column + 2);
  return engine::to_string(engine::EventId{{row.integer(contact_column)}, row.number(contact_column + 1), row.small(origin_column)});
}

StoredEvent read_event(const Query& row, int first) {
  return {row.integer(first), read_event_id(row, first + 1, first + 7), row.text(first + 4), row.instant(first + 5), row.text(first + 6)};
}

std::int64_t insert_event(Connection& db, const webhooks::RenderedEvent& event) {
  const auto derived = derived_id(event);
  const auto id = derived ? std::nullopt : std::optional(event.id);
  Query(db["INSERT INTO events(contact, sequence, id, type, at, body, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"])
      .bind(event.contact.value, event.sequence, id, event.type, event.at, event.body, derived ? derived->origin : engine::no_origin)
      .run();
  const auto cursor = db.last_row();
  note_event(db, event.type, cursor);
  return cursor;
}

std::optional<StoredEvent> find_event_row(Connection& db, const std::string& id) {
  static const auto by_sequence =
      fmt::format("SELECT {} FROM events e WHERE e.contact = ?1 AND e.sequence = ?2 AND e.origin = ?3 AND e.id IS NULL", event_columns);
  static const auto by_id = fmt::format("SELECT {} FROM events e WHERE e.id = ?1", event_columns);
  if (const auto parts = engine::parse_event_id(id)) {
    Query query(db[by_sequence.c_str()]);
    query.bind(parts->contact.value, parts->sequence, parts->origin);
    if (query.step()) return read_event(query);
  }
  Query query(db[by_id.c_str()]);
  query.bind(id);
  return query.step() ? std::optional(read_event(query)) : std::nullopt;
}

DeliveryClass class_of(const webhooks::RenderedEvent& event) { return event.urgent ? DeliveryClass::urgent : DeliveryClass::first; }

// An urgent one waits behind urgent ones of its contact only: what somebody must know at once does not wait for what fails. One that goes in
// turn waits for what has not failed yet, too, unless one that does not comes behind it.
// The index is named here and below: SQLite would take one that leads through all of an endpoint's backlog to find one contact's part of it.
webhooks::DeliveryKey insert_delivery(Connection& db, const DeliveryOrder& order, Instant now) {
  Query(db["INSERT INTO deliveries(key, endpoint, event, contact, state, class, attempts, failures, due_at, created_at, last_status, last_error) "
           "VALUES (1 + max((SELECT coalesce(max(key), 0) FROM deliveries), coalesce((SELECT value FROM facts WHERE name = 'deliveries_given'), 0)), "
           "?1, ?2, ?3, ?3 = 0 OR NOT EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_unfinished "
           "WHERE endpoint = ?1 AND contact = ?3 AND state < 3 AND (?4 > 0 OR class = 0 OR (?6 AND attempts = 0))), "
           "?4, 0, 0, ?5, ?5, 0, '')"])
      .bind(order.endpoint.value, order.event, order.contact.value, order.what, now, order.in_turn)
      .run();
  const webhooks::DeliveryKey key{db.last_row()};
  if (order.what == DeliveryClass::urgent && !order.in_turn) release_delivery(db, order.endpoint, order.contact);
  return key;
}

void remember_given_deliveries(Connection& db) {
  Query(db["INSERT INTO facts(name, value) SELECT 'deliveries_given', coalesce(max(key), 0) FROM deliveries WHERE true "
           "ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)"])
      .run();
}

std::int64_t drop_unfinished(Connection& db, webhooks::EndpointKey endpoint, std::size_t limit) {
  remember_given_deliveries(db);
  const auto most = static_cast<std::int64_t>(limit);
  Query(db["DELETE FROM attempts WHERE delivery IN "
           "(SELECT key FROM deliveries INDEXED BY deliveries_open WHERE endpoint = ?1 AND state < 3 ORDER BY state, key LIMIT ?2)"])
      .bind(endpoint.value, most)
      .run();
  return Query(db["DELETE FROM deliveries WHERE key IN "
                  "(SELECT key FROM deliveries INDEXED BY deliveries_open WHERE endpoint = ?1 AND state < 3 ORDER BY state, key LIMIT ?2)"])
      .bind(endpoint.value, most)
      .run();
}

void drop_orphans(Connection& db) {
  std::vector<webhooks::EndpointKey> gone;
  {
    // From one endpoint to the next along the index.
    Query query(db["WITH RECURSIVE waiting(endpoint) AS (SELECT min(endpoint) FROM deliveries WHERE state < 3 UNION ALL "
                   "SELECT (SELECT min(d.endpoint) FROM deliveries d WHERE d.state < 3 AND d.endpoint > w.endpoint) FROM waiting w WHERE w.endpoint IS NOT NULL) "
                   "SELECT endpoint FROM waiting WHERE endpoint IS NOT NULL AND endpoint NOT IN (SELECT key FROM endpoints)"]);
    while (query.step()) gone.push_back({query.integer(0)});
  }
  for (const auto endpoint : gone) {
    while (drop_unfinished(db, endpoint, Store::deliveries_removed_at_once) > 0) {
    }
  }
}

void release_delivery(Connection& db, webhooks::EndpointKey endpoint, engine::ContactKey contact) {
  if (contact.value == 0) return;
  Query(db["UPDATE deliveries SET state = 1 WHERE state = 0 AND key = "
           "(SELECT min(key) FROM deliveries INDEXED BY deliveries_unfinished WHERE endpoint = ?1 AND contact = ?2 AND state < 3 AND class = 0)"])
      .bind(endpoint.value, contact.value)
      .run();
  Query(db["UPDATE deliveries SET state = 1 WHERE state = 0 AND key = "
           "(SELECT min(key) FROM deliveries INDEXED BY deliveries_unfinished WHERE endpoint = ?1 AND contact = ?2 AND state < 3) AND NOT EXISTS "
           "(SELECT 1 FROM deliveries INDEXED BY deliveries_unfinished WHERE endpoint = ?1 AND contact = ?2 AND state < 3 AND state > 0)"])
      .bind(endpoint.value, contact.value)
      .run();
}

}  // namespace answerback::storage
