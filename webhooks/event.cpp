#include "webhooks/event.hpp"

#include <nlohmann/json.hpp>
#include <type_traits>

namespace answerback::webhooks {

namespace {

using Json = nlohmann::ordered_json;
using engine::Contact;
using engine::Conversation;
using engine::Event;
using engine::Message;

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  template <typename T>
  Json operator()(const T& value) const {
    return value;
  }
};

Json render_values(const flows::Values& values) {
  Json object = Json::object();
  for (const auto& [name, value] : values) object[name] = std::visit(ToJson{}, value);
  return object;
}

Json render_contact(const Contact& contact) {
  return {{"id", to_string(contact.key)},
          {"phone", contact.phone},
          {"consent", engine::to_string(contact.consent)},
          {"fields", render_values(contact.fields)}};
}

std::string_view outcome_name(const Conversation& conversation) {
  const auto outcome = engine::outcome_of(conversation.life);
  return outcome ? flows::to_string(*outcome) : std::string_view();
}

Json render_conversation(const Conversation& conversation) {
  const bool over = conversation.is_over();
  return {{"id", to_string(conversation.id)},
          {"flow", conversation.flow},
          {"revision", conversation.revision},
          {"outcome", text_or_null(outcome_name(conversation))},
          {"reason", over ? Json(conversation.reason) : Json(nullptr)},
          {"started_at", flows::to_iso8601(conversation.started_at)},
          {"ended_at", over ? Json(flows::to_iso8601(conversation.ended_at)) : Json(nullptr)},
          {"messages_in", conversation.messages_in},
          {"messages_out", conversation.messages_out},
          {"trigger",
           {{"kind", engine::to_string(conversation.trigger.kind)}, {"value", text_or_null(conversation.trigger.value)}}}};
}

Json render_interactions(const Conversation& conversation) {
  Json list = Json::array();
  for (const auto& interaction : conversation.interactions)
    list.push_back({{"step", interaction.step},
                    {"answer", interaction.answer},
                    {"question", interaction.question},
                    {"reply", interaction.reply},
                    {"value", std::visit(ToJson{}, interaction.value)},
                    {"attempts", interaction.attempts},
                    {"asked_at", flows::to_iso8601(interaction.asked_at)},
                    {"answered_at", flows::to_iso8601(interaction.answered_at)}});
  return list;
}

Json render_campaign(const std::optional<engine::CampaignKey>& key, const std::string& name) {
  if (!key) return nullptr;
  return {{"id", to_string(*key)}, {"name", name}};
}

Json render_consent(const engine::LedgerRow& row) {
  return {{"status", engine::to_string(row.status)},
          {"source", engine::to_string(row.source)},
          {"keyword", text_or_null(row.keyword)},
          {"text", text_or_null(row.text)},
          {"message_id", row.message ? Json(to_string(*row.message)) : Json(nullptr)},
          {"scope", row.scope},
          {"at", flows::to_iso8601(row.at)}};
}

Json render_message(const Message& message) {
  return {{"id", to_string(message.id)},
          {"direction", engine::to_string(message.direction)},
          {"from", message.from},
          {"to", message.to},
          {"text", message.text},
          {"media", message.media},
          {"status", engine::to_string(message.status)},
          {"error", text_or_null(message.error)},
          {"at", flows::to_iso8601(message.at)}};
}

// A message that was exchanged outside any conversation has conversation number 0.
Json conversation_of(const Message& message) {
  if (message.id.conversation == 0) return nullptr;
  return to_string(engine::ConversationId{message.id.contact, message.id.conversation});
}

bool is_about_conversation(Event::Type type) {
  switch (type) {
    case Event::Type::conversation_started:
    case Event::Type::conversation_completed:
    case Event::Type::conversation_bailed:
    case Event::Type::conversation_discarded: return true;
    case Event::Type::contact_created:
    case Event::Type::contact_opted_in:
    case Event::Type::contact_opted_out:
    case Event::Type::contact_entered_campaign:
    case Event::Type::message_received:
    case Event::Type::message_sent:
    case Event::Type::message_delivered:
    case Event::Type::message_failed: return false;
  }
  return false;
}

Json render_data(const Event& event, const std::string& campaign) {
  const bool about_conversation = is_about_conversation(event.type);
  Json data = {{"sequence", event.id.sequence}};
  if (event.conversation && (about_conversation || event.type == Event::Type::contact_entered_campaign))
    data["conversation"] = render_conversation(*event.conversation);
  data["contact"] = render_contact(event.contact);
  if (event.message) data["conversation_id"] = conversation_of(*event.message);
  data["campaign"] = render_campaign(event.campaign, campaign);
  if (event.conversation && about_conversation) {
    data["answers"] = render_values(event.conversation->answers);
    data["interactions"] = render_interactions(*event.conversation);
  }
  if (event.consent) data["consent"] = render_consent(*event.consent);
  if (event.message) data["message"] = render_message(*event.message);
  return data;
}

// Text from outside is clean UTF-8 by the time it gets here; should a byte slip through, the event still must not be lost.
std::string to_body(const std::string& id, const std::string& type, flows::Instant at, Json data) {
  const Json body = {{"id", id}, {"type", type}, {"timestamp", flows::to_iso8601(at)}, {"data", std::move(data)}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RenderedEvent operational(std::string id, std::string type, flows::Instant at, Json data) {
  RenderedEvent rendered;
  rendered.body = to_body(id, type, at, std::move(data));
  rendered.id = std::move(id);
  rendered.type = std::move(type);
  rendered.at = at;
  return rendered;
}

}  // namespace

RenderedEvent render(const Event& event, const CampaignName& campaign_name) {
  RenderedEvent rendered;
  rendered.id = to_string(event.id);
  rendered.type = engine::to_string(event.type);
  rendered.at = event.at;
  rendered.contact = event.contact.key;
  rendered.sequence = event.id.sequence;
  rendered.urgent = event.type == Event::Type::contact_opted_out;
  if (event.campaign && campaign_name) rendered.campaign = campaign_name(*event.campaign);
  if (event.conversation) {
    rendered.flow = event.conversation->flow;
    rendered.outcome = outcome_name(*event.conversation);
    rendered.reason = event.conversation->reason;
  }
  rendered.body = to_body(rendered.id, rendered.type, event.at, render_data(event, rendered.campaign));
  return rendered;
}

RenderedEvent render_endpoint_disabled(std::int64_t endpoint, std::uint32_t count, std::string_view url, std::string_view reason,
                                       flows::Instant at) {
  const auto number = std::to_string(endpoint);
  return operational("evt_ep" + number + "_" + std::to_string(count), "endpoint.disabled", at,
                     {{"endpoint", {{"id", "ep_" + number}, {"url", url}, {"reason", reason}, {"disabled_at", flows::to_iso8601(at)}}}});
}

RenderedEvent render_test(std::int64_t endpoint, std::string_view nonce, flows::Instant at) {
  const auto number = std::to_string(endpoint);
  return operational("evt_test" + number + "_" + std::string(nonce), "endpoint.test", at,
                     {{"endpoint", {{"id", "ep_" + number}}}, {"message", "This is a test. Nothing happened to any contact."}});
}

}  // namespace answerback::webhooks
