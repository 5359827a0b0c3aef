// The dispatcher's lane for webhooks: leases for every endpoint with room in one call, starts in turn order, settles in
// batches. On the worker's thread.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "webhooks/dispatch/agenda.hpp"
#include "webhooks/dispatch/batch.hpp"
#include "webhooks/dispatch/surroundings.hpp"

namespace answerback::webhooks::dispatch {

class DeliveryLane {
 public:
  explicit DeliveryLane(Surroundings& surroundings);

  void set(Endpoint endpoint);
  void remove(EndpointKey key);
  void wake(const std::vector<EndpointKey>& keys);
  void clock_was_set(flows::Duration by);  // by so much, back
  void stop_starting() { is_stopping_ = true; }
  bool is_idle() const { return house_.in_flight == 0; }

  // Does what can be done now; returns how long nothing is to be done but by an outside event.
  std::optional<flows::Duration> turn();
  void hand_over(bool more_is_coming);

 private:
  Line* find(EndpointKey key);
  void refresh(Line& line, flows::Instant now);
  void start_ready(flows::Instant now);
  void start(Line& line, flows::Instant now);
  void answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer);
  void count(const DeliverySettlement& settled);

  void ask(flows::Instant now);
  std::vector<Want> wants(flows::Instant now);
  std::uint32_t look(Line& line, flows::Instant now);
  std::uint32_t& held(Standing standing) { return held_[static_cast<std::size_t>(standing)]; }
  std::uint32_t held_or_asked(Standing standing) const;
  std::uint32_t budget(Standing standing) const;
  void give_up_asking(flows::Instant again_at);
  void leased(LeasedDeliveries leased);
  bool take_in(DueDelivery due, flows::Instant now);
  std::optional<flows::Duration> sleep(flows::Instant now) const;

  Surroundings& surroundings_;
  std::map<EndpointKey, Line> lines_;
  std::deque<Line*> turns_;               // lines with something ready and a free slot
  Agenda agenda_;
  House house_;
  std::array<std::uint32_t, 3> held_{};   // leased and waiting, by standing
  std::array<std::uint32_t, 3> asking_{}; // what the lease call in the making asks for, likewise
  std::vector<EndpointKey> asked_;        // by the lease call that is under way
  flows::Instant asked_at_;
  Batch<DeliverySettlement> settled_;
  bool is_stopping_ = false;
};

}  // namespace answerback::webhooks::dispatch
