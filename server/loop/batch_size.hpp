// How many of those that wait go into the next batch: as many as this machine, with what else it has to do, decides and writes in some
// ten milliseconds, so that whoever comes next waits no longer. Pure; the caller measures.
#pragma once

#include <chrono>
#include <cstddef>

namespace answerback::server {

class BatchSize {
 public:
  // `most`: never more than that, however fast.
  explicit BatchSize(std::size_t most);

  std::size_t now() const { return now_; }
  // So many were decided and written in this time, the disk's own not counted.
  void took(std::size_t count, std::chrono::nanoseconds time);

 private:
  std::size_t most_;
  std::size_t now_;
};

}  // namespace answerback::server
