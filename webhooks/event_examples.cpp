#include "webhooks/event_examples.hpp"

#include <array>

namespace answerback::webhooks {

namespace {

using engine::Conversation;
using engine::Event;
using engine::Life;
using engine::MessageStatus;
using Type = Event::Type;

using namespace std::chrono_literals;

constexpr flows::Instant began = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 16h;

engine::Contact contact(engine::Consent consent) {
  engine::Contact contact;
  contact.key = {7};
  contact.phone = "+15125550142";
  contact.consent = consent;
  contact.created_at = began;
  contact.external_id = "crm-4711";
  contact.source = "website";
  contact.spoken = "en";
  contact.fields = {{"first_name", "Ana"}};
  return contact;
}

Conversation conversation(Life life, std::string reason) {
  Conversation conversation;
  conversation.id = {{7}, 1};
  conversation.flow = "roof-estimate";
  conversation.revision = 3;
  conversation.life = life;
  conversation.reason = std::move(reason);
  conversation.trigger = {engine::Trigger::Kind::keyword, "ROOF"};
  conversation.started_at = began;
  const bool over = conversation.is_over();
  if (over) conversation.ended_at = began + 95s;
  conversation.messages_in = over ? 2 : 1;
  conversation.messages_out = over ? 3 : 0;
  return conversation;
}

Conversation answered(Life life, std::string reason) {
  auto ended = conversation(life, std::move(reason));
  ended.answers = {{"service", "repair"}};
  ended.vars = {{"office", "Austin"}};
  ended.interactions = {{"service", "service", "What do you need? 1) repair 2) replacement 3) inspection", "its leaking", "repair", 1,
                         began + 1s, began + 40s, true, "repair"}};
  return ended;
}

engine::LedgerRow consent_row(engine::Consent status, std::string keyword, std::string text) {
  engine::LedgerRow row;
  row.contact = {7};
  row.at = began + 95s;
  row.status = status;
  row.keyword = std::move(keyword);
  row.text = std::move(text);
  row.message = engine::MessageId{{7}, 1, 4};
  return row;
}

engine::Message message(MessageStatus status) {
  engine::Message message;
  message.id = {{7}, 1, 2};
  message.at = began + 40s;
  const bool in = status == MessageStatus::received;
  message.direction = in ? engine::Direction::in : engine::Direction::out;
  message.from = in ? "+15125550142" : "+15125550100";
  message.to = in ? "+15125550100" : "+15125550142";
  message.text = in ? "its leaking" : "About how old is the roof, in years?";
  message.status = status;
  if (status == MessageStatus::failed) message.error = "30003";
  return message;
}

void tell_circumstances(Event& event) {
  event.title = "Roof estimate intake";
  event.language = "en";
  event.our_number = "+15125550100";
}

engine::Message line(engine::Direction direction, std::uint32_t number, std::string text, std::chrono::seconds later) {
  auto line = message(direction == engine::Direction::in ? MessageStatus::received : MessageStatus::sent);
  line.id.number = number;
  line.text = std::move(text);
  line.at = began + later;
  return line;
}

// What a person who takes over finds.
void hand_over(Event& event) {
  auto& conversation = *event.conversation;
  conversation.messages_out = 2;
  conversation.phrase = "human";
  conversation.left = engine::LeftQuestion{"age", "About how old is the roof, in years?", began + 40s, {{"older than me", "not_understood", began + 70s}}};
  event.last_step = "person";
  event.transcript = {line(engine::Direction::in, 1, "ROOF", 0s), line(engine::Direction::out, 2, "What do you need?", 1s),
                      line(engine::Direction::in, 3, "a human please", 95s), line(engine::Direction::out, 4, "Let me get a person to help you.", 95s)};
}

Event base(Type type, std::uint64_t sequence) {
  Event event;
  event.type = type;
  event.id = {{7}, sequence};
  event.at = began + 95s;
  event.contact = contact(type == Type::contact_opted_out ? engine::Consent::opted_out : engine::Consent::opted_in);
  return event;
}

Event example(Type type) {
  auto event = base(type, 7);
  switch (type) {
    case Type::contact_created: break;
    case Type::contact_updated:
      event.previous = event.contact;
      event.previous->fields.clear();
      event.previous->spoken = "es";
      event.set_in = {{7}, 1};
      break;
    case Type::contact_erased: break;
    case Type::contact_opted_in: event.consent = consent_row(engine::Consent::opted_in, "start", "START"); break;
    case Type::contact_opted_out:
      event.consent = consent_row(engine::Consent::opted_out, "stop", "Stop");
      event.conversation = conversation(Life::waiting, "");
      break;
    case Type::contact_entered_campaign:
      event.campaign = engine::CampaignKey{3};
      event.conversation = conversation(Life::waiting, "");
      break;
    case Type::conversation_started: event.conversation = conversation(Life::running, ""); break;
    case Type::conversation_completed: event.conversation = answered(Life::completed, "estimate_requested"); break;
    case Type::conversation_bailed:
      event.conversation = answered(Life::bailed, "asked_for_person");
      hand_over(event);
      break;
    case Type::conversation_discarded: event.conversation = answered(Life::discarded, "opted_out"); break;
    case Type::message_received: event.message = message(MessageStatus::received); break;
    case Type::message_sent: event.message = message(MessageStatus::sent); break;
    case Type::message_delivered: event.message = message(MessageStatus::delivered); break;
    case Type::message_failed: event.message = message(MessageStatus::failed); break;
  }
  if (event.conversation || event.consent) tell_circumstances(event);
  return event;
}

constexpr std::array all_types = {
    Type::contact_created,      Type::contact_updated,        Type::contact_erased,      Type::contact_opted_in,
    Type::contact_opted_out,    Type::contact_entered_campaign,
    Type::conversation_started, Type::conversation_completed, Type::conversation_bailed, Type::conversation_discarded,
    Type::message_received,     Type::message_sent,           Type::message_delivered,   Type::message_failed};

}  // namespace

std::optional<RenderedEvent> example_event(std::string_view type) {
  for (const auto candidate : all_types)
    if (engine::to_string(candidate) == type) return render(example(candidate), [](engine::CampaignKey) { return "autumn-roofs"; });
  if (type == "endpoint.disabled") return render_endpoint_disabled(4, 1, engine::no_origin, "https://crm.example/hooks/sms", "gone", began);
  if (type == "endpoint.test") return render_test(4, "f3a9c1d2", began);
  return std::nullopt;
}

}  // namespace answerback::webhooks
