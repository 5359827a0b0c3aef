// When an office is open: ranges of each weekday, and days on which it stays shut.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "flows/local_clock.hpp"

namespace answerback::flows {

struct OpenRange {
  Duration from{0};  // since local midnight
  Duration to{0};    // not included; at most 24 h
  bool operator==(const OpenRange&) const = default;
};

struct Hours {
  std::array<std::vector<OpenRange>, 7> week;          // by weekday::c_encoding, Sunday first; in order, none touching
  std::vector<std::chrono::year_month_day> closed;     // in order
  bool operator==(const Hours&) const = default;

  bool open_at(LocalTime at) const;
  // `at` itself when it is open then; nothing when it does not open within a year.
  std::optional<LocalTime> next_open(LocalTime at) const;
};

}  // namespace answerback::flows
