// Which events an endpoint gets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "webhooks/endpoint.hpp"
#include "webhooks/event.hpp"
#include "webhooks/filter.hpp"

namespace answerback::webhooks {

// "conversation.*" matches "conversation.completed"; "*" matches all; else equality.
bool matches(std::string_view pattern, std::string_view type);

// Whether a pattern can ever match one of the known types; for refusing slips at creation.
bool is_known_pattern(std::string_view pattern);
const std::vector<std::string>& event_types();

// One endpoint ready for matching.
class Subscriber {
 public:
  explicit Subscriber(const Endpoint& endpoint);
  EndpointKey key() const { return key_; }
  bool takes(std::string_view type) const;          // by its patterns alone
  bool wants(const RenderedEvent& event) const;     // by its filter too

 private:
  EndpointKey key_;
  std::vector<std::string> patterns_;
  flows::Condition filter_;
};

// All endpoints; rebuilt when one changes.
class Subscriptions {
 public:
  void set(const Endpoint& endpoint);
  void remove(EndpointKey key);
  std::vector<EndpointKey> wanting(const RenderedEvent& event) const;
  bool anyone_wants(std::string_view type) const;  // disabled endpoints want nothing

 private:
  std::vector<Subscriber> subscribers_;
};

}  // namespace answerback::webhooks
