// Local clocks by the system's time zone database, as values that the engine can reckon with.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/model.hpp"
#include "flows/local_clock.hpp"

namespace answerback::server {

using ClockPtr = std::shared_ptr<const flows::LocalClock>;

// One thread's clocks, each made once, from a year before `made_at` to ten years after it.
class Zones {
 public:
  // An unknown default is UTC.
  Zones(const std::string& default_zone, engine::Instant made_at);

  // By the contact's `timezone` field; by the default zone when it names none that exists.
  ClockPtr of(const engine::Contact& contact);
  ClockPtr by_default() const { return default_; }

 private:
  ClockPtr named(const std::string& zone);

  engine::Instant made_at_;
  std::map<std::string, ClockPtr, std::less<>> clocks_;
  ClockPtr default_;  // made by the means above
};

bool is_zone(const std::string& name);  // "America/Chicago"
std::vector<std::string> zone_names();

}  // namespace answerback::server
