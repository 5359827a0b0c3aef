#include "server/descriptors.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace answerback::server {

namespace {

constexpr rlim_t most_descriptors = 1'048'576;
constexpr std::size_t for_the_store = 64;  // its files, the lock, temporary ones, the log, the eyes of the event loops
constexpr std::size_t most_idle_outgoing = 1'024;
constexpr std::size_t idle_part = 16;      // of the limit, for each client

}  // namespace

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;  // POSIX promises less; every system has it
  const auto wanted = std::min(limit.rlim_max, most_descriptors);
  if (limit.rlim_cur < wanted) {
    auto raised = limit;
    raised.rlim_cur = wanted;
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return static_cast<std::size_t>(std::min(limit.rlim_cur, most_descriptors));
}

DescriptorPlan plan_descriptors(std::size_t limit, std::size_t wanted, std::size_t outgoing) {
  DescriptorPlan plan;
  plan.idle_outgoing = std::clamp<std::size_t>(limit / idle_part, 1, most_idle_outgoing);
  // A small limit is shared half and half.
  const auto reserve = std::min(for_the_store + outgoing + 2 * plan.idle_outgoing, limit / 2);
  plan.connections = std::clamp<std::size_t>(limit - reserve, 1, std::max<std::size_t>(wanted, 1));
  return plan;
}

}  // namespace answerback::server
