#include "storage/sqlite/damage.hpp"

#include <fmt/format.h>

#include "storage/codec.hpp"
#include "storage/sqlite/damage_bounds.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/rows.hpp"

namespace answerback::storage {

namespace {

// More than this of one kind says nothing new.
constexpr std::size_t max_named = 20;

// What is asked and done of one bound. Statements are known by where their text lies, so it stays.
struct Statements {
  const Bound* bound;
  std::string find, record, repair;
};

const std::vector<Statements>& statements() {
  static const auto made = [] {
    std::vector<Statements> all;
    for (const auto& bound : bounds()) {
      const auto broken = filled(bound.broken);
      all.push_back({&bound, fmt::format("SELECT {} FROM {} WHERE {}", bound.name, bound.table, broken),
                     bound.record == nullptr ? "" : fmt::format("{} FROM {} WHERE {}", bound.record, bound.table, broken),
                     fmt::format("UPDATE {} SET {} WHERE ({}) AND ?1 IS NOT NULL", bound.table, filled(bound.repair), broken)});
    }
    return all;
  }();
  return made;
}

std::vector<std::string> named(Connection& db, const Statements& statement) {
  std::vector<std::string> names;
  Query query(db[statement.find.c_str()]);
  for (std::size_t more = 0; query.step();) {
    if (names.size() < max_named) {
      names.push_back(query.text(0));
    } else {
      names.resize(max_named);
      names.push_back(fmt::format("{} more of {}", ++more, statement.bound->table));
    }
  }
  return names;
}

// A blob that is there and can't be decoded.
struct Blobs {
  const char* select;  // row, name, blob
  const char* what;
  void (*decode)(std::string_view);
  const char* mend;  // ?1 the row, ?2 now
  const char* mended;
};

void decode_fields(std::string_view bytes) { decode_values(bytes); }
void decode_media(std::string_view bytes) { decode_texts(bytes); }
void decode_conversation(std::string_view bytes) {
  engine::Conversation scratch;
  decode_state(bytes, scratch);
}

void decode_kept_pace(std::string_view bytes) { decode_pace(bytes); }

constexpr Blobs blobs[] = {
    {"SELECT key, con(key), fields FROM contacts WHERE fields IS NOT NULL", "has damaged fields", decode_fields,
     "UPDATE contacts SET fields = NULL WHERE key = ?1 AND ?2", "without fields"},
    {"SELECT row, msg(contact, conversation, number), media FROM messages WHERE media IS NOT NULL", "has damaged media", decode_media,
     "UPDATE messages SET media = NULL WHERE row = ?1 AND ?2", "without media"},
    {"SELECT row, cnv(contact, number), pace FROM conversations WHERE pace IS NOT NULL", "has a damaged pace", decode_kept_pace,
     "UPDATE conversations SET pace = NULL WHERE row = ?1 AND ?2", "counted on from its contact's"},
    // The engine ends it as `flow_error`, with its event, at its next stimulus: that is now.
    {"SELECT row, cnv(contact, number), state FROM conversations", "has a damaged state", decode_conversation,
     "UPDATE conversations SET due_at = ?2, wake_at = ?2 WHERE row = ?1 AND life < 3", "ends as flow_error when the server runs, if it has not ended"},
};

std::vector<std::pair<std::int64_t, std::string>> undecodable(Connection& db, const Blobs& kind) {
  std::vector<std::pair<std::int64_t, std::string>> rows;
  Query query(db[kind.select]);
  while (query.step()) {
    try {
      kind.decode(query.blob(2));
    } catch (const DamagedBytes&) {
      rows.emplace_back(query.integer(0), query.text(1));
    }
  }
  return rows;
}

// Lives that were mended among them.
void mend_row_blocks(Connection& db, std::vector<std::string>& done) {
  if (Query missing(db[missing_row_blocks]); !missing.step()) return;
  db.execute(fill_row_blocks);
  done.emplace_back("lists by type and by outcome pass over some rows; now they find them");
}

void run(Connection& db, const std::string& sql, Instant now) {
  if (!sql.empty()) Query(db[sql.c_str()]).bind(now).run();
}

}  // namespace

std::vector<std::string> find_damage(Connection& db) {
  std::vector<std::string> found;
  for (const auto& statement : statements()) {
    for (const auto& name : named(db, statement)) found.push_back(fmt::format("{}: {}", name, statement.bound->what));
  }
  for (const auto& kind : blobs) {
    for (const auto& [row, name] : undecodable(db, kind)) found.push_back(fmt::format("{} {}", name, kind.what));
  }
  return found;
}

std::vector<std::string> mend_damage(Connection& db, Instant now) {
  std::vector<std::string> done;
  for (const auto& statement : statements()) {
    const auto names = named(db, statement);
    if (names.empty()) continue;
    run(db, statement.record, now);
    run(db, statement.repair, now);
    for (const auto& name : names) done.push_back(fmt::format("{}: {}; now {}", name, statement.bound->what, statement.bound->mended));
  }
  for (const auto& kind : blobs) {
    for (const auto& [row, name] : undecodable(db, kind)) {
      Query(db[kind.mend]).bind(row, now).run();
      done.push_back(fmt::format("{} {}; now {}", name, kind.what, kind.mended));
    }
  }
  mend_row_blocks(db, done);
  return done;
}

}  // namespace answerback::storage
