#include "webhooks/json.hpp"

#include <nlohmann/json.hpp>

namespace answerback::webhooks {

using Json = nlohmann::ordered_json;

namespace {

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(const flows::Money& value) const { return {{"amount", value.amount}, {"currency", value.currency}}; }
  template <class T>
  Json operator()(const T& value) const {
    return value;
  }
};

}  // namespace

Json to_json(const flows::Value& value) { return std::visit(ToJson{}, value); }

// A subflow's answers, "visit.zip", stand in an object of their own.
Json to_json(const flows::Values& values) {
  auto object = Json::object();
  for (const auto& [name, value] : values) {
    auto* place = &object;
    std::string_view rest = name;
    for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
      auto& inner = (*place)[std::string(rest.substr(0, dot))];
      if (!inner.is_object()) inner = Json::object();
      place = &inner;
      rest.remove_prefix(dot + 1);
    }
    (*place)[std::string(rest)] = to_json(value);
  }
  return object;
}

Json to_json(const engine::Interaction& interaction) {
  return {{"step", interaction.step},
          {"answer", interaction.answer},
          {"question", interaction.question},
          {"reply", interaction.reply},
          {"value", to_json(interaction.value)},
          {"attempts", interaction.attempts},
          {"asked_at", instant_json(interaction.asked_at)},
          {"answered_at", instant_json(interaction.answered_at)}};
}

Json contact_json(const engine::Contact& contact) {
  return {{"id", engine::to_string(contact.key)},
          {"phone", or_null(contact.phone)},
          {"consent", engine::to_string(contact.consent)},
          {"fields", to_json(contact.fields)}};
}

Json conversation_json(const engine::Conversation& conversation) {
  const auto outcome = engine::outcome_of(conversation.life);
  Json json{{"id", engine::to_string(conversation.id)},
          {"flow", conversation.flow},
          {"revision", conversation.revision},
          {"outcome", outcome ? Json(flows::to_string(*outcome)) : Json()},
          {"reason", or_null(conversation.reason)},
          {"started_at", instant_json(conversation.started_at)},
          {"ended_at", instant_json(conversation.ended_at)},
          {"messages_in", conversation.messages_in},
          {"messages_out", conversation.messages_out},
          {"trigger", {{"kind", engine::to_string(conversation.trigger.kind)}, {"value", or_null(conversation.trigger.value)}}}};
  if (!conversation.splits.empty()) {
    auto& splits = json["splits"] = Json::object();
    for (const auto& [experiment, way] : conversation.splits) splits[experiment] = way;
  }
  return json;
}

Json message_json(const engine::Message& message) {
  return {{"id", engine::to_string(message.id)},
          {"direction", engine::to_string(message.direction)},
          {"from", message.from},
          {"to", message.to},
          {"text", message.text},
          {"media", message.media},
          {"status", engine::to_string(message.status)},
          {"error", or_null(message.error)},
          {"at", instant_json(message.at)}};
}

Json instant_json(engine::Instant at) { return at == engine::Instant{} ? Json() : Json(flows::to_iso8601(at)); }

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace answerback::webhooks
