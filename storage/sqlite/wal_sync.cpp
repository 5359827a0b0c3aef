#include "storage/sqlite/wal_sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <vector>

#include "storage/sqlite/disk_wait.hpp"
#include "storage/store.hpp"

namespace answerback::storage {

WalSync::WalSync(Sync sync) : sync_(std::move(sync)), thread_([this] { run(); }) {}

WalSync::~WalSync() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void WalSync::committed() {
  const std::scoped_lock lock(mutex_);
  ++committed_;
}

// One at a time: of two that run side by side the kernel tells only one that the disk failed.
bool WalSync::sync_to(std::uint64_t commits, std::unique_lock<std::mutex>& lock) {
  while (on_disk_ < commits && !broken_) {
    if (syncing_) {
      changed_.wait(lock, [this] { return !syncing_; });
      continue;
    }
    syncing_ = true;
    const auto covered = committed_;
    lock.unlock();
    const bool synced = sync_();
    lock.lock();
    syncing_ = false;
    if (synced) {
      on_disk_ = covered;
    } else {
      broken_ = true;
    }
    changed_.notify_all();
  }
  return on_disk_ >= commits;
}

bool WalSync::wait() {
  std::unique_lock lock(mutex_);
  if (on_disk_ >= committed_) return true;
  const DiskWait waiting;
  return sync_to(committed_, lock);
}

void WalSync::when_done(Told told) {
  std::unique_lock lock(mutex_);
  if (waiting_.empty() && !telling_ && on_disk_ == committed_) {
    lock.unlock();
    return told(true);
  }
  waiting_.push_back({committed_, std::move(told)});
  lock.unlock();
  changed_.notify_all();
}

void WalSync::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !waiting_.empty() || stopping_; });
    if (waiting_.empty()) return;
    sync_to(waiting_.back().commits, lock);
    std::vector<Waiting> ready;
    while (!waiting_.empty() && (broken_ || waiting_.front().commits <= on_disk_)) {
      ready.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    const auto on_disk = on_disk_;
    telling_ = true;
    lock.unlock();
    for (auto& each : ready) each.told(each.commits <= on_disk);
    ready.clear();
    lock.lock();
    telling_ = false;
  }
}

bool WalSync::broken() const {
  const std::scoped_lock lock(mutex_);
  return broken_;
}

WalSync::Sync sync_of_file(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw StoreError("cannot open " + file);
  const std::shared_ptr<const int> held(new int(descriptor), [](const int* number) {
    ::close(*number);
    delete number;
  });
  return [held] {
    int result = 0;
    do {
      result = ::fdatasync(*held);
    } while (result != 0 && errno == EINTR);
    return result == 0;
  };
}

}  // namespace answerback::storage
