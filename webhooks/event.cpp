#include "webhooks/event.hpp"

#include <nlohmann/json.hpp>

#include "webhooks/event_members.hpp"
#include "webhooks/event_size.hpp"
#include "webhooks/json.hpp"
#include "webhooks/shown_url.hpp"

namespace answerback::webhooks {

namespace {

using Json = nlohmann::ordered_json;
using engine::Event;

void write_campaign(JsonWriter& out, const std::optional<engine::CampaignKey>& key, const std::string& name) {
  out.name("campaign");
  if (!key) return out.value(nullptr);
  out.open_object();
  out.member("id", to_string(*key));
  out.member("name", name);
  out.close_object();
}

// A message that was exchanged outside any conversation has conversation number 0.
void write_conversation_of(JsonWriter& out, const engine::Message& message) {
  const engine::ConversationId id{message.id.contact, message.id.conversation};
  out.member_or_null("conversation_id", id.number == 0 ? std::string() : to_string(id));
}

void write_what_was_said(JsonWriter& out, const engine::Conversation& conversation) {
  out.name("answers");
  write(out, conversation.answers);
  out.name("vars");
  write(out, conversation.vars);
  out.name("interactions");
  out.open_array();
  for (const auto& interaction : conversation.interactions) write(out, interaction);
  out.close_array();
}

template <class Thing>
void write_member(JsonWriter& out, std::string_view name, const Thing& thing) {
  out.name(name);
  write(out, thing);
}

// What an event tells beside its contact.
enum class About : std::uint8_t { contact, changes, erasure, consent, entering, conversation, message };

About about(Event::Type type) {
  switch (type) {
    case Event::Type::contact_created: return About::contact;
    case Event::Type::contact_updated: return About::changes;
    case Event::Type::contact_erased: return About::erasure;
    case Event::Type::contact_opted_in:
    case Event::Type::contact_opted_out: return About::consent;
    case Event::Type::contact_entered_campaign: return About::entering;
    case Event::Type::conversation_started:
    case Event::Type::conversation_completed:
    case Event::Type::conversation_bailed:
    case Event::Type::conversation_discarded: return About::conversation;
    case Event::Type::message_received:
    case Event::Type::message_sent:
    case Event::Type::message_delivered:
    case Event::Type::message_failed: return About::message;
  }
  return About::contact;
}

void write_conversation(JsonWriter& out, const Event& event) {
  out.name("conversation");
  if (!event.conversation) return out.value(nullptr);
  write(out, *event.conversation, {event.title, event.language, event.our_number});
}

// Nothing that tells who it was, but what the receiver knows them by.
void write_erased_contact(JsonWriter& out, const engine::Contact& contact) {
  out.name("contact");
  out.open_object();
  out.member("id", engine::to_string(contact.key));
  out.member_or_null("external_id", contact.external_id);
  out.close_object();
}

void write_rest(JsonWriter& out, const Event& event, About what, bool is_shortened) {
  if (what == About::changes) {
    out.member_or_null("conversation_id", event.set_in ? to_string(*event.set_in) : std::string());
    write_changes(out, event);
  }
  if (what == About::conversation && event.conversation) {
    write_what_was_said(out, *event.conversation);
    if (event.type == Event::Type::conversation_bailed) write_handover(out, event, is_shortened);
  }
  if (what == About::consent && event.consent) {
    out.member_or_null("our_number", event.our_number);
    write_consent(out, event);
  }
  if (event.message) write_member(out, "message", *event.message);
  out.member("truncated", is_shortened);
}

void write_data(JsonWriter& out, const Event& event, const std::string& campaign, bool is_shortened) {
  const auto what = about(event.type);
  out.open_object();
  out.member("sequence", event.id.sequence);
  if (what == About::erasure) {
    write_erased_contact(out, event.contact);
    return out.close_object();
  }
  if (what == About::conversation || what == About::entering || what == About::consent) write_conversation(out, event);
  write_member(out, "contact", event.contact);
  if (event.message) write_conversation_of(out, *event.message);
  write_campaign(out, event.campaign, campaign);
  write_rest(out, event, what, is_shortened);
  out.close_object();
}

std::string body_of(const RenderedEvent& rendered, const Event& event, bool is_shortened) {
  JsonWriter out;
  out.open_object();
  out.member("id", rendered.id);
  out.member("type", rendered.type);
  out.member("timestamp", flows::to_iso8601(rendered.at));
  out.name("data");
  write_data(out, event, rendered.campaign, is_shortened);
  out.close_object();
  return out.take();
}

std::string fitting_body_of(const RenderedEvent& rendered, const Event& event) {
  auto body = body_of(rendered, event, false);
  if (body.size() <= max_event_bytes) return body;
  auto shorter = event;
  for (const auto& room : rooms) {
    shorter = shortened(std::move(shorter), room);
    body = body_of(rendered, shorter, true);
    if (body.size() <= max_event_bytes) break;
  }
  return body;
}

void set_facts(RenderedEvent& rendered, const engine::Conversation& conversation) {
  rendered.flow = conversation.flow;
  if (const auto outcome = engine::outcome_of(conversation.life)) rendered.outcome = flows::to_string(*outcome);
  rendered.reason = conversation.reason;
}

// Consent is given to a sender and belongs to no flow, though it names the conversation in which it was.
bool is_consent_type(std::string_view type) { return type == "contact.opted_in" || type == "contact.opted_out"; }

std::string text_at(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) && json[place].is_string() ? json[place].get<std::string>() : "";
}

// What has ended since counted as running then.
void set_facts_then(RenderedEvent& rendered, engine::Conversation conversation) {
  if (conversation.is_over() && conversation.ended_at > rendered.at) {
    conversation.life = engine::Life::waiting;
    conversation.reason.clear();
  }
  set_facts(rendered, conversation);
}

RenderedEvent operational(std::string id, std::string type, flows::Instant at, Json data) {
  RenderedEvent rendered;
  rendered.body = dump({{"id", id}, {"type", type}, {"timestamp", flows::to_iso8601(at)}, {"data", std::move(data)}});
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
  rendered.urgent = event.type == Event::Type::contact_opted_out || event.type == Event::Type::contact_opted_in;
  if (event.campaign && campaign_name) rendered.campaign = campaign_name(*event.campaign);
  if (event.conversation && about(event.type) != About::consent) set_facts(rendered, *event.conversation);
  rendered.body = fitting_body_of(rendered, event);
  return rendered;
}

RenderedEvent recall(std::string_view type, flows::Instant at, const std::string& body, const FindConversation& find) {
  RenderedEvent rendered;
  rendered.type = type;
  rendered.at = at;
  const auto json = Json::parse(body, nullptr, false);
  rendered.campaign = text_at(json, "/data/campaign/name");
  if (is_consent_type(type)) return rendered;
  rendered.flow = text_at(json, "/data/conversation/flow");
  rendered.outcome = text_at(json, "/data/conversation/outcome");
  rendered.reason = text_at(json, "/data/conversation/reason");
  const auto named = engine::parse_conversation_id(text_at(json, "/data/conversation_id"));
  const auto conversation = named ? find(*named) : std::nullopt;
  if (conversation) set_facts_then(rendered, *conversation);
  return rendered;
}

RenderedEvent render_endpoint_disabled(std::int64_t endpoint, std::uint32_t count, engine::Origin origin, std::string_view url,
                                       std::string_view reason, flows::Instant at) {
  return operational(engine::counted_text("evt_ep", endpoint, count, origin), "endpoint.disabled", at,
                     {{"endpoint", {{"id", engine::key_text("ep_", endpoint)}, {"url", shown_url(url)}, {"reason", reason}, {"disabled_at", flows::to_iso8601(at)}}}});
}

RenderedEvent render_test(std::int64_t endpoint, std::string_view nonce, flows::Instant at) {
  return operational(engine::key_text("evt_test", endpoint) + "_" + std::string(nonce), "endpoint.test", at,
                     {{"endpoint", {{"id", engine::key_text("ep_", endpoint)}}}, {"message", "This is a test. Nothing happened to any contact."}});
}

bool goes_in_turn(std::string_view type) { return type == engine::to_string(engine::Event::Type::contact_opted_in); }

}  // namespace answerback::webhooks
