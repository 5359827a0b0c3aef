// The one place where the process asks what time it is. Tests and `chat` put a clock of their own in its place.
#pragma once

#include "flows/time.hpp"

namespace answerback::server {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual flows::Instant now() = 0;
};

class SystemClock : public Clock {
 public:
  flows::Instant now() override;
};

// Stands still until it is moved.
class VirtualClock : public Clock {
 public:
  explicit VirtualClock(flows::Instant start) : now_(start) {}
  flows::Instant now() override { return now_; }
  void move_to(flows::Instant at) { now_ = at; }

 private:
  flows::Instant now_;
};

}  // namespace answerback::server
