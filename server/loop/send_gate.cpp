#include "server/loop/send_gate.hpp"

namespace answerback::server {

void SendGate::close(const std::vector<engine::ContactKey>& contacts, engine::Instant now) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(closed_, [&](const auto& entry) { return entry.second + keep < now; });
  for (const auto contact : contacts) closed_.insert_or_assign(contact, now);
}

void SendGate::open(const std::vector<engine::ContactKey>& contacts) {
  const std::scoped_lock lock(mutex_);
  for (const auto contact : contacts) closed_.erase(contact);
}

bool SendGate::may_start(const engine::Message& message) const {
  if (message.exempt) return true;
  const std::scoped_lock lock(mutex_);
  return !closed_.contains(message.id.contact);
}

}  // namespace answerback::server
