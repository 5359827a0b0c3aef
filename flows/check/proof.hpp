// What is proven of a flow without errors: that every way through it ends, how long the longest is, and how it can end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

struct Length {
  std::size_t messages = 0;  // sent, reminders and repeated questions included
  std::size_t segments = 0;  // with values of usual length, in the language that costs most
  bool operator==(const Length&) const = default;
};

struct Proof {
  std::size_t steps = 0;
  std::optional<Length> longest;     // nothing: a contact who goes on answering may go round
  std::vector<std::string> round;    // a way round by questions, or the `anytime` phrases that come back to one
  std::vector<Ending> outcomes;      // that the flow itself gives, each once, completed first
  std::vector<std::string> runs;     // flows that it runs, whose messages and outcomes are not counted here
};

Proof prove(const Flow& flow);

}  // namespace answerback::flows
