// Which deliveries this process has leased, and the order in which an endpoint's waiting ones get its slots: urgent ones,
// then first attempts, with a place kept for retries so that neither can starve the other. In memory only: after a
// restart what was leased is simply pending again.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "storage/records.hpp"

namespace answerback::storage {

enum class DeliveryClass : std::uint8_t { urgent, first, retry };

class LeaseBook {
 public:
  // A lease whose settlement never came is void after this long: longer than any request may take.
  static constexpr flows::Duration ttl = std::chrono::minutes(5);

  struct Candidate {
    webhooks::DeliveryKey key;
    DeliveryClass what = DeliveryClass::first;
    Instant due_at;
    webhooks::LeaseNumber lease{};  // once it is taken
  };

  // Is this lease the delivery's last, and not given back?
  bool holds(webhooks::DeliveryKey key, webhooks::LeaseNumber lease) const;
  bool leased(webhooks::DeliveryKey key, Instant now) const;
  std::size_t leased_of(webhooks::EndpointKey endpoint) const;

  // Takes up to `slots` of the candidates that are due, and leases them. `waiting`: pending ones that are not leased, of
  // each class by due_at. The rest stays in `waiting`.
  std::vector<Candidate> take(webhooks::EndpointKey endpoint, std::uint32_t slots, std::vector<Candidate>& waiting, Instant now);
  void release(webhooks::DeliveryKey key);
  void forget(webhooks::EndpointKey endpoint);

 private:
  struct Lease {
    webhooks::EndpointKey endpoint;
    DeliveryClass what = DeliveryClass::first;
    Instant until;
    webhooks::LeaseNumber number;
  };
  struct Line {
    std::set<std::int64_t> keys;
    std::uint32_t retries = 0;       // of the keys
    bool last_was_retry = false;
  };
  bool retry_has_turn(const Line& line, std::uint32_t slots) const;
  void drop_expired(webhooks::EndpointKey endpoint, Instant now);

  std::uint64_t given_ = 0;  // never twice while the process lives
  std::unordered_map<std::int64_t, Lease> leases_;
  std::map<std::int64_t, Line> lines_;  // by endpoint
};

}  // namespace answerback::storage
