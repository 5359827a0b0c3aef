// Messages as a chain: each row knows the contact's message before it, and the newest stands in the row that a turn writes
// anyway (the active conversation's, else the contact's). So the hot path needs no index over messages at all.
#pragma once

#include <functional>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// Appends; returns the new row. `previous` is the contact's newest message so far, `seen` the carrier's id; see seen_ids.hpp.
std::int64_t insert_message(Connection& db, const engine::Message& message, std::int64_t previous, const std::optional<DedupKey>& seen);

std::optional<engine::Message> message_at(Connection& db, std::int64_t row);
std::optional<std::int64_t> find_message_row(Connection& db, const engine::MessageId& id);
void set_message_status(Connection& db, std::int64_t row, engine::MessageStatus status, const std::string& error);

// Row of the contact's newest message, 0 = none.
std::int64_t newest_message(Connection& db, engine::ContactKey contact);
// From where a conversation's messages are found by walking back, 0 = it has none.
std::int64_t conversation_newest_message(Connection& db, const engine::ConversationId& id);
// Walks back from `row`, newest first, until `visit` returns false.
void walk_back(Connection& db, std::int64_t row, const std::function<bool(std::int64_t row, engine::Message)>& visit);
// The contact's message before that one.
std::int64_t previous_message(Connection& db, std::int64_t row);

// So that a receipt finds its message: carrier and the carrier's id for it.
void remember_provider_id(Connection& db, std::int64_t row, const std::string& provider_id);

}  // namespace answerback::storage
