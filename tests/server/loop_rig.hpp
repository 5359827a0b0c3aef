// The loop with its real thread over an Office, on a clock that tests move by hand.
#pragma once

#include <atomic>
#include <functional>

#include "server/loop/loop.hpp"
#include "tests/server/office.hpp"

namespace answerback::tests {

// Its wall clock stands still until it is moved; time passes all the same, and more when it is moved. From any thread.
class HandClock : public server::Clock {
 public:
  explicit HandClock(engine::Instant start) : now_(start) {}
  engine::Instant now() override { return now_; }
  Steady steady() override { return Steady(passed_.load() + (std::chrono::steady_clock::now() - began_)); }
  void move(engine::Duration by) {
    set(by);
    passed_ = passed_.load() + by;
  }
  void set(engine::Duration by) { now_ = now_.load() + by; }  // no time passes

 private:
  std::atomic<engine::Instant> now_;
  const Steady began_ = std::chrono::steady_clock::now();
  std::atomic<engine::Duration> passed_{engine::Duration(std::chrono::hours(1))};
};

class LoopRig {
 public:
  explicit LoopRig(server::LoopOptions options = {512, 20'000, std::chrono::milliseconds(2), engine::Duration{0}});

  // Below: on a running loop, bounded in time; the test fails when nothing comes.
  server::Handled send(server::Job job);                 // submits and waits for its answer
  void on_loop(const std::function<void()>& task);       // runs on the loop's thread and waits
  bool eventually(const std::function<bool()>& holds);   // asked on the loop's thread again and again
  std::vector<webhooks::DueSend> lease_texts(int slots = 16);  // nothing is marked yet
  webhooks::SendStart start(const webhooks::DueSend& send);
  std::vector<webhooks::DueSend> start_texts(int slots = 16);  // leases them, and gives those that may go
  void settle(const webhooks::DueSend& send, engine::Handover::Result result, bool retry = false);
  std::string metrics_text();

  Office office;
  HandClock clock;
  server::Metrics metrics;
  server::Loop loop;
  webhooks::Outbox outbox;
};

}  // namespace answerback::tests
