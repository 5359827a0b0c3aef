#include "engine/decide.hpp"

#include <exception>

#include "engine/decide/handlers.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<14> type_names{"contact.created",        "contact.updated",        "contact.erased",      "contact.opted_in",
                               "contact.opted_out",      "contact.entered_campaign",
                               "conversation.started",   "conversation.completed", "conversation.bailed", "conversation.discarded",
                               "message.received",       "message.sent",           "message.delivered",   "message.failed"};
constexpr Names<8> refusal_names{"none",          "active_conversation", "opted_out", "unknown_flow", "unknown_conversation",
                                 "already_ended", "no_image",            "external_id_taken"};

// Something in the conversation can't be gone on with: it ends here, once, instead of failing at each stimulus again. What the
// contact wrote is kept all the same, and a wish to stop is heard.
Decision give_up(const Situation& situation, const Stimulus& stimulus, const FlowBook& flows, const Settings& settings,
                 const EventWishes& wishes, Instant now) {
  Turn turn(situation, flows, settings, wishes, now);
  turn.detail = "something in it could not be gone on with";
  turn.admit_contact();
  if (const auto* inbound = std::get_if<Inbound>(&stimulus)) salvage(turn, *inbound);
  try {
    turn.end_if_running(flow_error());
  } catch (const std::exception&) {
    turn.put_down(flow_error());
  }
  return turn.finish();
}

}  // namespace

Decision decide(const Situation& situation, const Stimulus& stimulus, const FlowBook& flows, const Settings& settings,
                const EventWishes& wishes, Instant now) {
  try {
    Turn turn(situation, flows, settings, wishes, now);
    std::visit([&turn](const auto& one) { handle(turn, one); }, stimulus);
    return turn.finish();
  } catch (const std::exception&) {
    return give_up(situation, stimulus, flows, settings, wishes, now);
  }
}

void describe(Event& event, const flows::Flow* flow, const Settings& settings) {
  if (!event.conversation) return;
  const auto& conversation = *event.conversation;
  if (flow != nullptr) event.title = flow->title;
  event.language = conversation.language.empty() && flow != nullptr ? flow->language : conversation.language;
  event.our_number = conversation.sender;
  if (event.our_number.empty() && !settings.senders.empty()) event.our_number = settings.senders.front().number;
}

void describe(Event& event, const FlowBook& flows, const Settings& settings) {
  if (!event.conversation) return;
  describe(event, flows.at(event.conversation->flow, event.conversation->revision).get(), settings);
}

std::string_view to_string(Event::Type type) { return name_of(type_names, type); }
std::string_view to_string(Refusal refusal) { return name_of(refusal_names, refusal); }

}  // namespace answerback::engine
