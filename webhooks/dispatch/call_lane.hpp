// The dispatcher's lane for the calls of flows: leases what is due, sends it through the guarded client, settles. It has a few
// slots of its own, so that calls and webhooks never wait for each other. On the worker's thread.
#pragma once

#include <optional>

#include "webhooks/dispatch/batch.hpp"
#include "webhooks/dispatch/lookout.hpp"
#include "webhooks/dispatch/surroundings.hpp"

namespace answerback::webhooks::dispatch {

class CallLane {
 public:
  explicit CallLane(Surroundings& surroundings) : surroundings_(surroundings) {}

  void wake() { lookout_.wake(); }
  void stop_starting() { is_stopping_ = true; }
  bool is_idle() const { return in_flight_ == 0; }

  // As DeliveryLane's.
  std::optional<flows::Duration> turn();
  void hand_over(bool more_is_coming);

 private:
  void ask(flows::Instant now);
  void leased(LeasedCalls leased);
  void start(DueCall due, flows::Instant now);
  void answered(DueCall due, const HttpAnswer& answer);
  bool may_ask() const { return !is_stopping_ && in_flight_ < surroundings_.options.call_slots; }
  std::optional<flows::Duration> sleep(flows::Instant now) const;

  Surroundings& surroundings_;
  std::uint32_t in_flight_ = 0;
  Lookout lookout_;
  Batch<CallSettlement> settled_;
  bool is_stopping_ = false;
};

}  // namespace answerback::webhooks::dispatch
