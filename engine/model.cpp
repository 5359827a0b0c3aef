#include "engine/model.hpp"

#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<2> direction_names{"in", "out"};
constexpr Names<10> status_names{"received", "queued",  "sending",    "sent",    "delivered",
                                 "failed",   "unknown", "suppressed", "expired", "cancelled"};
constexpr Names<5> source_names{"keyword", "phrase", "manual", "carrier", "import"};
constexpr Names<4> trigger_names{"keyword", "any", "api", "campaign"};
constexpr Names<6> entry_names{"waiting", "started", "entered", "skipped_opted_out", "skipped_active", "failed"};

}  // namespace

std::string_view to_string(Direction value) { return name_of(direction_names, value); }
std::string_view to_string(MessageStatus value) { return name_of(status_names, value); }
std::string_view to_string(ConsentSource value) { return name_of(source_names, value); }
std::string_view to_string(Trigger::Kind value) { return name_of(trigger_names, value); }
std::string_view to_string(EntryState value) { return name_of(entry_names, value); }
std::optional<MessageStatus> parse_message_status(std::string_view text) { return named<MessageStatus>(status_names, text); }

std::optional<Outcome> outcome_of(Life life) {
  switch (life) {
    case Life::completed: return Outcome::completed;
    case Life::bailed: return Outcome::bailed;
    case Life::discarded: return Outcome::discarded;
    case Life::fresh:
    case Life::running:
    case Life::waiting: return std::nullopt;
  }
  return std::nullopt;
}

void outline(const Conversation& conversation, std::optional<Conversation>& to) {
  auto& outlined = to.emplace();
  outlined.id = conversation.id;
  outlined.flow = conversation.flow;
  outlined.revision = conversation.revision;
  outlined.life = conversation.life;
  outlined.reason = conversation.reason;
  outlined.trigger = conversation.trigger;
  outlined.campaign = conversation.campaign;
  outlined.sender = conversation.sender;
  outlined.started_at = conversation.started_at;
  outlined.ended_at = conversation.ended_at;
  outlined.messages_in = conversation.messages_in;
  outlined.messages_out = conversation.messages_out;
  outlined.language = conversation.language;
  outlined.splits = conversation.splits;
}

}  // namespace answerback::engine
