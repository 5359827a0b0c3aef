// What must hold over the whole file, asked one by one. Each question selects the rows that break it.
#include <fmt/format.h>

#include <array>

#include "storage/sqlite/damage.hpp"
#include "storage/sqlite/endpoint_rows.hpp"
#include "storage/sqlite/id_functions.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

struct Question {
  const char* sql;  // selects one column that names the row
  const char* complaint;
};

// life: 0 fresh, 1 running, 2 waiting, 3 completed, 4 bailed, 5 discarded. status: 1 queued, 2 sending.
static_assert(static_cast<int>(engine::Life::completed) == 3 && static_cast<int>(engine::MessageStatus::queued) == 1);
static_assert(static_cast<int>(engine::MessageStatus::sending) == 2);

constexpr std::array questions{
    Question{"SELECT cnv(contact, number) FROM conversations WHERE life >= 3 AND reason = ''",
             "has ended without a reason"},
    Question{"SELECT cnv(contact, number) FROM conversations WHERE life < 3 AND reason <> ''",
             "has a reason but has not ended"},
    Question{"SELECT cnv(v.contact, v.number) FROM conversations v LEFT JOIN contacts c ON c.key = v.contact "
             "WHERE v.life < 3 AND (c.key IS NULL OR c.active_row <> v.row)",
             "has not ended but is not its contact's active one"},
    Question{"SELECT msg(contact, conversation, number) FROM messages WHERE status IN (1, 2) AND "
             "row NOT IN (SELECT message FROM sends)",
             "waits to be sent but is in no queue"},
    Question{"SELECT con(contact) FROM sends GROUP BY contact HAVING sum(state > 0) <> 1",
             "has queued texts of which not exactly one may leave"},
    Question{"SELECT 'send ' || s.message FROM sends s LEFT JOIN messages m ON m.row = s.message "
             "WHERE m.row IS NULL OR m.status <> CASE s.state WHEN 2 THEN 2 ELSE 1 END",
             "does not fit its message"},
    Question{"SELECT cnv(c.contact, c.conversation) || '-t' || c.turn FROM calls c LEFT JOIN conversations v "
             "ON v.contact = c.contact AND v.number = c.conversation WHERE v.row IS NULL OR v.life >= 3",
             "is a call of a conversation that does not go on"},
    Question{"SELECT dlv(d.key) FROM deliveries d WHERE d.event NOT IN (SELECT cursor FROM events)", "has lost its event"},
    Question{"SELECT ep(endpoint) || ' and ' || con(contact) FROM deliveries WHERE state < 3 AND contact <> 0 "
             "GROUP BY endpoint, contact HAVING sum(state = 1) = 0 OR (sum(class = 0) > 0 AND sum(class = 0 AND state = 1) = 0 AND sum(class > 0 AND attempts = 0) = 0)",
             "have unfinished deliveries of which none may leave, or an urgent one waits behind others"},
    Question{"SELECT msg(contact, conversation, number) FROM messages WHERE seen_key IS NOT NULL AND "
             "row <= (SELECT value FROM facts WHERE name = 'seen_indexed') AND seen_key NOT IN (SELECT key FROM seen)",
             "would not be known again by its carrier's id"},
    // Each ended conversation has told its outcome once. Events are kept for a while only; what ended before is not asked for.
    Question{"WITH told AS (SELECT json_extract(body, '$.data.conversation.id') AS id, count(*) AS times FROM events "
             "WHERE type IN ('conversation.completed', 'conversation.bailed', 'conversation.discarded') GROUP BY 1) "
             "SELECT cnv(v.contact, v.number) FROM conversations v "
             "LEFT JOIN told ON told.id = cnv(v.contact, v.number) "
             "WHERE coalesce(told.times, 0) <> (v.life >= 3) "
             "AND v.ended_at >= coalesce((SELECT value FROM facts WHERE name = 'purged_before'), -9223372036854775808)",
             "has not exactly one outcome event"},
    Question{missing_row_blocks, "is passed over by lists"},
};

// More than this of one kind says nothing new.
constexpr std::size_t max_complaints = 20;

void ask(Connection& db, const Question& question, std::vector<std::string>& found) {
  Query query(db[question.sql]);
  for (std::size_t count = 0; count < max_complaints && query.step(); ++count)
    found.push_back(fmt::format("{} {}", query.text(0), question.complaint));
}

void check_pages(Connection& db, std::vector<std::string>& found) {
  Query query(db["PRAGMA integrity_check(20)"]);
  while (query.step()) {
    if (query.text(0) != "ok") found.push_back("file: " + query.text(0));
  }
}

// Every row must be readable.
template <class Read>
void read_all(Connection& db, const std::string& sql, std::vector<std::string>& found, Read&& read) {
  Query query(db[sql.c_str()]);
  for (std::size_t count = 0; count < max_complaints && query.step();) {
    try {
      read(query);
    } catch (const StoreError& error) {
      found.emplace_back(error.what());
      ++count;
    }
  }
}

void check_endpoints(Connection& db, std::vector<std::string>& found) {
  static const auto endpoints = fmt::format("SELECT {} FROM endpoints", endpoint_columns);
  read_all(db, endpoints, found, [](const Query& row) { read_endpoint(row); });
}

}  // namespace

std::vector<std::string> SqliteStore::check() {
  std::vector<std::string> found;
  Connection db(file_, Connection::Role::reader, 1u << 20);
  add_id_functions(db);
  Transaction snapshot(db, Transaction::Kind::read);
  check_pages(db, found);
  if (!found.empty()) return found;  // the rest would be guessing
  for (const auto& question : questions) ask(db, question, found);
  check_endpoints(db, found);
  for (auto& each : find_damage(db)) found.push_back(std::move(each));
  return found;
}

std::vector<std::string> SqliteStore::mend(Instant now, bool keep) {
  add_id_functions(*writer_);
  Writing writing(*this);
  auto done = mend_damage(*writer_, now);
  if (keep) writing.commit();
  return done;
}

}  // namespace answerback::storage
