// Transactions of the writer: nesting, what happens when one fails, and checkpoints between them.
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "storage/sqlite/sync_failure.hpp"

namespace answerback::storage {

namespace {

// Beyond this a commit checkpoints itself; tend() does it earlier, when nobody waits. The more pages, the more of them are
// there several times and are moved once; the fewer, the shorter is the wait of whoever comes in the meantime.
constexpr int pages_before_commit_checkpoints = 16'000;
constexpr int pages_before_tend_checkpoints = 2'000;

}  // namespace

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
  if (broken_) throw StoreError("an fsync failed earlier: what the disk holds is unknown until the store is opened again");
  doomed_ = false;
  memory_->gauges = {};
  open_.emplace(*writer_, Transaction::Kind::write);
}

void SqliteStore::end_writing() {
  if (doomed_) throw StoreError("a part of the transaction failed");
  try {
    memory_->seen.index_some();
    open_->commit();
    contacts_ += memory_->gauges.contacts;
    active_conversations_ += memory_->gauges.active_conversations;
    memory_->seen.committed();
    open_.reset();
  } catch (const SyncFailure&) {
    broken_ = true;
    throw;
  }
  checkpoint_beyond(pages_before_commit_checkpoints);
}

// After every transaction, whatever became of it.
void SqliteStore::leave_writing() {
  if (open_) memory_->seen.rolled_back();
  open_.reset();
  memory_->heads.clear();
}

// What was committed stays committed when a checkpoint fails; the next one tries again, but for a failed fsync.
void SqliteStore::checkpoint_beyond(int pages) {
  if (broken_ || options_.read_only || writer_->unchecked_wal_pages() < pages) return;
  try {
    writer_->checkpoint();
  } catch (const SyncFailure&) {
    broken_ = true;
  } catch (const StoreError&) {
  }
}

void SqliteStore::transaction(const std::function<void()>& body) {
  Writing writing(*this);
  body();
  writing.commit();
}

void SqliteStore::tend() {
  checkpoint_beyond(pages_before_tend_checkpoints);
  if (truncate_wal_ && !broken_ && writer_->truncate_wal()) truncate_wal_ = false;
}

}  // namespace answerback::storage
