#include "webhooks/dispatcher.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <utility>

#include "webhooks/dispatch/call_lane.hpp"
#include "webhooks/dispatch/delivery_lane.hpp"
#include "webhooks/dispatch/send_lane.hpp"

namespace answerback::webhooks {

namespace {

std::optional<flows::Duration> sooner(std::optional<flows::Duration> a, std::optional<flows::Duration> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// What the network's time slews away, and what lies between two readings, is no step.
constexpr flows::Duration least_step = std::chrono::seconds(1);

}  // namespace

struct Dispatcher::Impl {
  Impl(DispatcherOptions options, Outbox outbox, HttpClient& endpoints, HttpClient& carriers, Now now, Lane lane, MayStart may_start, Steady steady)
      : surroundings{std::move(options), std::move(outbox), endpoints, carriers, std::move(now), std::move(steady), std::move(lane), std::move(may_start), std::make_shared<dispatch::Worker>(), {}} {}

  void post(std::function<void()> step) { surroundings.worker->post(std::move(step)); }
  std::optional<flows::Duration> turn();
  void notice_set_clock();
  std::future<void> stop_starting();

  dispatch::Surroundings surroundings;
  dispatch::DeliveryLane deliveries{surroundings};
  dispatch::SendLane sends{surroundings};
  dispatch::CallLane calls{surroundings};
  std::optional<flows::Duration> wall_ahead;  // of the steady clock, at the last turn
  std::shared_ptr<std::promise<void>> idle;  // to be kept once nothing is under way any more; the worker's thread
  std::mutex mutex;                          // start and stop
  bool is_running = false;
};

// When to look is booked by the wall clock, since what is due is. When that was set back, it is all booked anew: nothing waits for as
// long as the step. (A step forward is noticed by itself: nobody sleeps longer than `longest_sleep`.)
void Dispatcher::Impl::notice_set_clock() {
  const auto steady = std::chrono::floor<flows::Duration>(surroundings.steady().time_since_epoch());
  const auto ahead = surroundings.now().time_since_epoch() - steady;
  const auto step = ahead - std::exchange(wall_ahead, ahead).value_or(ahead);
  if (step > -least_step) return;
  deliveries.clock_was_set(step);
  sends.clock_was_set();
  calls.wake();
}

std::optional<flows::Duration> Dispatcher::Impl::turn() {
  notice_set_clock();
  const auto sleep = sooner(sooner(deliveries.turn(), sends.turn()), calls.turn());
  if (idle && deliveries.is_idle() && sends.is_idle() && calls.is_idle()) std::exchange(idle, nullptr)->set_value();
  ++surroundings.tally.turns;
  return sleep;
}

std::future<void> Dispatcher::Impl::stop_starting() {
  auto promise = std::make_shared<std::promise<void>>();
  auto future = promise->get_future();
  post([this, promise] {
    deliveries.stop_starting();
    sends.stop_starting();
    calls.stop_starting();
    idle = promise;
    surroundings.tally.is_stopping = true;
  });
  return future;
}

Dispatcher::Dispatcher(DispatcherOptions options, Outbox outbox, HttpClient& endpoints, HttpClient& carriers, Now now, Lane lane, MayStart may_start,
                       Steady steady)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(outbox), endpoints, carriers, std::move(now), std::move(lane),
                                   std::move(may_start), std::move(steady))) {}

Dispatcher::~Dispatcher() { stop(flows::Duration::zero()); }

void Dispatcher::set_endpoint(Endpoint endpoint) {
  impl_->post([impl = impl_.get(), endpoint = std::move(endpoint)] { impl->deliveries.set(endpoint); });
}

void Dispatcher::remove_endpoint(EndpointKey key) {
  impl_->post([impl = impl_.get(), key] { impl->deliveries.remove(key); });
}

void Dispatcher::wake_endpoints(const std::vector<EndpointKey>& with_new_work) {
  impl_->post([impl = impl_.get(), with_new_work] { impl->deliveries.wake(with_new_work); });
}

void Dispatcher::wake_sends() {
  impl_->post([impl = impl_.get()] { impl->sends.wake(); });
}

void Dispatcher::wake_calls() {
  impl_->post([impl = impl_.get()] { impl->calls.wake(); });
}

void Dispatcher::start() {
  const std::scoped_lock lock(impl_->mutex);
  if (impl_->is_running) return;
  impl_->is_running = true;
  impl_->surroundings.worker->start([impl = impl_.get()] { return impl->turn(); });
}

std::optional<flows::Duration> Dispatcher::step() {
  impl_->surroundings.worker->run_ready();
  return impl_->turn();
}

void Dispatcher::stop(flows::Duration patience) {
  const std::scoped_lock lock(impl_->mutex);
  if (!impl_->is_running) return;
  impl_->is_running = false;
  impl_->stop_starting().wait_for(patience);
  impl_->surroundings.worker->stop();
  // The thread is gone; what was answered meanwhile is settled from here.
  impl_->deliveries.hand_over(false);
  impl_->sends.hand_over(false);
  impl_->calls.hand_over(false);
}

Dispatcher::Counters Dispatcher::counters() const {
  const auto& tally = impl_->surroundings.tally;
  return {tally.delivered, tally.retried, tally.dead, tally.sends, tally.calls, tally.in_flight, tally.turns, tally.is_stopping};
}

}  // namespace answerback::webhooks
