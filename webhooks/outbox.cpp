#include "webhooks/outbox.hpp"

#include <fmt/format.h>

#include "webhooks/key_text.hpp"

namespace answerback::webhooks {

std::string to_string(DeliveryKey key) { return fmt::format("dlv_{}", key.value); }

std::optional<DeliveryKey> parse_delivery_key(std::string_view text) {
  const auto value = parse_key(text, "dlv_");
  if (!value) return std::nullopt;
  return DeliveryKey{*value};
}

}  // namespace answerback::webhooks
