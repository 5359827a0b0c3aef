// Texts that have not left yet. Per contact they leave in order: only the oldest unfinished one is queued or sending, the
// others are held behind it and released one by one.
#pragma once

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

enum class SendState : std::uint8_t { held, queued, sending };

void insert_send(Connection& db, const engine::Message& message, std::int64_t row, Instant due_at);
// To be tried again; one that did not come as far as `sending` counts as tried as well. False when it is not in the queue any more.
bool requeue_send(Connection& db, std::int64_t message, Instant due_at);
// The row goes, the contact's next text may leave. Nothing happens when there is no such row.
void finish_send(Connection& db, std::int64_t message);
// Every text of the contact that has not started and is not exempt becomes `cancelled`; with `exempt_too` those as well.
void cancel_sends(Connection& db, engine::ContactKey contact, bool exempt_too);

}  // namespace answerback::storage
