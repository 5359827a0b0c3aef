// The dispatcher's lane for texts: leases what is due, hands it to its carrier, settles. On the worker's thread.
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "webhooks/dispatch/batch.hpp"
#include "webhooks/dispatch/lookout.hpp"
#include "webhooks/dispatch/surroundings.hpp"

namespace answerback::webhooks::dispatch {

class SendLane {
 public:
  explicit SendLane(Surroundings& surroundings);

  void wake();
  void clock_was_set();
  void stop_starting() { is_stopping_ = true; }
  bool is_idle() const { return quota_.under_way() == 0; }

  // As DeliveryLane's.
  std::optional<flows::Duration> turn();
  void hand_over(bool more_is_coming);

 private:
  void ask(flows::Instant now);
  void leased(LeasedTexts leased);
  void start(DueSend due, flows::Instant now);
  // What the store and the gate said right before the first byte; set on other threads.
  struct Threshold {
    std::atomic<SendStart> start{SendStart::go};
    std::atomic<bool> gate_refused{false};
  };
  void answered(DueSend due, const CarrierLane& lane, const HttpAnswer& answer, const Threshold& threshold);
  std::optional<flows::Duration> sleep(flows::Instant now) const;

  Surroundings& surroundings_;
  SendQuota quota_;  // of what is under way
  Lookout lookout_;
  std::optional<flows::Instant> pause_until_;  // the store can't mark what starts
  Batch<SendSettlement> settled_;
  bool is_stopping_ = false;
};

}  // namespace answerback::webhooks::dispatch
