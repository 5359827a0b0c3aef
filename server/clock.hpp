// The one place where the process asks what time it is, and how long ago something was. Tests and `chat` put a clock of their own in
// its place.
#pragma once

#include "flows/time.hpp"

namespace answerback::server {

class Clock {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  virtual ~Clock() = default;
  // What time it is, for what is due and what people see. It may be set, also back.
  virtual flows::Instant now() = 0;
  // When to look again: it is never set.
  virtual Steady steady() = 0;
};

class SystemClock : public Clock {
 public:
  flows::Instant now() override;
  Steady steady() override;
};

// Stands still until it is moved.
class VirtualClock : public Clock {
 public:
  explicit VirtualClock(flows::Instant start) : now_(start) {}
  flows::Instant now() override { return now_; }
  Steady steady() override { return Steady(now_.time_since_epoch()); }
  void move_to(flows::Instant at) { now_ = at; }

 private:
  flows::Instant now_;
};

}  // namespace answerback::server
