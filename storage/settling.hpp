// What a settled attempt of a delivery leaves behind, the same in every store.
#pragma once

#include <vector>

#include "storage/records.hpp"
#include "webhooks/outbox.hpp"

namespace answerback::storage {

// Where the delivery stands then, by its machine.
webhooks::DeliveryState state_after(webhooks::Verdict verdict);
// The attempts that its history gets: one, or two when a kept connection turned out closed.
std::vector<Attempt> attempts_in(const webhooks::DeliverySettlement& settlement);

}  // namespace answerback::storage
