// Orders STOP and the first byte of a text: once an opt-out is about to be committed, no text that was leased before it can
// start any more. (A lease reads consent itself; this covers the moment between the lease and the first byte.)
#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "engine/model.hpp"

namespace answerback::server {

class SendGate {
 public:
  void close(const std::vector<engine::ContactKey>& contacts, engine::Instant now);
  void open(const std::vector<engine::ContactKey>& contacts);
  bool may_start(const engine::Message& message) const;

 private:
  // A text is under way for minutes at most; after that the lease's own look at consent is what counts.
  static constexpr std::chrono::minutes keep{30};
  mutable std::mutex mutex_;
  std::unordered_map<engine::ContactKey, engine::Instant> closed_;
};

}  // namespace answerback::server
