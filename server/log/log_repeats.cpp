#include "server/log/log_repeats.hpp"

#include <utility>

namespace answerback::server {

bool LogRepeats::admit(const std::string& event, const std::string& line, Time now) {
  const bool is_full = seen_.size() >= max_lines_known && seen_.count(line) == 0;
  auto& seen = seen_.try_emplace(is_full ? event : line, Seen{event, now, 0}).first->second;
  return ++seen.count <= burst;
}

std::vector<LogRepeats::Repeated> LogRepeats::take(std::optional<Time> now) {
  std::map<std::string, std::uint64_t> counts;
  std::erase_if(seen_, [&](const auto& each) {
    const auto& seen = each.second;
    if (now && *now - seen.since < window) return false;
    if (seen.count > burst) counts[seen.event] += seen.count - burst;
    return true;
  });
  std::vector<Repeated> repeated;
  repeated.reserve(counts.size());
  for (const auto& [event, count] : counts) repeated.push_back({event, count});
  return repeated;
}

}  // namespace answerback::server
