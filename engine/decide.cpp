#include "engine/decide.hpp"

#include "engine/decide/handlers.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<12> type_names{"contact.created",        "contact.opted_in",       "contact.opted_out",   "contact.entered_campaign",
                               "conversation.started",   "conversation.completed", "conversation.bailed", "conversation.discarded",
                               "message.received",       "message.sent",           "message.delivered",   "message.failed"};
constexpr Names<7> refusal_names{"none", "active_conversation", "opted_out", "unknown_flow", "unknown_conversation", "already_ended", "no_image"};

}  // namespace

Decision decide(const Situation& situation, const Stimulus& stimulus, const FlowBook& flows, const Settings& settings,
                const EventWishes& wishes, Instant now) {
  Turn turn(situation, flows, settings, wishes, now);
  std::visit([&turn](const auto& one) { handle(turn, one); }, stimulus);
  return turn.finish();
}

std::string_view to_string(Event::Type type) { return name_of(type_names, type); }
std::string_view to_string(Refusal refusal) { return name_of(refusal_names, refusal); }

}  // namespace answerback::engine
