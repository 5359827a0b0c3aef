// How many files and sockets the process may hold open at once (getrlimit(2), RLIMIT_NOFILE), and who gets them.
#pragma once

#include <cstddef>

namespace answerback::server {

// Raises the soft limit to the hard one, at most to a million, and returns what holds then.
std::size_t raise_descriptor_limit();

struct DescriptorPlan {
  std::size_t connections = 0;    // that the HTTP front takes
  std::size_t idle_outgoing = 0;  // that each of the two outgoing clients keeps for its next request
};

// What is left beside the store, the log and `outgoing` requests at once goes to the front, up to `wanted`. It is never less than
// one, so that a limit that is too small for all shows as trouble with connections and not with the store.
DescriptorPlan plan_descriptors(std::size_t limit, std::size_t wanted, std::size_t outgoing);

}  // namespace answerback::server
