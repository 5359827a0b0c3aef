// What is left of a person's data once it has been erased: that something happened, when, and how it ended.
#pragma once

#include <string>

#include "engine/model.hpp"
#include "storage/records.hpp"

namespace answerback::storage {

// Texts, answers and variables go; outcome, times and counters stay. An open question stays open, without its words.
void strip(engine::Conversation& conversation);
// Text, media and the contact's own number go.
void strip(engine::Message& message);
// What was written goes; what was decided, when and by whom stays: the ledger proves that an opt-out was honoured.
void strip(engine::LedgerRow& row);
// The body of an erased event: id, type, time, the conversation it told of. `sequence` 0 = none.
std::string erased_body(const StoredEvent& event, std::uint64_t sequence);

// The id of the conversation that an event's body tells of, "" when it tells of none.
std::string conversation_in(const std::string& body);

}  // namespace answerback::storage
