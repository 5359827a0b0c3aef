// When to look for more work for which line; among equals, who came first is first.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

#include "webhooks/dispatch/line.hpp"

namespace answerback::webhooks::dispatch {

class Agenda {
 public:
  void book(Line& line, flows::Instant at);  // an earlier booking stays
  void cancel(Line& line);
  Line* take_due(flows::Instant now);        // null when none is due
  std::optional<flows::Instant> next() const;

 private:
  using Appointment = std::tuple<flows::Instant, std::uint64_t, Line*>;
  std::set<Appointment> appointments_;
  std::uint64_t tickets_ = 0;
};

}  // namespace answerback::webhooks::dispatch
