// What the lanes of the dispatcher work with.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "webhooks/dispatch/worker.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::webhooks::dispatch {

struct Tally {
  std::atomic<std::uint64_t> delivered{0}, retried{0}, dead{0}, sends{0}, calls{0}, in_flight{0}, turns{0};
  std::atomic<bool> is_stopping{false};
};

struct Surroundings {
  DispatcherOptions options;
  Outbox outbox;
  HttpClient& endpoints;
  HttpClient& carriers;
  Dispatcher::Now now;
  Dispatcher::Steady steady;
  Dispatcher::Lane lane;
  Dispatcher::MayStart may_start;
  std::shared_ptr<Worker> worker;
  Tally tally;

  // For callbacks that come once, on other threads and perhaps after the dispatcher's end: runs `step` on the worker's
  // thread, or not at all.
  template <typename Step>
  auto on_worker(Step step) const {
    return [weak = std::weak_ptr<Worker>(worker), step = std::move(step)](auto... values) mutable {
      const auto alive = weak.lock();
      if (alive) alive->post([step = std::move(step), ... moved = std::move(values)]() mutable { step(std::move(moved)...); });
    };
  }
};

}  // namespace answerback::webhooks::dispatch
