#include "storage/sqlite/connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "storage/sqlite/page_cache.hpp"
#include "storage/sqlite/sync_failure.hpp"

namespace answerback::storage {

namespace {

constexpr int busy_timeout_ms = 5'000;
constexpr int primary_code_bits = 0xff;  // of an extended one

[[noreturn]] void raise(const SQLite::Exception& error) {
  const auto message = fmt::format("SQLite: {} ({})", error.what(), error.getExtendedErrorCode());
  if (is_sync_failure(error.getExtendedErrorCode())) throw SyncFailure(message);
  if ((error.getErrorCode() & primary_code_bits) == SQLITE_CONSTRAINT) throw Contradiction(message);
  throw StoreError(message);
}

template <class Body>
decltype(auto) translated(Body&& body) {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    raise(error);
  }
}

// Without SQLite's own locks: a connection has one user at a time.
int open_flags(Connection::Role role) {
  if (role == Connection::Role::reader) return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
  return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
}

// Only before the first connection. SQLite's count of memory in use, which nobody asks for, takes a lock for every allocation.
void configure_once() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    install_page_cache();
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

// SQLite's own statement rather than the library's: that one counts references for every column it reads.
struct CachedStatement {
  CachedStatement(sqlite3* database_, std::atomic<std::uint64_t>& damaged_rows_read_, const char* sql)
      : database(database_), damaged_rows_read(damaged_rows_read_) {
    require(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  }
  ~CachedStatement() { sqlite3_finalize(statement); }
  CachedStatement(const CachedStatement&) = delete;
  CachedStatement& operator=(const CachedStatement&) = delete;

  void require(int result) const {
    if (result != SQLITE_OK) raise(SQLite::Exception(database, result));
  }

  sqlite3* database;
  std::atomic<std::uint64_t>& damaged_rows_read;
  sqlite3_stmt* statement = nullptr;
  bool busy = false;
};

Query::Query(CachedStatement& statement) : statement_(statement) {
  if (statement_.busy) throw std::logic_error(std::string("a statement is used inside itself: ") + sqlite3_sql(statement_.statement));
  statement_.busy = true;
}

Query::~Query() {
  statement_.busy = false;
  sqlite3_reset(statement_.statement);
}

bool Query::step() {
  const int result = sqlite3_step(statement_.statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE) statement_.require(result);
  return result == SQLITE_ROW;
}

std::int64_t Query::run() {
  while (step()) {
  }
  return sqlite3_changes(statement_.database);
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_.statement, column) == SQLITE_NULL; }
std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_.statement, column); }
std::string Query::text(int column) const { return std::string(blob(column)); }

std::string_view Query::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.statement, column));
  return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.statement, column))) : std::string_view();
}

std::optional<Instant> Query::maybe_instant(int column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

void Query::note_damage() const { ++statement_.damaged_rows_read; }

void Query::bind_integer(std::int64_t value) { statement_.require(sqlite3_bind_int64(statement_.statement, next_++, value)); }

void Query::bind_other(std::nullptr_t) { statement_.require(sqlite3_bind_null(statement_.statement, next_++)); }

void Query::bind_other(const std::string& value) {
  statement_.require(sqlite3_bind_text64(statement_.statement, next_++, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind_other(const Blob& value) {
  const auto* bytes = value.bytes.empty() ? "" : value.bytes.data();  // a null pointer would be NULL, not an empty blob
  statement_.require(sqlite3_bind_blob64(statement_.statement, next_++, bytes, value.bytes.size(), SQLITE_STATIC));
}

Connection::Connection(const std::string& file, Role role, std::size_t cache_bytes) {
  configure_once();
  translated([&] {
    database_ = std::make_unique<SQLite::Database>(file, open_flags(role), busy_timeout_ms);
    database_->exec(fmt::format("PRAGMA cache_size = -{}", std::max<std::size_t>(cache_bytes / 1024, 64)));
    database_->exec("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF");
    sqlite3_extended_result_codes(database_->getHandle(), 1);
    if (role == Role::writer) return;
    // No checkpoint but by the Checkpointer's rules, which is where it is said why.
    database_->exec("PRAGMA query_only = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
    sqlite3_db_config(database_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  });
}

Connection::~Connection() = default;

CachedStatement& Connection::operator[](const char* sql) {
  auto& cached = statements_[sql];
  if (!cached) cached = std::make_unique<CachedStatement>(database_->getHandle(), damaged_rows_read_, sql);
  return *cached;
}

void Connection::execute(const std::string& sql) {
  translated([&] { database_->exec(sql); });
}

std::int64_t Connection::integer(const std::string& sql) {
  return translated([&] { return database_->execAndGet(sql).getInt64(); });
}

std::string Connection::text(const std::string& sql) {
  return translated([&] { return database_->execAndGet(sql).getString(); });
}

std::int64_t Connection::last_row() const { return database_->getLastInsertRowid(); }
bool Connection::in_transaction() const { return sqlite3_get_autocommit(database_->getHandle()) == 0; }
void Connection::forget_statements() { statements_.clear(); }

void Connection::watch_wal() {
  const auto on_commit = [](void* pages, sqlite3*, const char*, int in_wal) {
    *static_cast<int*>(pages) = in_wal;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_->getHandle(), on_commit, &wal_pages_);
}

Connection::Moved Connection::checkpoint(Checkpoint kind) {
  auto* handle = database_->getHandle();
  const bool truncate = kind == Checkpoint::truncate;
  int pages = 0;
  int moved = 0;
  if (truncate) sqlite3_busy_timeout(handle, 0);
  const int result =
      sqlite3_wal_checkpoint_v2(handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (truncate) sqlite3_busy_timeout(handle, busy_timeout_ms);
  if (truncate && result == SQLITE_OK) wal_pages_ = 0;
  if ((result != SQLITE_OK && result != SQLITE_BUSY) || moved < 0) return {std::nullopt, is_sync_failure(result)};
  return {moved, false};
}

bool Connection::sync_file() {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(database_->getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return false;
  return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  Query(connection_[kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN"]).run();
}

Transaction::~Transaction() {
  if (done_ || !connection_.in_transaction()) return;  // after some errors SQLite has rolled back already
  try {
    Query(connection_["ROLLBACK"]).run();
  } catch (const StoreError&) {  // the connection tells at its next use
  }
}

void Transaction::commit() {
  Query(connection_["COMMIT"]).run();
  done_ = true;
}

}  // namespace answerback::storage
