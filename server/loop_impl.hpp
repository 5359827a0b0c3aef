// The inside of the loop, shared by its source files: the thread with its queue, and the dispatcher's port.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

#include "server/loop.hpp"
#include "server/send_gate.hpp"

namespace answerback::server {

using LoopTask = std::function<void()>;
// A task that answers only when what it found or wrote is on disk.
struct LeaseTask {
  LoopTask body;
};
using LoopItem = std::variant<Job, LoopTask, LeaseTask>;

// What the dispatcher has finished and the store does not know yet.
struct Settled {
  std::vector<webhooks::DeliverySettlement> deliveries;
  std::vector<webhooks::CallSettlement> calls;
  bool empty() const { return deliveries.empty() && calls.empty(); }
};

struct Loop::Impl {
  Impl(storage::Store& store_, Turns& turns_, Clock& clock_, Metrics& metrics_, LoopOptions options_);

  storage::Store& store;
  Turns& turns;
  Clock& clock;
  Metrics& metrics;
  LoopOptions options;
  SendGate gate;
  std::atomic<webhooks::Dispatcher*> dispatcher{nullptr};

  mutable std::mutex mutex;
  std::condition_variable wakeup;
  std::deque<LoopItem> queue;
  Settled settlements;
  bool stopping = false;
  bool settled_late = false;  // some results had to wait for the store; the loop's thread
  std::thread thread;

  engine::Instant next_timers{};
  engine::Instant next_campaigns{};
  engine::Instant next_purge{};

  bool push(LoopItem item, bool always);

  void run();
  bool wait_and_take(std::vector<LoopItem>& items, Settled& settled);
  bool nothing_waits() const;
  void work(std::vector<LoopItem>& items);
  void process(std::vector<Job>& jobs);         // on disk and answered when it returns
  void process_ahead(std::vector<Job>& jobs);   // answered when it is on disk
  Turns::OptOutGate opt_out_gate();
  void note(const Turns::Result& result, std::chrono::steady_clock::time_point began);
  void watch_opt_outs(const std::vector<storage::Commit>& commits);
  void run_task(const LoopTask& task);
  void timers();
  void campaigns();
  void purge();

  // The dispatcher's port.
  void settle(std::vector<webhooks::DeliverySettlement>& settled);
  void settled_on_disk(const std::vector<webhooks::DeliverySettlement>& settled);
  void add_calls(webhooks::Outbox& port);
  void settle_calls(std::vector<webhooks::CallSettlement>& settled);
  bool retry_calls(const std::vector<webhooks::CallSettlement>& settled);
  bool take_answers(const std::vector<webhooks::CallSettlement>& settled);
  void put_back(Settled settled);
  void settle_send(const webhooks::SendSettlement& settlement);
  std::pair<std::vector<webhooks::DueSend>, std::optional<engine::Instant>> lease_sends(std::uint32_t slots);
  Job handover(const engine::Message& message, engine::Handover::Result result, std::string provider_id, std::string error) const;
};

}  // namespace answerback::server
