// The dispatcher's lane for texts: leases what is due, hands it to its carrier, settles. On the worker's thread.
#pragma once

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
  void stop_starting() { is_stopping_ = true; }
  // A lease call that is under way counts: its texts are marked `sending` and must not be forgotten.
  bool is_idle() const { return in_flight_ == 0 && !lookout_.is_asking(); }

  // As DeliveryLane's.
  std::optional<flows::Duration> turn();
  void hand_over(bool more_is_coming);

 private:
  void ask(flows::Instant now);
  void leased(std::vector<DueSend> due, std::optional<flows::Instant> next_due);
  void start(DueSend due, flows::Instant now);
  void answered(DueSend due, const CarrierLane& lane, const HttpAnswer& answer, bool gate_refused);
  std::optional<flows::Duration> sleep(flows::Instant now) const;

  Surroundings& surroundings_;
  std::uint32_t in_flight_ = 0;
  Lookout lookout_;
  Batch<SendSettlement> settled_;
  bool is_stopping_ = false;
};

}  // namespace answerback::webhooks::dispatch
