// Queries about events and deliveries.
#include <fmt/format.h>

#include <limits>

#include "storage/scan.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/merged_rows.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::storage {

namespace {

constexpr const char* delivery_columns =
    "d.key, d.endpoint, e.contact, e.sequence, e.id, e.type, d.state, d.attempts, d.created_at, d.due_at, d.last_status, d.last_error, e.origin";

Delivery read_delivery(const Query& row) {
  Delivery delivery;
  delivery.key = {row.integer(0)};
  delivery.endpoint = {row.integer(1)};
  delivery.event_id = read_event_id(row, 2, 12);
  delivery.event_type = row.text(5);
  delivery.state = in_doubt(row, 6, webhooks::DeliveryState::dead, webhooks::DeliveryState::dead);
  delivery.attempts = row.small(7);
  delivery.created_at = row.instant(8);
  if (webhooks::unfinished(delivery.state)) delivery.due_at = row.instant(9);
  delivery.last_status = static_cast<int>(row.integer(10));
  delivery.last_error = row.text(11);
  return delivery;
}

bool fits(const Delivery& delivery, const DeliveryFilter& filter) {
  return (!filter.endpoint || *filter.endpoint == delivery.endpoint) && (!filter.state || *filter.state == delivery.state);
}

std::vector<Attempt> attempts_of(Connection& db, webhooks::DeliveryKey key) {
  Query query(db["SELECT number, at, took, status, error, response FROM attempts WHERE delivery = ?1 ORDER BY number"]);
  query.bind(key.value);
  std::vector<Attempt> attempts;
  while (query.step())
    attempts.push_back({query.small(0), query.instant(1), flows::Duration(query.integer(2)), static_cast<int>(query.integer(3)),
                        query.text(4), std::string(query.blob(5))});
  return attempts;
}

Page<StoredEvent> events_of(Connection& db, const std::string& type_pattern, const PageRequest& page) {
  static const auto one = fmt::format("SELECT {} FROM events e WHERE e.cursor = ?1", event_columns);
  MergedRows rows(page, MergedRows::Order::oldest_first);
  for (const auto& type : webhooks::event_types()) {
    if (webhooks::matches(type_pattern, type)) add_events(db, type, rows);
  }
  PageScan<StoredEvent> scan(page);
  for (const auto cursor : rows.take()) {
    Query query(db[one.c_str()]);
    query.bind(cursor);
    if (!query.step() || !scan.take(cursor, read_event(query))) break;
  }
  return scan.result();
}

std::optional<Delivery> delivery_at(Connection& db, std::int64_t key) {
  static const auto sql =
      fmt::format("SELECT {} FROM deliveries d JOIN events e ON e.cursor = d.event WHERE d.key = ?1", delivery_columns);
  Query query(db[sql.c_str()]);
  query.bind(key);
  return query.step() ? std::optional(read_delivery(query)) : std::nullopt;
}

// The endpoints that have deliveries which are dead, or are not finished; found by steps along the index.
std::vector<std::int64_t> endpoints_with(Connection& db, bool dead) {
  std::vector<std::int64_t> endpoints;
  for (std::int64_t last = 0;;) {
    Query query(db[dead ? "SELECT min(endpoint) FROM deliveries WHERE state = 4 AND endpoint > ?1"
                        : "SELECT min(endpoint) FROM deliveries WHERE state < 3 AND endpoint > ?1"]);
    query.bind(last);
    if (!query.step() || query.is_null(0)) return endpoints;
    endpoints.push_back(last = query.integer(0));
  }
}

// Dead or unfinished ones, of one endpoint or of all.
Page<Delivery> deliveries_in(Connection& db, webhooks::DeliveryState state, std::optional<webhooks::EndpointKey> endpoint, const PageRequest& page) {
  const bool dead = state == webhooks::DeliveryState::dead;
  MergedRows rows(page, MergedRows::Order::newest_first);
  // That `state < 3` is said at all is for the index; as it stands for nothing else, SQLite looks for the one state.
  for (const auto each : endpoint ? std::vector{endpoint->value} : endpoints_with(db, dead)) {
    Query line(db[dead ? "SELECT key FROM deliveries INDEXED BY deliveries_dead WHERE state = 4 AND state = ?1 AND endpoint = ?2 AND key < ?3 ORDER BY key DESC LIMIT ?4"
                       : "SELECT key FROM deliveries INDEXED BY deliveries_open WHERE likelihood(state < 3, 1.0) AND state = ?1 AND endpoint = ?2 AND key < ?3 ORDER BY key DESC LIMIT ?4"]);
    rows.add(line.bind(state, each, rows.place(), rows.wanted()));
  }
  PageScan<Delivery> scan(page);
  for (const auto key : rows.take()) {
    auto delivery = delivery_at(db, key);
    if (delivery && !scan.take(key, std::move(*delivery))) break;
  }
  return scan.result();
}

// The rowid of the event asked for; nothing when it is unknown.
std::optional<std::int64_t> cursor_of(Connection& db, const std::string& event_id) {
  const auto event = find_event_row(db, event_id);
  return event ? std::optional(event->cursor) : std::nullopt;
}

}  // namespace

