// The embedded Store: one SQLite file under a data folder, WAL, one connection that writes, every
// commit synced before anyone learns of it, checkpoints beside it, readers that only query. A lock file keeps a second process out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "storage/store.hpp"

namespace answerback::storage {

struct SqliteOptions {
  std::string folder;                   // made when missing; holds answerback.db and answerback.lock
  std::size_t cache_bytes = 64u << 20;  // of the writer's page cache
  bool read_only = false;               // only queries, without the lock: also beside a server that holds it; writes are refused
  bool may_begin = true;                // where there is none, or an empty one, a new one is made; false: StoreMissing
  // Makes a new store an origin, and a copy one of its own. Empty: whatever it has it keeps, for tests whose ids must not change.
  std::function<std::uint64_t()> random = {};
};

// Throws StoreError: folder not writable, locked by another process, damaged, or written by a newer version (says which).
std::unique_ptr<Store> open_sqlite_store(const SqliteOptions& options);

}  // namespace answerback::storage
