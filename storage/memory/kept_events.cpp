// Events that outlive the erasure of their contact for a while, because a receiver has to act on them.
#include <algorithm>

#include "storage/erasure.hpp"
#include "storage/memory/changes.hpp"

namespace answerback::storage::memory {

bool is_unfinished(const Data& data, std::int64_t event) {
  return std::any_of(data.deliveries.begin(), data.deliveries.end(), [&](const auto& entry) {
    return entry.second.event == event && webhooks::unfinished(entry.second.delivery.state);
  });
}

namespace {

void strip_kept_event(Data& data, KeptEvent& kept) {
  for (auto& [key, of_it] : data.deliveries) {
    if (of_it.event != kept.event.cursor) continue;
    for (auto& attempt : of_it.delivery.history) attempt.response.clear();
    if (!webhooks::unfinished(of_it.delivery.state)) continue;
    of_it.delivery.last_error = "erased";
    set_state(data, of_it, webhooks::DeliveryState::dead);
    release_delivery(data, of_it.delivery.endpoint, of_it.contact);
  }
  kept.event.body = erased_body(kept.event, kept.contact, kept.sequence);
}

}  // namespace

std::size_t strip_kept_events(Data& data, Instant now) {
  return std::erase_if(data.erasures, [&](const auto& entry) {
    if (entry.second > now && is_unfinished(data, entry.first)) return false;
    if (const auto it = data.events.find(entry.first); it != data.events.end()) strip_kept_event(data, it->second);
    return true;
  });
}

}  // namespace answerback::storage::memory
