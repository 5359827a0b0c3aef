// One SQLite connection with its prepared statements. Everything that SQLite refuses comes out as StoreError.
// Not thread-safe: a connection belongs to one thread, or to whoever holds its mutex.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "storage/store.hpp"

namespace SQLite {
class Database;
}  // namespace SQLite

namespace answerback::storage {

struct Blob {
  std::string_view bytes;
};

struct CachedStatement;

// A prepared statement while it is in use; reset when it goes. Bound texts and blobs must outlive it.
class Query {
 public:
  explicit Query(CachedStatement& statement);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds the parameters ?1, ?2, … in order.
  template <class... Values>
  Query& bind(const Values&... values) {
    (bind_next(values), ...);
    return *this;
  }
  bool step();  // to the next row; false = no more
  std::int64_t run();  // to the end; how many rows it changed

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string_view blob(int column) const;  // until the next step
  std::uint32_t small(int column) const { return static_cast<std::uint32_t>(integer(column)); }
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return Instant(flows::Duration(integer(column))); }
  std::optional<Instant> maybe_instant(int column) const;
  template <class Enum>
  Enum as(int column) const {
    return static_cast<Enum>(integer(column));
  }
  void note_damage() const;  // what the row holds is read in doubt; the connection counts it

 private:
  template <class Value>
  void bind_next(const Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_integral_v<Value>) {
      bind_integer(static_cast<std::int64_t>(value));
    } else {
      bind_other(value);
    }
  }
  template <class Value>
  void bind_next(const std::optional<Value>& value) {
    if (value) {
      bind_next(*value);
    } else {
      bind_other(nullptr);
    }
  }
  void bind_integer(std::int64_t value);
  void bind_other(std::nullptr_t);
  void bind_other(const std::string& value);
  void bind_other(const Blob& value);
  void bind_other(const Instant& value) { bind_integer(value.time_since_epoch().count()); }

  CachedStatement& statement_;
  int next_ = 1;
};

class Connection {
 public:
  enum class Role : std::uint8_t { writer, checkpointer, reader };
  enum class Checkpoint : std::uint8_t { passive, truncate };  // passive: never waits for readers
  struct Moved {
    std::optional<int> pages;  // from the beginning of the WAL, all that the file has by now; nothing: it failed, none more than before
    bool sync_failed = false;
  };
  Connection(const std::string& file, Role role, std::size_t cache_bytes);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `sql` must be a literal: its address is the statement's name in the cache.
  CachedStatement& operator[](const char* sql);
  void execute(const std::string& sql);           // statements without rows
  std::int64_t integer(const std::string& sql);   // the first column of the first row
  std::string text(const std::string& sql);
  std::int64_t last_row() const;
  bool in_transaction() const;
  void forget_statements();                       // before the connection closes, or when the schema has changed
  SQLite::Database& raw() { return *database_; }

  // For the writer: how many pages the WAL had at the last commit.
  void watch_wal();
  int wal_pages() const { return wal_pages_; }
  std::uint64_t damaged_rows_read() const { return damaged_rows_read_; }  // any thread
  // Moves pages from the WAL into the file; truncate also empties the WAL, unless a reader is in the way.
  Moved checkpoint(Checkpoint kind);
  // Waits until the disk has what was written to the file. False: the fsync failed.
  bool sync_file();

 private:
  std::unique_ptr<SQLite::Database> database_;
  std::unordered_map<const char*, std::unique_ptr<CachedStatement>> statements_;
  std::atomic<std::uint64_t> damaged_rows_read_{0};
  int wal_pages_ = 0;
};

// BEGIN … COMMIT around a scope; rolled back unless commit() was reached.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };
  Transaction(Connection& connection, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& connection_;
  bool done_ = false;
};

}  // namespace answerback::storage
