// What the loop does, without a thread: what waits, what is due, and the dispatcher's port. Whoever drives it calls step(): the loop's
// thread (loop.hpp), or a simulation. Others hand things in from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <variant>

#include "server/loop/batch_size.hpp"
#include "server/loop/loop.hpp"
#include "server/loop/send_gate.hpp"

namespace answerback::server {

struct LoopTask {
  TaskKind kind;
  std::function<void()> body;
};
// A task that answers only when what it found or wrote is on disk.
struct LeaseTask {
  TaskKind kind;
  std::function<void()> body;
};
using LoopItem = std::variant<Job, LoopTask, LeaseTask>;

// What the dispatcher has finished and the store does not know yet.
struct Settled {
  std::vector<webhooks::DeliverySettlement> deliveries;
  std::vector<webhooks::CallSettlement> calls;
  std::vector<webhooks::SendSettlement> sends;
  bool again = false;  // the store could not take some of it before
  bool empty() const { return deliveries.empty() && calls.empty() && sends.empty(); }
};

// A text whose connection stands and whose first byte waits for its mark.
struct Starting {
  webhooks::DueSend send;
  std::function<void(webhooks::SendStart)> done;
};

struct LoopCore {
  LoopCore(storage::Store& store_, Turns& turns_, Clock& clock_, Metrics& metrics_, LoopOptions options_);

  storage::Store& store;
  Turns& turns;
  Clock& clock;
  Metrics& metrics;
  LoopOptions options;
  BatchSize batch_size{options.max_batch};
  SendGate gate;
  std::atomic<webhooks::Dispatcher*> dispatcher{nullptr};

  mutable std::mutex mutex;
  std::condition_variable wakeup;
  std::deque<LoopItem> queue;
  Settled settlements;
  std::vector<Starting> starting;
  Clock::Steady settle_at{};  // not before: the store is broken for the moment
  std::chrono::milliseconds settle_pause{0};
  bool stopping = false;
  bool clock_recalled = false;

  Clock::Steady next_timers{};
  Clock::Steady next_campaigns{};
  std::size_t campaign_turn = 0;  // which running one is first: all have their turn
  Clock::Steady next_purge{};
  Clock::Steady next_look{};
  std::string misplaced;  // what the last look said
  std::uint64_t damage_told = 0;
  std::optional<engine::Duration> wall_ahead;  // of the steady clock, at the last look

  bool push(LoopItem item, bool always);

  // Works off what waits and what is due now. Only one thread at a time.
  void step();
  // Sleeps until step() may find something. False once it stops and nothing waits any more.
  bool wait();
  // When step() has to be called though nobody hands anything in.
  Clock::Steady next_step();

  // What one round of the loop works off.
  struct Round {
    std::vector<Starting> starting;
    Settled settled;
    std::vector<LoopItem> items;
  };
  Round take();
  bool settles() const;
  bool nothing_waits() const;
  void work(std::vector<LoopItem>& items, std::vector<Job> jobs);
  void work_off(std::vector<Job>& jobs);
  void process(std::vector<Job>& jobs);         // on disk and answered when it returns
  void process_ahead(std::vector<Job>& jobs);   // answered when it is on disk
  Turns::OptOutGate opt_out_gate();
  void note(const Turns::Result& result, Clock::Steady began);
  void watch_opt_outs(const std::vector<storage::Commit>& commits);
  // Measures what it is given as one task; a fault in it is logged and ends nothing else.
  void run_task(TaskKind kind, const std::function<void()>& body);
  // Returns the time that it took, the disk's not counted.
  std::chrono::nanoseconds measured(TaskKind kind, const std::function<void()>& body);
  void guarded(const std::function<void()>& body);
  void timers();
  void campaigns();
  bool start_some(const engine::Campaign& campaign);
  void purge();
  void look_around();
  void look_for_file();
  void look_for_damage();
  // What waits in the store waits no longer because the wall clock was set back, be it while nobody ran.
  void recall_clock();
  void look_at_clock();
  void clock_set_back(engine::Duration by);

  // The dispatcher's port.
  webhooks::Outbox outbox();
  void settle(std::vector<webhooks::DeliverySettlement>& settled);
  void settled_on_disk(const std::vector<webhooks::DeliverySettlement>& settled);
  void add_calls(webhooks::Outbox& port);
  void settle_calls(std::vector<webhooks::CallSettlement>& settled);
  bool retry_calls(const std::vector<webhooks::CallSettlement>& settled);
  bool take_answers(const std::vector<webhooks::CallSettlement>& settled);
  void put_back(Settled settled);
  void settled_again(const Settled& settled);
  void start_sends(std::vector<Starting>& asked);
  std::vector<Job> handovers(std::vector<webhooks::SendSettlement>& settled);
  Job settle_send(webhooks::SendSettlement settlement);
  webhooks::LeasedTexts lease_sends(const webhooks::SendQuota& quota);
  Job handover(const engine::Message& message, engine::Handover::Result result, std::string provider_id, std::string error) const;
};

}  // namespace answerback::server
