// How long a lane waits before it looks or asks again: the same for every lane.
#pragma once

#include "flows/time.hpp"

namespace answerback::webhooks::dispatch {

// Before asking again when the store says that something is due but leases none, or when there is no slot anywhere.
inline constexpr flows::Duration breath = std::chrono::milliseconds(100);
inline constexpr flows::Duration after_store_failure = std::chrono::seconds(1);
inline constexpr flows::Duration lost_lease_call = std::chrono::seconds(30);
// The clock may be set forward while the thread sleeps.
inline constexpr flows::Duration longest_sleep = std::chrono::seconds(30);

}  // namespace answerback::webhooks::dispatch
