// Which calls this process has leased, and how many to each host. In memory only: after a restart what was leased is simply
// due again.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "webhooks/outbox.hpp"

namespace answerback::storage {

class CallLeases {
 public:
  // No try takes longer than until its call is given up; a lease whose settlement never came is void this much later.
  static constexpr flows::Duration grace = std::chrono::seconds(5);

  bool leased(const webhooks::CallKey& key) const { return leases_.contains(key); }
  // How many more of this host may be leased.
  std::uint32_t room(const std::string& host, std::uint32_t per_host) const;
  std::uint32_t leased_of(const std::string& host) const;
  void take(const engine::CallRequest& request);
  void release(const webhooks::CallKey& key) { leases_.erase(key); }
  void drop_expired(flows::Instant now);

  std::string last_host;  // that was looked at: the next lease begins with the one behind it, so that all have their turn

 private:
  struct Lease {
    std::string host;
    flows::Instant until;
  };
  std::map<webhooks::CallKey, Lease> leases_;
};

}  // namespace answerback::storage
