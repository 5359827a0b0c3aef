// Transactions of the writer: nesting, and what happens when one fails.
#include "storage/sqlite/disk_wait.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "storage/sqlite/sync_failure.hpp"

namespace answerback::storage {

SqliteStore::Writing::Writing(SqliteStore& store) : store_(store) {
  if (store.depth_ == 0) store.begin_writing();
  ++store.depth_;
}

SqliteStore::Writing::~Writing() {
  --store_.depth_;
  if (!done_) store_.doomed_ = true;
  if (store_.depth_ == 0) store_.leave_writing();
}

void SqliteStore::Writing::commit() {
  if (store_.depth_ == 1) store_.end_writing();
  done_ = true;
}

void SqliteStore::begin_writing() {
  if (broken()) throw StoreError("an fsync failed earlier: what the disk holds is unknown until the store is opened again");
  if (misplaced_) throw StoreError("the store's file was moved away or replaced: what is written now would be lost");
  doomed_ = false;
  memory_->gauges = {};
  open_.emplace(*writer_, Transaction::Kind::write);
}

void SqliteStore::end_writing() {
  if (doomed_) throw StoreError("a part of the transaction failed");
  try {
    memory_->seen.index_some();
    open_->commit();
    disk_->committed();
    contacts_ += memory_->gauges.contacts;
    active_conversations_ += memory_->gauges.active_conversations;
    memory_->seen.committed();
    open_.reset();
  } catch (const SyncFailure&) {
    broken_ = true;
    throw;
  }
  checkpointer_->committed();
  if (!ahead_ && !disk_->wait()) throw SyncFailure("an fsync failed: what the disk holds of the last commit is unknown");
}

// After every transaction, whatever became of it.
void SqliteStore::leave_writing() {
  if (open_) memory_->seen.rolled_back();
  open_.reset();
  memory_->heads.clear();
}

bool SqliteStore::broken() const { return broken_ || (disk_ && disk_->broken()) || (checkpointer_ && checkpointer_->broken()); }

// As a part of a transaction it is on disk with the whole.
void SqliteStore::commit_ahead(std::span<const Commit> commits) {
  const Ahead ahead(*this);
  commit(commits);
}

void SqliteStore::when_on_disk(std::function<void(bool on_disk)> told) {
  if (!disk_) return told(true);
  disk_->when_done(std::move(told));
}

bool SqliteStore::wait_for_disk() { return !disk_ || disk_->wait(); }

std::chrono::nanoseconds SqliteStore::waited_for_disk() { return disk_wait_so_far(); }

void SqliteStore::transaction(const std::function<void()>& body) {
  Writing writing(*this);
  body();
  writing.commit();
}

void SqliteStore::tend() {
  if (!checkpointer_ || broken()) return;
  checkpointer_->idle();
  if (truncate_wal_ && checkpointer_->truncate()) truncate_wal_ = false;
}

}  // namespace answerback::storage
