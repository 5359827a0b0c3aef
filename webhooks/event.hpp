// Events as the world sees them: the exact bytes that are stored, signed and sent, made once, in the commit's batch.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/decide.hpp"

namespace answerback::webhooks {

struct RenderedEvent {
  std::string id;                  // "evt_7_3"
  std::string type;
  flows::Instant at;
  engine::ContactKey contact;      // 0 for operational events
  std::uint64_t sequence = 0;
  std::string body;                // minified JSON
  bool urgent = false;             // opt-outs and opt-ins go first
  // For filters:
  std::string flow, outcome, reason, campaign;
};

// An opt-in is urgent too, but nobody has to hear of it before its contact was made: it goes before other events of its contact only once
// those have failed.
bool goes_in_turn(std::string_view type);

// The name of a campaign for the payload.
using CampaignName = std::function<std::string(engine::CampaignKey)>;

RenderedEvent render(const engine::Event& event, const CampaignName& campaign_name);

// The facts for filters again, as they stood beside a body when it was made. A message's body only names its conversation;
// `find` gets it.
using FindConversation = std::function<std::optional<engine::Conversation>(const engine::ConversationId&)>;
RenderedEvent recall(std::string_view type, flows::Instant at, const std::string& body, const FindConversation& find);

// `endpoint.disabled`; `count` numbers it.
RenderedEvent render_endpoint_disabled(std::int64_t endpoint, std::uint32_t count, engine::Origin origin, std::string_view url,
                                       std::string_view reason, flows::Instant at);
// The event that `POST …/test` sends: type `endpoint.test`, no side effects.
RenderedEvent render_test(std::int64_t endpoint, std::string_view nonce, flows::Instant at);

}  // namespace answerback::webhooks
