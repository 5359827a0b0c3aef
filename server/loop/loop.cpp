#include "server/loop/loop.hpp"

#include <future>
#include <thread>
#include <utility>

#include "server/loop/loop_core.hpp"

namespace answerback::server {

Loop::Loop(storage::Store& store, Turns& turns, Clock& clock, Metrics& metrics, LoopOptions options)
    : core_(std::make_unique<LoopCore>(store, turns, clock, metrics, options)) {}

Loop::~Loop() { stop(); }

bool Loop::submit(Job job) { return core_->push(std::move(job), false); }

bool Loop::submit_task(TaskKind kind, std::function<void()> task) { return core_->push(LoopTask{kind, std::move(task)}, false); }

void Loop::process_now(std::vector<Job>& jobs) { core_->process(jobs); }

void Loop::attach(webhooks::Dispatcher* dispatcher) { core_->dispatcher = dispatcher; }

webhooks::Outbox Loop::outbox() { return core_->outbox(); }

bool Loop::may_start(const engine::Message& message) const { return core_->gate.may_start(message); }

void Loop::endpoint_changed(const webhooks::Endpoint& endpoint) {
  core_->turns.subscriptions().set(endpoint);
  if (auto* dispatcher = core_->dispatcher.load()) dispatcher->set_endpoint(endpoint);
}

void Loop::endpoint_removed(webhooks::EndpointKey key) {
  core_->turns.subscriptions().remove(key);
  if (auto* dispatcher = core_->dispatcher.load()) dispatcher->remove_endpoint(key);
}

void Loop::wake(const std::vector<webhooks::EndpointKey>& endpoints) {
  if (auto* dispatcher = core_->dispatcher.load()) dispatcher->wake_endpoints(endpoints);
}

void Loop::start() {
  thread_ = std::thread([core = core_.get()] {
    while (core->wait()) core->step();
  });
}

void Loop::stop() {
  {
    const std::scoped_lock lock(core_->mutex);
    core_->stopping = true;
  }
  core_->wakeup.notify_one();
  if (!thread_.joinable()) return;
  thread_.join();
  std::promise<void> answered;
  core_->store.when_on_disk([&answered](bool) { answered.set_value(); });
  answered.get_future().wait();
}

std::size_t Loop::waiting() const {
  const std::scoped_lock lock(core_->mutex);
  return core_->queue.size();
}

}  // namespace answerback::server
