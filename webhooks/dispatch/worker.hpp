// The dispatcher's thread: runs what is posted, drains what waits, then takes one turn and sleeps until something comes or
// the turn's wish to be woken is due.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "flows/time.hpp"

namespace answerback::webhooks::dispatch {

class Worker {
 public:
  // Returns how long to sleep at most; nothing = until something is posted.
  using Turn = std::function<std::optional<flows::Duration>()>;

  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void post(std::function<void()> work);  // any thread, also before start
  void start(Turn turn);
  // Instead of start(): runs what was posted so far on the caller's thread.
  void run_ready();
  // Runs what was posted before, takes a last turn and ends the thread. Not on the worker's own thread.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks::dispatch
