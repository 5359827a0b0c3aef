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
      "contact.created",        "contact.updated",     "contact.erased",         "contact.opted_in",
      "contact.opted_out",      "contact.entered_campaign",
      "conversation.started",   "conversation.completed", "conversation.bailed", "conversation.discarded",
      "message.received",       "message.sent",        "message.delivered",      "message.failed",
      "endpoint.disabled"};
  return types;
}

// Filters are checked before they are stored. One that this version can't read after all is left out: an event too many
// can be ignored by its receiver, one too few is never missed.
Subscriber::Subscriber(const Endpoint& endpoint) : key_(endpoint.key), patterns_(endpoint.events) {
  auto filter = endpoint.filter.empty() ? std::nullopt : parse_filter(endpoint.filter);
  if (filter) filter_ = std::move(*filter);
}

bool Subscriber::takes(std::string_view type) const {
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const std::string& pattern) { return matches(pattern, type); });
}

bool Subscriber::wants(const RenderedEvent& event) const { return takes(event.type) && passes(filter_, event); }

void Subscriptions::set(const Endpoint& endpoint) {
  remove(endpoint.key);
  if (endpoint.health.state == HealthState::disabled) return;
  const auto place = std::lower_bound(subscribers_.begin(), subscribers_.end(), endpoint.key,
                                      [](const Subscriber& subscriber, EndpointKey key) { return subscriber.key() < key; });
  subscribers_.insert(place, Subscriber(endpoint));
}

void Subscriptions::remove(EndpointKey key) {
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) { return subscriber.key() == key; });
}

std::vector<EndpointKey> Subscriptions::wanting(const RenderedEvent& event) const {
  std::vector<EndpointKey> keys;
  for (const auto& subscriber : subscribers_)
    if (subscriber.wants(event)) keys.push_back(subscriber.key());
  return keys;
}

bool Subscriptions::anyone_wants(std::string_view type) const {
  return std::any_of(subscribers_.begin(), subscribers_.end(), [&](const Subscriber& subscriber) { return subscriber.takes(type); });
}

}  // namespace answerback::webhooks
