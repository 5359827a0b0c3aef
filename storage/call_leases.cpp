#include "storage/call_leases.hpp"

#include <algorithm>

namespace answerback::storage {

std::uint32_t CallLeases::leased_of(const std::string& host) const {
  return static_cast<std::uint32_t>(std::count_if(leases_.begin(), leases_.end(), [&](const auto& each) { return each.second.host == host; }));
}

std::uint32_t CallLeases::room(const std::string& host, std::uint32_t per_host) const {
  const auto taken = leased_of(host);
  return taken < per_host ? per_host - taken : 0;
}

void CallLeases::take(const engine::CallRequest& request) {
  leases_[webhooks::key_of(request)] = {webhooks::host_of(request), request.give_up_at + grace};
}

void CallLeases::drop_expired(flows::Instant now) {
  std::erase_if(leases_, [now](const auto& each) { return each.second.until <= now; });
}

}  // namespace answerback::storage
