// A conversation that a store remembers, run once more through a flow as it is now: the same contact, the same texts at the same
// times, and whatever the engine makes of them. Nothing leaves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/rehearsal/rehearsal.hpp"

namespace answerback::server {

// One conversation as it was.
struct Recorded {
  engine::Conversation conversation;
  std::vector<engine::Message> transcript;
  engine::Contact contact;                         // as it was when the conversation began, as far as that is known
  engine::Values fields_now;                       // its fields today: what calls have saved there
  flows::FlowPtr flow;                             // the revision that it ran on; null when it no longer loads
};

struct Divergence {
  enum class What : std::uint8_t { outcome, answer, text };
  What what = What::outcome;
  std::string name;                                // of the answer; "3" = the third text that went out
  std::string was, would_be;                       // "" = nothing
  bool operator==(const Divergence&) const = default;
};

struct Replayed {
  std::vector<Divergence> differences;
  std::string not_compared;                        // why, "" = it was
  std::string stopped_at;                          // the call whose answer is not known: compared up to there
  bool calls_guessed = false;                      // answers to calls were taken from the values that the conversation ended with
};

struct ReplaySettings {
  engine::Settings engine;
  std::string zone = "UTC";
};

// `flows`: the flow to run, then those that it runs.
Replayed replay(const Recorded& recorded, const std::vector<flows::FlowPtr>& flows, const ReplaySettings& settings);

}  // namespace answerback::server
