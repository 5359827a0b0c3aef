#include "storage/erasure.hpp"

#include <nlohmann/json.hpp>

namespace answerback::storage {

void strip(engine::Conversation& conversation) {
  if (auto& open = conversation.open) {
    open->question.clear();
    open->reply.clear();
    open->not_understood.clear();
  }
  conversation.answers.clear();
  conversation.vars.clear();
  conversation.left.reset();
  conversation.prefilled.clear();
  for (auto& interaction : conversation.interactions) {
    interaction.question.clear();
    interaction.reply.clear();
    interaction.value = std::monostate{};
    interaction.label.clear();
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

std::string erased_body(const StoredEvent& event, engine::ContactKey contact, std::uint64_t sequence) {
  nlohmann::ordered_json data;
  if (sequence != 0) data["sequence"] = sequence;
  data["contact"] = {{"id", engine::to_string(contact)}};
  if (const auto conversation = conversation_in(event.body); !conversation.empty()) data["conversation"] = {{"id", conversation}};
  data["erased"] = true;
  const nlohmann::ordered_json body{
      {"id", event.id}, {"type", event.type}, {"timestamp", flows::to_iso8601(event.at)}, {"data", data}};
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string bare_opt_out(const std::string& body) {
  using Json = nlohmann::ordered_json;
  auto json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) return body;
  const auto clear = [&](const char* pointer, const Json& to) {
    const Json::json_pointer place(pointer);
    if (json.contains(place)) json[place] = to;
  };
  clear("/data/contact/fields", Json::object());
  for (const auto* place : {"/data/contact/source", "/data/contact/language", "/data/consent/text", "/data/consent/evidence", "/data/consent/note"})
    clear(place, nullptr);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace answerback::storage
