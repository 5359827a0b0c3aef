#include "storage/erasure.hpp"

#include <nlohmann/json.hpp>

namespace answerback::storage {

void strip(engine::Conversation& conversation) {
  if (conversation.open) conversation.open->question.clear();
  conversation.answers.clear();
  conversation.vars.clear();
  for (auto& interaction : conversation.interactions) {
    interaction.question.clear();
    interaction.reply.clear();
    interaction.value = std::monostate{};
  }
}

void strip(engine::Message& message) {
  message.text.clear();
  message.media.clear();
  (message.direction == engine::Direction::in ? message.from : message.to).clear();
}

void strip(engine::LedgerRow& row) {
  row.text.clear();
  row.evidence.clear();
}

std::string conversation_in(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  const nlohmann::json::json_pointer id("/data/conversation/id");
  return !json.is_discarded() && json.contains(id) && json[id].is_string() ? json[id].get<std::string>() : "";
}

std::string erased_body(const StoredEvent& event, std::uint64_t sequence) {
  nlohmann::ordered_json data;
  if (sequence != 0) data["sequence"] = sequence;
  if (const auto conversation = conversation_in(event.body); !conversation.empty()) data["conversation"] = {{"id", conversation}};
  data["erased"] = true;
  const nlohmann::ordered_json body{
      {"id", event.id}, {"type", event.type}, {"timestamp", flows::to_iso8601(event.at)}, {"data", data}};
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace answerback::storage
