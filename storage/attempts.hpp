// The tries of a delivery that one settlement tells of.
#pragma once

#include <vector>

#include "storage/records.hpp"

namespace answerback::storage {

inline constexpr std::size_t max_stored_response = 1024;

// In the order in which they were made: the request itself, and before it one that a kept connection took with it.
std::vector<Attempt> attempts_of(const webhooks::DeliverySettlement& settlement);

}  // namespace answerback::storage
