// How long a thread has waited for the disk: what a task takes is its own fault only without that.
#pragma once

#include <chrono>

namespace answerback::storage {

std::chrono::nanoseconds disk_wait_so_far();  // of the calling thread

// Around what waits for the disk. Not one in another.
class DiskWait {
 public:
  DiskWait() = default;
  ~DiskWait();
  DiskWait(const DiskWait&) = delete;
  DiskWait& operator=(const DiskWait&) = delete;

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace answerback::storage
