// Keeping it well: copies, room, old rows.
#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "storage/sqlite/disk_wait.hpp"
#include "storage/sqlite/identity.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

namespace fs = std::filesystem;

// A purge looks at no more rows than this per call, wanted or not, so that it never holds the loop up for long.
constexpr std::size_t max_looked_at = 10'000;

void copy_database(const std::string& from, const std::string& to) {
  Connection source(from, Connection::Role::reader, 1u << 20);
  try {
    SQLite::Database target(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(target, source.raw());
    backup.executeStep(-1);  // all in one step: one snapshot, never begun anew because somebody wrote
    target.exec(mark_as_copy_sql);
  } catch (const SQLite::Exception& error) {
    throw StoreError(std::string("the backup failed: ") + error.what());
  }
}

// Whether a file beside the store can be made, written and synced now.
bool can_write(const std::string& file) {
  const std::string block(4096, 'a');
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const DiskWait waiting;
  const bool written =
      ::write(descriptor, block.data(), block.size()) == static_cast<ssize_t>(block.size()) && ::fdatasync(descriptor) == 0;
  ::close(descriptor);
  ::unlink(file.c_str());
  return written;
}

std::vector<std::int64_t> purgeable(Query& query, Instant older_than, std::size_t limit) {
  std::vector<std::int64_t> keys;
  for (std::size_t looked_at = 0; looked_at < max_looked_at && keys.size() < limit && query.step(); ++looked_at) {
    if (query.instant(1) >= older_than) break;  // rows lie in the order in which they were made
    if (query.flag(2)) keys.push_back(query.integer(0));
  }
  return keys;
}

std::size_t purge_deliveries(Connection& db, Instant older_than, std::size_t limit) {
  std::vector<std::int64_t> keys;
  {
    // The newest row stays: keys must not be given twice.
    Query query(db["SELECT key, created_at, state >= 3 FROM deliveries WHERE key < (SELECT max(key) FROM deliveries) ORDER BY key"]);
    keys = purgeable(query, older_than, limit);
  }
  for (const auto key : keys) {
    Query(db["DELETE FROM attempts WHERE delivery = ?1"]).bind(key).run();
    Query(db["DELETE FROM deliveries WHERE key = ?1"]).bind(key).run();
  }
  return keys.size();
}

std::size_t purge_events(Connection& db, Instant older_than, std::size_t limit) {
  std::vector<std::int64_t> cursors;
  {
    Query query(db["SELECT e.cursor, e.at, NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event = e.cursor) FROM events e "
                   "WHERE e.cursor < (SELECT max(cursor) FROM events) ORDER BY e.cursor"]);
    cursors = purgeable(query, older_than, limit);
  }
  for (const auto cursor : cursors) Query(db["DELETE FROM events WHERE cursor = ?1"]).bind(cursor).run();
  return cursors.size();
}

std::size_t purge_answers(Connection& db, Instant older_than, std::size_t limit) {
  std::vector<std::int64_t> rows;
  {
    Query query(db["SELECT row, at, 1 FROM idempotency ORDER BY row"]);
    rows = purgeable(query, older_than, limit);
  }
  for (const auto row : rows) Query(db["DELETE FROM idempotency WHERE row = ?1"]).bind(row).run();
  return rows.size();
}

// So that check() does not miss the events of conversations that ended before.
void remember_purge(Connection& db, Instant older_than) {
  Query(db["INSERT INTO facts(name, value) VALUES ('purged_before', ?1) ON CONFLICT(name) DO UPDATE SET value = max(value, ?1)"])
      .bind(older_than)
      .run();
}

}  // namespace

std::size_t SqliteStore::purge(Instant older_than, std::size_t limit) {
  Writing writing(*this);
  auto purged = purge_deliveries(*writer_, older_than, limit);
  const auto events = purge_events(*writer_, older_than, limit - purged);
  if (events != 0) {
    remember_purge(*writer_, older_than);
    forget_purged_blocks(*writer_);
  }
  purged += events;
  purged += purge_answers(*writer_, older_than, limit - purged);
  writing.commit();
  return purged;
}

void SqliteStore::backup_to(const std::string& file) {
  const auto partial = file + ".partial";
  std::error_code error;
  fs::remove(partial, error);
  const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) throw StoreError("cannot write the backup " + partial);
  ::close(descriptor);
  try {
    copy_database(file_, partial);
  } catch (const StoreError&) {
    fs::remove(partial, error);
    throw;
  }
  fs::rename(partial, file, error);
  if (error) throw StoreError("cannot write the backup " + file + ": " + error.message());
}

void SqliteStore::limit_pages(std::int64_t pages) { writer_->integer("PRAGMA max_page_count = " + std::to_string(pages)); }

std::string SqliteStore::misplaced() {
  if (!file_lock_) return "";
  auto why = file_lock_->gone();
  for (const auto& side : side_files_) {
    if (why.empty() && inode_of(file_ + side.ending) != side.inode) why = std::string("has lost its ") + side.ending + " file";
  }
  misplaced_ = !why.empty();
  return why.empty() ? "" : file_ + " " + why;
}

bool SqliteStore::writable() { return !broken() && !options_.read_only && can_write(options_.folder + "/answerback.probe"); }

}  // namespace answerback::storage
