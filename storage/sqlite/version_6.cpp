#include "storage/sqlite/version_6.hpp"

#include <string_view>

#include "storage/sqlite/row_blocks.hpp"

namespace answerback::storage {

namespace {

// How lively the contact of a conversation that goes on is, as every turn changes it (turn_writer.cpp). NULL: the contact's row says so.
constexpr std::string_view pace_beside_conversations = "ALTER TABLE conversations ADD COLUMN pace BLOB;";

// In place of two indexes of version 5 that took a page of every tenth text.
constexpr std::string_view row_blocks = R"sql(
DROP INDEX events_by_type;
DROP INDEX conversations_ended;
CREATE TABLE event_blocks(type TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY(type, block)) STRICT, WITHOUT ROWID;
CREATE TABLE conversation_blocks(
  flow TEXT NOT NULL,
  life INTEGER NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY(flow, life, block)) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

std::string version_6() {
  std::string sql;
  for (const std::string_view part : {pace_beside_conversations, row_blocks, std::string_view(fill_row_blocks)}) sql += part;
  return sql;
}

}  // namespace answerback::storage
