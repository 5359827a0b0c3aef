#include "webhooks/outbox.hpp"

namespace answerback::webhooks {

std::string to_string(DeliveryKey key) { return engine::key_text("dlv_", key.value); }

std::optional<DeliveryKey> parse_delivery_key(std::string_view text) {
  const auto value = engine::parse_key(text, "dlv_");
  if (!value) return std::nullopt;
  return DeliveryKey{*value};
}

}  // namespace answerback::webhooks
