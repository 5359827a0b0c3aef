// Calls of flows that wait or are under way: rows that come with the commit that made them and go with the one that settles them.
#pragma once

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

void insert_call(Connection& db, const engine::CallRequest& call, Instant due_at);
// Nothing happens when there is no such row.
void remove_call(Connection& db, const webhooks::CallKey& key);
void remove_calls_of(Connection& db, const engine::ConversationId& conversation);
void remove_calls_of(Connection& db, engine::ContactKey contact);

}  // namespace answerback::storage
