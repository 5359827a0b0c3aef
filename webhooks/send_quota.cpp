#include "webhooks/send_quota.hpp"

#include <algorithm>

namespace answerback::webhooks {

namespace {

std::uint32_t left(std::uint32_t limit, std::uint32_t taken) { return taken < limit ? limit - taken : 0; }

template <typename Counts, typename Key>
std::uint32_t taken_of(const Counts& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

template <typename Counts, typename Key>
void count_down(Counts& counts, const Key& key) {
  const auto found = counts.find(key);
  if (found != counts.end() && --found->second == 0) counts.erase(found);
}

}  // namespace

std::uint32_t SendQuota::room(const SendLine& line) const {
  const auto of_carrier = taken_of(by_carrier_, line.carrier);
  const auto of_line = taken_of(by_line_, line);
  const auto room = std::min({left(limits_.total, under_way_), left(limits_.per_carrier, of_carrier), left(limits_.per_sender, of_line)});
  if (!is_shared_) return room;
  const auto common = left(limits_.per_carrier - limits_.per_carrier / 4, of_carrier);
  return common > 0 ? std::min(room, common) : of_line == 0 ? std::min(room, 1U) : 0;
}

void SendQuota::take(const SendLine& line) {
  ++under_way_;
  ++by_carrier_[line.carrier];
  ++by_line_[line];
}

void SendQuota::give_back(const SendLine& line) {
  --under_way_;
  count_down(by_carrier_, line.carrier);
  count_down(by_line_, line);
}

}  // namespace answerback::webhooks
