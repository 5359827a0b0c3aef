// Which texts this process has leased and not started yet. In memory only: on disk they are queued until they start, so that what
// a kill catches before its first byte simply goes again.
#pragma once

#include <cstdint>
#include <map>

#include "webhooks/outbox.hpp"

namespace answerback::storage {

class SendLeases {
 public:
  // Resolving, connecting and waiting for the disk are over by then; a lease that was lost on its way is void.
  static constexpr flows::Duration life = std::chrono::minutes(5);

  bool leased(const engine::MessageId& id) const { return leases_.contains(id); }
  std::size_t size() const { return leases_.size(); }
  void take(const engine::MessageId& id, std::int64_t row, flows::Instant now) { leases_[id] = {row, now}; }
  void release(const engine::MessageId& id) { leases_.erase(id); }
  // The store's row of a leased text, 0 = it is not leased.
  std::int64_t row_of(const engine::MessageId& id) const {
    const auto found = leases_.find(id);
    return found == leases_.end() ? 0 : found->second.row;
  }
  // One that seems to come from the future was taken before the clock was set back.
  void drop_expired(flows::Instant now) {
    std::erase_if(leases_, [now](const auto& each) { return each.second.since > now || now - each.second.since >= life; });
  }

 private:
  struct Lease {
    std::int64_t row;
    flows::Instant since;
  };
  std::map<engine::MessageId, Lease> leases_;
};

}  // namespace answerback::storage
