#include "storage/sqlite/row_blocks.hpp"

namespace answerback::storage {

void note_event(Connection& db, const std::string& type, std::int64_t cursor) {
  Query(db["INSERT OR IGNORE INTO event_blocks VALUES (?1, ?2 / 256)"]).bind(type, cursor).run();
}

void note_ended(Connection& db, const engine::Conversation& conversation, std::int64_t row) {
  Query(db["INSERT OR IGNORE INTO conversation_blocks VALUES (?1, ?2, ?3 / 256)"]).bind(conversation.flow, conversation.life, row).run();
}

// The order of both tables is said with CROSS JOIN: block by block, SQLite has the list's order without sorting.
void add_events(Connection& db, const std::string& type, MergedRows& rows) {
  Query line(db["SELECT e.cursor FROM event_blocks b CROSS JOIN events e WHERE b.type = ?1 AND b.block >= ?2 / 256 AND e.type = ?1 "
                "AND e.cursor BETWEEN b.block * 256 AND b.block * 256 + 255 AND e.cursor > ?2 ORDER BY b.block, e.cursor LIMIT ?3"]);
  rows.add(line.bind(type, rows.place(), rows.wanted()));
}

void add_ended(Connection& db, const std::string& flow, engine::Life life, MergedRows& rows) {
  Query line(db["SELECT v.row FROM conversation_blocks b CROSS JOIN conversations v WHERE b.flow = ?1 AND b.life = ?2 AND b.block <= ?3 / 256 "
                "AND v.row BETWEEN b.block * 256 AND b.block * 256 + 255 AND v.row < ?3 AND v.flow = ?1 AND v.life = ?2 "
                "ORDER BY b.block DESC, v.row DESC LIMIT ?4"]);
  rows.add(line.bind(flow, life, rows.place(), rows.wanted()));
}

std::vector<std::string> flows_of_ended(Connection& db) {
  std::vector<std::string> flows;
  for (std::string last;;) {
    Query query(db["SELECT min(flow) FROM conversation_blocks WHERE flow > ?1"]);
    query.bind(last);
    if (!query.step() || query.is_null(0)) return flows;
    flows.push_back(last = query.text(0));
  }
}

void forget_purged_blocks(Connection& db) {
  Query(db["DELETE FROM event_blocks WHERE block < (SELECT coalesce(min(cursor), 0) FROM events) / 256"]).run();
}

}  // namespace answerback::storage
