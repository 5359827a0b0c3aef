// A URL subscribed to events, and what it wants.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/condition.hpp"
#include "flows/time.hpp"
#include "webhooks/health.hpp"
#include "webhooks/signature.hpp"

namespace answerback::webhooks {

struct EndpointKey {
  std::int64_t value = 0;
  auto operator<=>(const EndpointKey&) const = default;
};
std::string to_string(EndpointKey key);  // "ep_4"
std::optional<EndpointKey> parse_endpoint_key(std::string_view text);

// One of an endpoint's secrets: it signs until then.
struct SigningSecret {
  SigningSecret(Secret secret_, flows::Instant until_ = flows::Instant::max()) : secret(std::move(secret_)), until(until_) {}
  Secret secret;
  flows::Instant until;
  bool operator==(const SigningSecret&) const = default;
};

struct Endpoint {
  EndpointKey key;
  std::string url;
  std::vector<std::string> events;  // "conversation.*", "contact.opted_out", "*"
  std::string description;
  std::vector<std::pair<std::string, std::string>> headers;  // sent with every delivery
  std::string filter;               // JSON of a condition over the event, "" = none
  std::vector<SigningSecret> secrets;  // newest first
  Health health;
  flows::Instant created_at;
};

// Which secrets sign at this instant.
std::vector<Secret> signing_secrets(const Endpoint& endpoint, flows::Instant now);

// How many replaced secrets may sign beside the newest one.
inline constexpr std::size_t max_old_secrets = 5;

// A fresh secret becomes the newest; the one before signs until `old_until`, those before it as long as they would have. False, and
// nothing changes, while so many are still good.
bool rotate(Endpoint& endpoint, Secret fresh, flows::Instant old_until, flows::Instant now);

// The stored header of that name, written in any letters (RFC 9110 5.1), or null.
const std::string* find_header(const Endpoint& endpoint, std::string_view name);

// Why this may not be a custom header, or nothing. Names are tokens (RFC 9110 5.6.2), values have no line breaks, and what
// the client or the signature is answerable for can't be overridden.
std::optional<std::string> header_problem(std::string_view name, std::string_view value);

}  // namespace answerback::webhooks
