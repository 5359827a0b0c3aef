// When a `wait` step ends: pure arithmetic over local clocks and opening hours.
#pragma once

#include <optional>

#include "flows/flow.hpp"
#include "flows/local_clock.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::engine {

struct PauseContext {
  flows::Instant now;
  const flows::LocalClock& contact;        // whose wall a time of day and a date are read from
  const flows::LocalClock& office;         // whose wall opening hours are read from
  const std::optional<flows::Hours>& hours;
  const flows::Lookup& lookup;
  flows::ReplyContext reply{};             // how a value is read that a person wrote or another system gave: "3/4/2026 2pm"
};

// Never before now and at most 366 days after it. Nothing when the value that it waits for is not set or is no time.
std::optional<flows::Instant> end_of_pause(const flows::Wait& wait, const PauseContext& context);

}  // namespace answerback::engine
