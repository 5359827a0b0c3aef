// The loop's thread: the only one that writes. It takes all that waits, up to a cap, decides and commits it at once,
// answers, and looks at timers. Nothing lingers to make a batch bigger.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "server/clock.hpp"
#include "server/loop/task_kind.hpp"
#include "server/loop/turns.hpp"
#include "server/metrics.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::server {

struct LoopOptions {
  std::size_t max_batch = 128;        // fewer where that takes longer (batch_size.hpp)
  std::size_t max_waiting = 20'000;   // beyond: refused with 503 at the door
  flows::Duration timer_poll = std::chrono::milliseconds(200);
  flows::Duration retention{0};       // finished work older than this goes; 0 = it stays for ever
};

struct LoopCore;

class Loop {
 public:
  // All references outlive this.
  Loop(storage::Store& store, Turns& turns, Clock& clock, Metrics& metrics, LoopOptions options);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // From any thread. False when too much waits already; then nothing of the job is ever called. Its `done` may be called on another
  // thread than the loop's.
  bool submit(Job job);
  // Runs on the loop's thread in arrival order with the jobs. A StoreError that it lets out is logged. What is longer than a few
  // milliseconds is cut into several: texts wait behind it.
  bool submit_task(TaskKind kind, std::function<void()> task);

  // Decides and commits at once. On the loop's thread, from within a task.
  void process_now(std::vector<Job>& jobs);

  // The dispatcher's port; and whom to wake when a commit made work.
  webhooks::Outbox outbox();
  void attach(webhooks::Dispatcher* dispatcher);
  // Asked by the dispatcher just before a text's first byte, on its thread.
  bool may_start(const engine::Message& message) const;
  // After endpoints changed: stored ones are matched and dispatched from now on. On the loop's thread.
  void endpoint_changed(const webhooks::Endpoint& endpoint);
  void endpoint_removed(webhooks::EndpointKey key);
  // Tells the dispatcher that these have new work. On the loop's thread.
  void wake(const std::vector<webhooks::EndpointKey>& endpoints);

  void start();
  void stop();  // works off what waits, then returns

  std::size_t waiting() const;

 private:
  std::unique_ptr<LoopCore> core_;
  std::thread thread_;
};

}  // namespace answerback::server
