// Writes lines to a descriptor on a thread of its own, so that nobody who logs waits for whoever reads: a pipe that is full, a
// terminal that was stopped, a disk that is slow. What does not fit into the bounded queue is dropped and counted.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace answerback::server {

class LogWriter {
 public:
  static constexpr std::size_t max_waiting_bytes = 1024 * 1024;

  // `tick` is called about once a second on the writer's thread, and may push.
  LogWriter(int descriptor, std::function<void()> tick);
  // Writes what waits, but waits for its reader no longer than `patience`.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // From any thread; never blocks. `line` ends with a line feed.
  void push(const std::string& line);
  // False when the reader did not take all in time.
  bool flush(std::chrono::milliseconds patience);
  std::uint64_t dropped() const { return dropped_; }

 private:
  static constexpr std::chrono::milliseconds patience{500};
  void run();
  bool write_some(std::string& bytes);

  const int descriptor_;
  const std::function<void()> tick_;
  std::atomic<std::uint64_t> dropped_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  bool is_writing_ = false;
  bool is_ending_ = false;
  std::atomic<bool> gives_up_{false};
  std::thread thread_;
};

}  // namespace answerback::server
