#include "webhooks/event.hpp"

#include <nlohmann/json.hpp>

#include "webhooks/json.hpp"

namespace answerback::webhooks {

namespace {

using Json = nlohmann::ordered_json;
using engine::Event;

Json render_campaign(const std::optional<engine::CampaignKey>& key, const std::string& name) {
  if (!key) return nullptr;
  return {{"id", to_string(*key)}, {"name", name}};
}

Json render_consent(const engine::LedgerRow& row) {
  return {{"status", engine::to_string(row.status)},
          {"source", engine::to_string(row.source)},
          {"keyword", or_null(row.keyword)},
          {"text", or_null(row.text)},
          {"message_id", row.message ? Json(to_string(*row.message)) : Json(nullptr)},
          {"scope", row.scope},
          {"at", flows::to_iso8601(row.at)}};
}

// A message that was exchanged outside any conversation has conversation number 0.
Json conversation_of(const engine::Message& message) {
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
    data["conversation"] = conversation_json(*event.conversation);
  data["contact"] = contact_json(event.contact);
  if (event.message) data["conversation_id"] = conversation_of(*event.message);
  data["campaign"] = render_campaign(event.campaign, campaign);
  if (event.conversation && about_conversation) {
    data["answers"] = to_json(event.conversation->answers);
    auto& interactions = data["interactions"] = Json::array();
    for (const auto& interaction : event.conversation->interactions) interactions.push_back(to_json(interaction));
  }
  if (event.consent) data["consent"] = render_consent(*event.consent);
  if (event.message) data["message"] = message_json(*event.message);
  return data;
}

std::string to_body(const std::string& id, const std::string& type, flows::Instant at, Json data) {
  return dump({{"id", id}, {"type", type}, {"timestamp", flows::to_iso8601(at)}, {"data", std::move(data)}});
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
    if (const auto outcome = engine::outcome_of(event.conversation->life)) rendered.outcome = flows::to_string(*outcome);
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
