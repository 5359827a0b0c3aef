// The life of one delivery, one small machine (Boost.MSM behind it), total over state x signal.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace answerback::webhooks {

// held: waits behind an earlier one for the same endpoint and contact. dead: given up, visible, can be redelivered.
enum class DeliveryState : std::uint8_t { held, pending, leased, delivered, dead };

enum class DeliverySignal : std::uint8_t { release, lease, success, retry, give_up, lost_lease, redeliver };

struct DeliveryStep {
  DeliveryState to = DeliveryState::pending;
  bool accepted = false;
  bool operator==(const DeliveryStep&) const = default;
};

DeliveryStep advance(DeliveryState from, DeliverySignal signal);

bool unfinished(DeliveryState state);
std::string_view to_string(DeliveryState state);
std::string_view to_string(DeliverySignal signal);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

}  // namespace answerback::webhooks
