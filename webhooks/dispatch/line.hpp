// One endpoint's line before the dispatcher's counter: what was leased for it and waits, what is under way, and how much
// more it may have. Pure.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "webhooks/dispatch/recovery_pace.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::webhooks::dispatch {

// The slots of all endpoints together.
struct House {
  std::uint32_t in_flight = 0;
  std::uint32_t max_in_flight = 0;

  bool is_full() const { return in_flight >= max_in_flight; }
  // Beyond half, who has not shown to be quick gets one slot, and beyond seven eighths none: however many hang at once, the
  // last eighth is there for those that answer.
  std::uint32_t share(std::uint32_t wanted, bool quick) const;
};

// How a line stands in the dispatcher's books: what waits in parked lines (paused, disabled) may not use up the room of the
// others, nor may what waits for those that have not shown to be quick use up all of it.
enum class Standing : std::uint8_t { quick, slow, parked };

struct Line {
  Endpoint endpoint;
  std::deque<DueDelivery> ready;
  struct UnderWay {
    DeliveryKey key;
    flows::Instant since;
    LeaseNumber lease;  // its last: the store may have given another one since it started
  };
  std::map<LeaseNumber, UnderWay> under_way;
  RecoveryPace pace;                                // how fast it may go after an outage
  bool pulls_forward = false;                       // its waiting retries fall due now: it works again
  bool answered_quickly = false;                    // the last time
  bool is_in_turn = false;                          // stands in the turn order
  Standing standing = Standing::slow;               // as it was booked last
  std::optional<flows::Instant> look_at;            // when to look for more work; kept by the agenda
  std::uint64_t look_ticket = 0;                    // its place among those with the same time

  // Before `endpoint` takes this health: what an outage and its end mean for the line.
  void health_is(const Health& next, flows::Instant now);
  // Whether it holds this delivery already. Then the lease is another one, since the first ran out while the delivery waited here or a
  // clock was set forward, and only the last one settles it.
  bool renew(const DueDelivery& due);
  Standing standing_at(flows::Instant now) const;
  bool is_quick(flows::Instant now) const;
  // Whether one more request may start now.
  bool may_start(const DispatcherOptions& options, const House& house, flows::Instant now) const;
  bool has_free_slot(const DispatcherOptions& options, flows::Instant now) const;
  // How many more to lease. A quick endpoint has a few waiting beyond its slots, so that a free one need not wait for the
  // store; as long as some wait, more are asked for only by the half-window.
  std::uint32_t room(const DispatcherOptions& options, const House& house, flows::Instant now) const;

 private:
  std::uint32_t allowed(const DispatcherOptions& options, flows::Instant now) const;
};

}  // namespace answerback::webhooks::dispatch
