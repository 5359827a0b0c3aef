#include "storage/sqlite/checkpointer.hpp"

#include "storage/sqlite/disk_wait.hpp"

namespace answerback::storage {

namespace {

// The more pages at a time, the more of them are there several times and are moved once; the fewer, the shorter are the
// commits held up that need the disk meanwhile.
constexpr int pages_at_once = 1'000;
// A WAL of this length shall begin anew. For that all of it must be moved: few enough pages are moved by the writer itself.
constexpr int long_wal = 16'000;
constexpr int long_wal_when_idle = 2'000;
constexpr int few_pages = 512;
// Writing has been faster than moving for too long: now it waits. 256 MiB.
constexpr int longest_wal = 64'000;
// A reader with an old snapshot holds moving up: not every commit need find that out.
constexpr int pages_between_tries = 256;
constexpr std::size_t cache_bytes = 64u << 10;  // moving does not use it

// What was moved of a WAL may be more than what it has now: then it has begun anew since, and nothing of it is moved.
int beyond(int pages, int mark) { return pages < mark ? pages : pages - mark; }

}  // namespace

Checkpointer::Checkpointer(const std::string& file, Connection& writer)
    : writer_(writer), own_(file, Connection::Role::checkpointer, cache_bytes), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return running_ || stopping_; });
    if (!running_) return;
    lock.unlock();
    const auto moved = move_beside();
    lock.lock();
    take(moved);
    running_ = false;
    changed_.notify_all();
  }
}

// SQLite syncs the file only when all of a WAL is moved, which here is the writer's part: synced now, it has little to wait for.
Connection::Moved Checkpointer::move_beside() {
  auto moved = own_.checkpoint(Connection::Checkpoint::passive);
  if (moved.pages) moved.sync_failed = !own_.sync_file();
  return moved;
}

int Checkpointer::unmoved() const { return beyond(writer_.wal_pages(), moved_); }
int Checkpointer::untried() const { return beyond(writer_.wal_pages(), tried_); }

void Checkpointer::begin() {
  tried_ = writer_.wal_pages();
  running_ = true;
  changed_.notify_all();
}

void Checkpointer::move_here(Connection::Checkpoint kind) {
  const DiskWait waiting;
  tried_ = writer_.wal_pages();
  take(writer_.checkpoint(kind));
}

// What was committed stays committed when moving fails; the next one tries again, but for a failed fsync.
void Checkpointer::take(const Connection::Moved& moved) {
  if (moved.pages) moved_ = *moved.pages;
  broken_ = broken_ || moved.sync_failed;
}

void Checkpointer::wait_for_end(std::unique_lock<std::mutex>& lock) {
  const DiskWait waiting;
  changed_.wait(lock, [this] { return !running_; });
}

void Checkpointer::committed() {
  std::unique_lock lock(mutex_);
  const bool too_long = writer_.wal_pages() >= longest_wal;
  const bool is_long = writer_.wal_pages() >= long_wal;
  if (too_long) wait_for_end(lock);
  if (running_ || broken_ || untried() < pages_between_tries) return;
  const int left = unmoved();
  if (is_long && left > 0 && (left <= few_pages || too_long)) {
    move_here(Connection::Checkpoint::passive);
  } else if (left >= (is_long ? few_pages : pages_at_once)) {
    begin();
  }
}

void Checkpointer::idle() {
  const std::scoped_lock lock(mutex_);
  const int left = unmoved();
  if (running_ || broken_ || left == 0 || untried() == 0 || writer_.wal_pages() < long_wal_when_idle) return;
  if (left <= few_pages) {
    move_here(Connection::Checkpoint::passive);
  } else {
    begin();
  }
}

bool Checkpointer::truncate() {
  const std::scoped_lock lock(mutex_);
  if (running_ || broken_) return false;
  // Should it fail half-way, all may be moved: then nothing may count as left.
  moved_ = writer_.wal_pages();
  move_here(Connection::Checkpoint::truncate);
  return !broken_ && writer_.wal_pages() == 0;
}

bool Checkpointer::busy() const {
  const std::scoped_lock lock(mutex_);
  return running_;
}

bool Checkpointer::broken() const {
  const std::scoped_lock lock(mutex_);
  return broken_;
}

}  // namespace answerback::storage
