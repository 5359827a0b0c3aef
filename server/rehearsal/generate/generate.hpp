// Conversations that together take every branch of a flow: a breadth-first search over what a contact can do, by the engine itself.
// Deterministic; bounded by a number of moments looked at.
#pragma once

#include <string>
#include <vector>

#include "flows/coverage.hpp"
#include "server/rehearsal/conversation_script.hpp"

namespace answerback::server {

struct Uncovered {
  flows::BranchKey branch;
  std::string why;
};
struct Generated {
  std::vector<ConversationScript> scripts;  // each runs to an outcome where it can; their `flow` is left to the caller
  std::vector<Uncovered> uncovered;
  std::size_t branches = 0;
};

// `flows`: the flow itself, then those that it runs.
Generated generate_conversations(const std::vector<flows::FlowPtr>& flows);

}  // namespace answerback::server
