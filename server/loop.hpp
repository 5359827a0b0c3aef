// The loop's thread: the only one that writes. It takes all that waits, up to a cap, decides and commits it at once,
// answers, and looks at timers. Nothing lingers to make a batch bigger.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/clock.hpp"
#include "server/turns.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::server {

class Metrics;

struct LoopOptions {
  std::size_t max_batch = 512;
  std::size_t max_waiting = 20'000;   // beyond: refused with 503 at the door
  flows::Duration timer_poll = std::chrono::milliseconds(250);
  flows::Duration retention{0};       // 0 = keep for ever
};

class Loop {
 public:
  Loop(storage::Store& store, Turns& turns, Clock& clock, Metrics& metrics, LoopOptions options);
  ~Loop();

  // False when too much waits already; then nothing of the job was called.
  bool submit(Job job);
  // Runs on the loop's thread, between batches, in arrival order with the jobs. Exceptions are the task's own business.
  bool submit_task(std::function<void()> task);

  // The dispatcher's port, and who is to be woken when a commit made work.
  webhooks::Outbox outbox();
  void attach(webhooks::Dispatcher* dispatcher) { dispatcher_ = dispatcher; }
  // Whether a text may start now: asked by the dispatcher just before the first byte.
  bool may_start(const engine::Message& message);

  void start();
  void stop();  // works off what waits, then returns

  std::size_t waiting() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  webhooks::Dispatcher* dispatcher_ = nullptr;
};

}  // namespace answerback::server
