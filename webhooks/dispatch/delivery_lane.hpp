// The dispatcher's lane for webhooks: does what its book says, by the client and the store. On the worker's thread.
#pragma once

#include <optional>
#include <vector>

#include "webhooks/dispatch/batch.hpp"
#include "webhooks/dispatch/delivery_book.hpp"
#include "webhooks/dispatch/surroundings.hpp"

namespace answerback::webhooks::dispatch {

class DeliveryLane {
 public:
  explicit DeliveryLane(Surroundings& surroundings) : surroundings_(surroundings), book_(surroundings.options) {}

  void set(Endpoint endpoint) { book_.set(std::move(endpoint), surroundings_.now()); }
  void remove(EndpointKey key) { book_.remove(key); }
  void wake(const std::vector<EndpointKey>& keys) { book_.wake(keys, surroundings_.now()); }
  void clock_was_set(flows::Duration by) { book_.clock_was_set(by, surroundings_.now()); }  // by so much, back
  void stop_starting() { is_stopping_ = true; }
  bool is_idle() const { return book_.in_flight() == 0; }

  // Does what can be done now; returns how long nothing is to be done but by an outside event.
  std::optional<flows::Duration> turn();
  void hand_over(bool more_is_coming);

 private:
  void ask(flows::Instant now);
  void start(flows::Instant now);
  void answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer);
  void count(const DeliverySettlement& settled);
  std::optional<flows::Duration> sleep(flows::Instant now) const;

  Surroundings& surroundings_;
  DeliveryBook book_;
  Batch<DeliverySettlement> settled_;
  bool is_stopping_ = false;
};

}  // namespace answerback::webhooks::dispatch