Page<StoredEvent> SqliteStore::list_events(const std::string& type_pattern, const PageRequest& page) {
  Reading reading(*this);
  if (!type_pattern.empty() && type_pattern != "*") return events_of(reading.db, type_pattern, page);
  static const auto sql = fmt::format("SELECT {} FROM events e WHERE e.cursor > ?1 ORDER BY e.cursor", event_columns);
  PageScan<StoredEvent> scan(page);
  Query query(reading.db[sql.c_str()]);
  query.bind(page.after);
  for (bool more = true; more && query.step();) more = scan.take(query.integer(0), read_event(query));
  return scan.result();
}

std::int64_t SqliteStore::newest_event() {
  Reading reading(*this);
  return reading.db.integer("SELECT coalesce(max(cursor), 0) FROM events");
}

std::optional<StoredEvent> SqliteStore::find_event(const std::string& id) {
  Reading reading(*this);
  return find_event_row(reading.db, id);
}

Page<Delivery> SqliteStore::list_deliveries(const DeliveryFilter& filter, const PageRequest& page) {
  static const auto all = fmt::format(
      "SELECT {} FROM deliveries d JOIN events e ON e.cursor = d.event WHERE d.key < ?1 ORDER BY d.key DESC", delivery_columns);
  static const auto of_event = fmt::format(
      "SELECT {} FROM deliveries d JOIN events e ON e.cursor = d.event WHERE d.key < ?1 AND d.event = ?2 ORDER BY d.key DESC",
      delivery_columns);
  static const auto of_endpoint = fmt::format(
      "SELECT {} FROM deliveries d JOIN events e ON e.cursor = d.event WHERE d.key < ?1 AND d.endpoint = ?2 ORDER BY d.key DESC",
      delivery_columns);
  PageScan<Delivery> scan(page);
  Reading reading(*this);
  const auto event = cursor_of(reading.db, filter.event_id);
  if (!filter.event_id.empty() && !event) return {};
  if (!event && filter.state && *filter.state != webhooks::DeliveryState::delivered)
    return deliveries_in(reading.db, *filter.state, filter.endpoint, page);
  Query query(reading.db[event ? of_event.c_str() : filter.endpoint ? of_endpoint.c_str() : all.c_str()]);
  const auto place = page.after > 0 ? page.after : std::numeric_limits<std::int64_t>::max();
  if (event)
    query.bind(place, *event);
  else if (filter.endpoint)
    query.bind(place, filter.endpoint->value);
  else
    query.bind(place);
  for (bool more = true; more && query.step();) {
    auto delivery = read_delivery(query);
    const auto cursor = delivery.key.value;
    more = fits(delivery, filter) ? scan.take(cursor, std::move(delivery)) : scan.skip(cursor);
  }
  return scan.result();
}

std::optional<Delivery> SqliteStore::find_delivery(webhooks::DeliveryKey key) {
  Reading reading(*this);
  auto delivery = delivery_at(reading.db, key.value);
  if (delivery) delivery->history = attempts_of(reading.db, key);
  return delivery;
}

Gauges SqliteStore::gauges() {
  Gauges gauges;
  gauges.contacts = static_cast<std::uint64_t>(contacts_.load());
  gauges.active_conversations = static_cast<std::uint64_t>(active_conversations_.load());
  gauges.misplaced = misplaced_;
  gauges.damaged_rows_read = damaged_rows_read();
  Reading reading(*this);
  Query sends(reading.db["SELECT count(*), (SELECT min(due_at) FROM sends WHERE state = 1) FROM sends WHERE state < 2"]);
  if (sends.step()) {
    gauges.queued_sends = static_cast<std::uint64_t>(sends.integer(0));
    gauges.oldest_send_due = sends.maybe_instant(1);
  }
  Query deliveries(reading.db["SELECT count(*), min(due_at) FROM deliveries WHERE state < 3"]);
  if (deliveries.step()) {
    gauges.unfinished_deliveries = static_cast<std::uint64_t>(deliveries.integer(0));
    gauges.oldest_delivery_due = deliveries.maybe_instant(1);
  }
  Query calls(reading.db["SELECT count(*), min(due_at) FROM calls"]);
  if (calls.step()) {
    gauges.unfinished_calls = static_cast<std::uint64_t>(calls.integer(0));
    gauges.oldest_call_due = calls.maybe_instant(1);
  }
  return gauges;
}

}  // namespace answerback::storage
