#include "storage/sqlite/identity.hpp"

#include <algorithm>

#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

// A new store draws from the lower half. A copy draws anew above what it had, so that keys go on growing, and takes a small part of what is
// left above, so that there is room for thousands of copies of copies. Two copies of one store draw the same in one of 16 million cases.
constexpr engine::Origin highest_first = engine::max_origin / 2;
constexpr engine::Origin share_per_copy = 64;

engine::Origin first_origin(std::uint64_t random) { return static_cast<engine::Origin>(1 + random % highest_first); }

engine::Origin next_origin(engine::Origin last, std::uint64_t random) {
  const auto left = engine::max_origin - last;
  if (left == 0) return last;  // thousands of copies later: better than a store that can't be opened
  return static_cast<engine::Origin>(last + 1 + random % std::max(left / share_per_copy, engine::Origin{1}));
}

// A count that ran over has taken keys of later origins.
engine::Origin highest_origin(Connection& db, engine::Origin own) {
  const auto last = db.integer("SELECT max((SELECT coalesce(max(key), 0) FROM deliveries), coalesce((SELECT value FROM facts WHERE name = 'deliveries_given'), 0))");
  return std::max(own, engine::origin_of(static_cast<std::uint64_t>(last)));
}

std::string why_a_copy(Connection& db, const LockFile::Place& place) {
  if (fact(db, "copied")) return "it was opened from a backup";
  const bool same = fact(db, "file_born") == place.born && (place.born > 0 || fact(db, "file_inode") == place.inode);
  return same ? "" : "its file was copied from another one";
}

// Keys that SQLite gives by itself begin anew above all that were given.
void begin_keys(Connection& db, engine::Origin origin) {
  const auto before_first = engine::key_after(0, origin) - 1;
  set_fact(db, "deliveries_given", before_first);
  db.execute("DELETE FROM sqlite_sequence WHERE name = 'endpoints'");
  Query(db["INSERT INTO sqlite_sequence(name, seq) VALUES ('endpoints', ?1)"]).bind(before_first).run();
}

void take_origin(Connection& db, engine::Origin origin) {
  set_fact(db, "origin", origin);
  begin_keys(db, origin);
}

}  // namespace

std::optional<std::int64_t> fact(Connection& db, const std::string& name) {
  Query query(db["SELECT value FROM facts WHERE name = ?1"]);
  query.bind(name);
  return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

void set_fact(Connection& db, const std::string& name, std::int64_t value) {
  Query(db["INSERT INTO facts(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2"]).bind(name, value).run();
}

Identity read_identity(Connection& db) {
  const auto origin = fact(db, "origin");
  return {static_cast<engine::Origin>(origin.value_or(engine::no_origin)), !origin || fact(db, "plain_cursors"), ""};
}

Identity settle_identity(Connection& db, const LockFile::Place& place, const std::function<std::uint64_t()>& random) {
  if (!random) return read_identity(db);
  Transaction transaction(db, Transaction::Kind::write);
  const auto own = fact(db, "origin");
  const auto why = own ? why_a_copy(db, place) : "";
  if (own && why.empty()) return read_identity(db);
  if (own) {
    take_origin(db, next_origin(highest_origin(db, static_cast<engine::Origin>(*own)), random()));
    db.execute("DELETE FROM facts WHERE name IN ('copied', 'plain_cursors')");
  } else {
    take_origin(db, first_origin(random()));
  }
  set_fact(db, "file_inode", place.inode);
  set_fact(db, "file_born", place.born);
  auto identity = read_identity(db);
  identity.renewed = why;
  transaction.commit();
  return identity;
}

KeyTrace SqliteStore::key_trace() {
  return {fact(*writer_, "key_fingerprint"), fact(*writer_, "key_adopts").has_value(),
          static_cast<std::uint64_t>(writer_->integer("SELECT count(*) FROM suppressed"))};
}

void SqliteStore::remember_key(std::int64_t fingerprint) {
  Writing writing(*this);
  set_fact(*writer_, "key_fingerprint", fingerprint);
  Query((*writer_)["DELETE FROM facts WHERE name = 'key_adopts'"]).run();
  writing.commit();
}

void SqliteStore::mark_as_copy() {
  Writing writing(*this);
  Query((*writer_)[mark_as_copy_sql]).run();
  writing.commit();
}

}  // namespace answerback::storage
