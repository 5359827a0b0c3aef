// What is left of a person's data once it has been erased: that something happened, when, and how it ended.
#pragma once

#include <chrono>
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
// The body of an erased event: id, type, time, whom and which conversation it told of by their ids. `sequence` 0 = none.
std::string erased_body(const StoredEvent& event, engine::ContactKey contact, std::uint64_t sequence);

// An opt-out that some receiver has not taken yet is still needed there: to honour it is a legal obligation (GDPR Art. 17(3)(b) with
// Art. 21(3), 47 CFR 64.1200(a)(10)). Its phone stays until it was delivered or given up, a month at most (GDPR Art. 12(3)).
inline constexpr flows::Duration opt_outs_kept_for = std::chrono::days(30);
inline constexpr const char* kept_type = "contact.opted_out";
// What acting on it takes: id, external id and phone, when and how. What else is known of the person goes at once.
std::string bare_opt_out(const std::string& body);

// The id of the conversation that an event's body tells of, "" when it tells of none.
std::string conversation_in(const std::string& body);

}  // namespace answerback::storage
