// When a lane that leases its work with one call at a time asks the store next. On the worker's thread.
#pragma once

#include <optional>

#include "flows/time.hpp"

namespace answerback::webhooks::dispatch {

class Lookout {
 public:
  void wake();                                        // there is new work
  // Whether to ask now; then a call is under way until one of the two below. One that was lost on its way is given up.
  bool ask(flows::Instant now);
  void answered(bool got_some, std::optional<flows::Instant> next_due, flows::Instant now);
  void failed(flows::Instant now);
  bool is_asking() const { return asked_at_.has_value(); }
  // How long nothing is to be asked but after an outside event.
  std::optional<flows::Duration> sleep(flows::Instant now) const;

 private:
  std::optional<flows::Instant> look_at_ = flows::Instant{};
  std::optional<flows::Instant> asked_at_;  // while a lease call is under way
  bool was_woken_ = false;                  // during that call: its answer may not know of the new work
};

}  // namespace answerback::webhooks::dispatch
