// When what was committed is on disk. The writer commits without waiting for the disk (`synchronous=NORMAL`) and goes on; this
// syncs the WAL, many commits at once, and tells those who must not speak before. Whoever has to wait waits here.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace answerback::storage {

class WalSync {
 public:
  using Sync = std::function<bool()>;  // until the disk has all that was written to the WAL; false: it failed
  using Told = std::function<void(bool on_disk)>;

  explicit WalSync(Sync sync);
  ~WalSync();  // tells all who wait
  WalSync(const WalSync&) = delete;
  WalSync& operator=(const WalSync&) = delete;

  void committed();       // on the writer's thread, right after each commit
  bool wait();            // until all commits so far are on disk; false: the disk failed
  void when_done(Told told);  // the same without waiting; at once, or later on a thread of its own; in order
  bool broken() const;    // it failed once: what the disk holds is unknown from then on

 private:
  struct Waiting {
    std::uint64_t commits;
    Told told;
  };

  void run();
  bool sync_to(std::uint64_t commits, std::unique_lock<std::mutex>& lock);

  const Sync sync_;
  mutable std::mutex mutex_;  // for all that follows
  std::condition_variable changed_;
  std::uint64_t committed_ = 0;
  std::uint64_t on_disk_ = 0;
  bool syncing_ = false;
  bool telling_ = false;
  bool broken_ = false;
  bool stopping_ = false;
  std::deque<Waiting> waiting_;
  std::thread thread_;
};

// fdatasync on a file that is there. Throws StoreError when it can't be opened.
WalSync::Sync sync_of_file(const std::string& file);

}  // namespace answerback::storage
