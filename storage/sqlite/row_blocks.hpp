// Which blocks of a table's rows hold some of a kind, so that a list by kind passes over all others: an event's type, an ended
// conversation's flow and life. An index over the rows themselves would have pages of its own written by nearly every row; of this, one is
// written only when a block gets its first of a kind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/merged_rows.hpp"

namespace answerback::storage {

// Blocks of 256 rows: `row / 256`. Makes the tables of what is stored already, and whatever lacks.
inline constexpr const char* fill_row_blocks =
    "INSERT OR IGNORE INTO event_blocks SELECT DISTINCT type, cursor / 256 FROM events; "
    "INSERT OR IGNORE INTO conversation_blocks SELECT DISTINCT flow, life, row / 256 FROM conversations WHERE life BETWEEN 3 AND 5;";

// A row for each block that lacks: what to call it.
inline constexpr const char* missing_row_blocks =
    "SELECT 'block ' || block || ' of events of type ' || type FROM (SELECT DISTINCT type, cursor / 256 AS block FROM events EXCEPT SELECT type, block FROM event_blocks) "
    "UNION ALL SELECT 'block ' || block || ' of conversations of ' || flow FROM "
    "(SELECT DISTINCT flow, life, row / 256 AS block FROM conversations WHERE life BETWEEN 3 AND 5 EXCEPT SELECT flow, life, block FROM conversation_blocks)";

void note_event(Connection& db, const std::string& type, std::int64_t cursor);
void note_ended(Connection& db, const engine::Conversation& conversation, std::int64_t row);

// The list's first rows of a kind behind its place. At most 256 rows are looked at for each that is found.
void add_events(Connection& db, const std::string& type, MergedRows& rows);
void add_ended(Connection& db, const std::string& flow, engine::Life life, MergedRows& rows);
std::vector<std::string> flows_of_ended(Connection& db);

// Blocks whose rows are all gone.
void forget_purged_blocks(Connection& db);

}  // namespace answerback::storage
