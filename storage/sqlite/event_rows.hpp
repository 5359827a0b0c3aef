// Events and their deliveries. Per endpoint and contact deliveries go in order: a new one is held while an earlier one is
// unfinished, and released when that one has been delivered or given up.
#pragma once

#include "storage/lease_book.hpp"
#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// With the alias e.
inline constexpr const char* event_columns = "e.cursor, e.contact, e.sequence, e.id, e.type, e.at, e.body, e.origin";
StoredEvent read_event(const Query& row, int first = 0);
std::string read_event_id(const Query& row, int contact_column, int origin_column);  // from contact, sequence, id

std::int64_t insert_event(Connection& db, const webhooks::RenderedEvent& event);
std::optional<StoredEvent> find_event_row(Connection& db, const std::string& id);

struct DeliveryOrder {
  webhooks::EndpointKey endpoint;
  std::int64_t event = 0;
  engine::ContactKey contact;  // 0: no order to keep
  DeliveryClass what = DeliveryClass::first;
  bool in_turn = false;  // webhooks::goes_in_turn()
};
// Before rows are deleted: a key is never given twice.
void remember_given_deliveries(Connection& db);
webhooks::DeliveryKey insert_delivery(Connection& db, const DeliveryOrder& order, Instant now);
DeliveryClass class_of(const webhooks::RenderedEvent& event);

// Strips the events that were kept for receivers of an erasure and are needed no more, or were kept until now; how many.
std::size_t strip_kept_events(Connection& db, Instant now);
// Whether somebody still waits for the event.
bool is_unfinished(Connection& db, std::int64_t event);

// Of an endpoint, with their attempts; those that wait behind others first. How many went.
std::int64_t drop_unfinished(Connection& db, webhooks::EndpointKey endpoint, std::size_t limit);
// All of endpoints that are gone: a removal was cut short.
void drop_orphans(Connection& db);

// After one of them has finished or gone.
void release_delivery(Connection& db, webhooks::EndpointKey endpoint, engine::ContactKey contact);

}  // namespace answerback::storage
