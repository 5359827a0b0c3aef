#include "webhooks/subscription.hpp"

#include <algorithm>

namespace answerback::webhooks {

bool matches(std::string_view pattern, std::string_view type) {
  if (pattern == "*") return true;
  if (pattern.ends_with(".*")) return type.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == type;
}

bool is_known_pattern(std::string_view pattern) {
  const auto& types = event_types();
  return std::any_of(types.begin(), types.end(), [&](const std::string& type) { return matches(pattern, type); });
}

const std::vector<std::string>& event_types() {
  static const std::vector<std::string> types = {
      "contact.created",        "contact.opted_in",    "contact.opted_out",      "contact.entered_campaign",
      "conversation.started",   "conversation.completed", "conversation.bailed", "conversation.discarded",
      "message.received",       "message.sent",        "message.delivered",      "message.failed",
      "endpoint.disabled"};
  return types;
}

void Subscriptions::set(const Endpoint& endpoint) {
  remove(endpoint.key);
  if (endpoint.health.state == HealthState::disabled) return;
  // Filters are checked before they are stored. One that this version can't read after all is left out: an event too many
  // can be ignored by its receiver, one too few is never missed.
  auto filter = endpoint.filter.empty() ? std::nullopt : parse_filter(endpoint.filter);
  const auto place = std::lower_bound(subscribers_.begin(), subscribers_.end(), endpoint.key,
                                      [](const Subscriber& subscriber, EndpointKey key) { return subscriber.key < key; });
  subscribers_.insert(place, {endpoint.key, endpoint.events, filter ? std::move(*filter) : flows::Condition{}});
}

void Subscriptions::remove(EndpointKey key) {
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) { return subscriber.key == key; });
}

namespace {

bool any_matches(const std::vector<std::string>& patterns, std::string_view type) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) { return matches(pattern, type); });
}

}  // namespace

std::vector<EndpointKey> Subscriptions::wanting(const RenderedEvent& event) const {
  std::vector<EndpointKey> keys;
  for (const auto& subscriber : subscribers_)
    if (any_matches(subscriber.patterns, event.type) && passes(subscriber.filter, event)) keys.push_back(subscriber.key);
  return keys;
}

bool Subscriptions::anyone_wants(std::string_view type) const {
  return std::any_of(subscribers_.begin(), subscribers_.end(),
                     [&](const Subscriber& subscriber) { return any_matches(subscriber.patterns, type); });
}

}  // namespace answerback::webhooks
