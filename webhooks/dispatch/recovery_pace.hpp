// How fast an endpoint gets what waited for it, once it works again: at most at twice the rate that it took before the outage, until
// nothing waits any more. Pure.
#pragma once

#include <cstdint>

#include "flows/time.hpp"

namespace answerback::webhooks::dispatch {

class RecoveryPace {
 public:
  void delivered(flows::Instant now);       // measures what it takes while it works
  void outage_begins(flows::Instant now);
  void outage_ends(flows::Instant now);
  void caught_up() { limited_ = false; }

  // How long the next request has to wait; zero = none.
  flows::Duration wait(flows::Instant now) const;
  void take(flows::Instant now);            // one request starts

 private:
  void close_window(flows::Instant now);

  double per_second_ = 0;                   // that it took, as measured last
  flows::Instant window_began_{};
  std::uint32_t in_window_ = 0;
  bool limited_ = false;
  double limit_per_second_ = 0;
  flows::Instant next_{};                   // when the next request may start
  double carried_ = 0;                      // seconds, less than a millisecond: the clock's grain
};

}  // namespace answerback::webhooks::dispatch
