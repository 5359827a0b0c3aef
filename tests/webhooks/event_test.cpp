#include "webhooks/event.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "webhooks/event_examples.hpp"

using namespace answerback;
using namespace answerback::webhooks;
using namespace std::chrono_literals;
using engine::Event;
using OrderedJson = nlohmann::ordered_json;

namespace {

constexpr flows::Instant noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h + 123ms};

std::string campaign_name(engine::CampaignKey key) { return key.value == 3 ? "autumn-roofs" : ""; }

Event event_of(Event::Type type) {
  Event event;
  event.type = type;
  event.id = {{7}, 3};
  event.at = noon;
  event.contact.key = {7};
  event.contact.phone = "+15125550142";
  event.contact.consent = engine::Consent::opted_in;
  return event;
}

engine::Conversation conversation(engine::Life life) {
  engine::Conversation conversation;
  conversation.id = {{7}, 2};
  conversation.flow = "roof-estimate";
  conversation.revision = 3;
  conversation.life = life;
  conversation.started_at = noon - 1min;
  if (conversation.is_over()) conversation.ended_at = noon;
  return conversation;
}

OrderedJson body_of(const Event& event) { return OrderedJson::parse(render(event, campaign_name).body); }

std::vector<std::string> names(const OrderedJson& object) {
  std::vector<std::string> out;
  for (const auto& [name, value] : object.items()) out.push_back(name);
  return out;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a completed conversation is told to the letter") {
  const auto rendered = example_event("conversation.completed").value();
  CHECK(rendered.body ==
        R"({"id":"evt_7_7","type":"conversation.completed","timestamp":"2026-11-23T16:01:35.000Z","data":{"sequence":7,)"
        R"("conversation":{"id":"cnv_7_1","flow":"roof-estimate","revision":3,"outcome":"completed","reason":"estimate_requested",)"
        R"("started_at":"2026-11-23T16:00:00.000Z","ended_at":"2026-11-23T16:01:35.000Z","messages_in":2,"messages_out":3,)"
        R"("trigger":{"kind":"keyword","value":"ROOF"},"title":"Roof estimate intake","language":"en","our_number":"+15125550100"},)"
        R"("contact":{"id":"con_7","phone":"+15125550142","consent":"opted_in","external_id":"crm-4711","source":"website",)"
        R"("language":"en","fields":{"first_name":"Ana"}},"campaign":null,)"
        R"("answers":{"service":"repair"},"vars":{"office":"Austin"},"interactions":[{"step":"service","answer":"service",)"
        R"("question":"What do you need? 1) repair 2) replacement 3) inspection","reply":"its leaking","value":"repair","attempts":1,)"
        R"("asked_at":"2026-11-23T16:00:01.000Z","answered_at":"2026-11-23T16:00:40.000Z","sure":true,"label":"repair"}],"truncated":false}})");
}

TEST_CASE("what a filter and the outbox ask of an event stands beside its bytes") {
  auto event = event_of(Event::Type::conversation_bailed);
  event.conversation = conversation(engine::Life::bailed);
  event.conversation->reason = "operator";
  event.campaign = engine::CampaignKey{3};
  const auto rendered = render(event, campaign_name);
  CHECK(rendered.id == "evt_7_3");
  CHECK(rendered.type == "conversation.bailed");
  CHECK(rendered.at == noon);
  CHECK(rendered.contact == engine::ContactKey{7});
  CHECK(rendered.sequence == 3);
  CHECK(rendered.flow == "roof-estimate");
  CHECK(rendered.outcome == "bailed");
  CHECK(rendered.reason == "operator");
  CHECK(rendered.campaign == "autumn-roofs");
  CHECK_FALSE(rendered.urgent);
}

TEST_CASE("a conversation that has just begun has no outcome, reason, end or answers") {
  auto event = event_of(Event::Type::conversation_started);
  event.conversation = conversation(engine::Life::running);
  const auto data = body_of(event).at("data");
  CHECK(names(data) == Names{"sequence", "conversation", "contact", "campaign", "answers", "vars", "interactions", "truncated"});
  CHECK(data["conversation"]["outcome"].is_null());
  CHECK(data["conversation"]["reason"].is_null());
  CHECK(data["conversation"]["ended_at"].is_null());
  CHECK(data["conversation"]["trigger"] == OrderedJson{{"kind", "api"}, {"value", nullptr}});
  CHECK(data["answers"] == OrderedJson::object());
  CHECK(data["interactions"] == OrderedJson::array());
}

TEST_CASE("an opt-out says how it came about, and is urgent, as an opt-in is") {
  const auto rendered = example_event("contact.opted_out").value();
  CHECK(rendered.urgent);
  const auto data = OrderedJson::parse(rendered.body).at("data");
  CHECK(names(data) == Names{"sequence", "conversation", "contact", "campaign", "our_number", "consent", "truncated"});
  CHECK(data["contact"]["consent"] == "opted_out");
  CHECK(data["consent"].dump() == R"({"status":"opted_out","source":"keyword","keyword":"stop","text":"Stop","message_id":"msg_7_1_4",)"
                                  R"("scope":"all","at":"2026-11-23T16:01:35.000Z","evidence":null,"note":null,"actor":null})");
  CHECK(example_event("contact.opted_in")->urgent);
}

TEST_CASE("consent entered by staff has no keyword and no message") {
  auto event = event_of(Event::Type::contact_opted_in);
  event.consent = engine::LedgerRow{};
  event.consent->status = engine::Consent::opted_in;
  event.consent->source = engine::ConsentSource::manual;
  event.consent->at = noon;
  const auto consent = body_of(event).at("data").at("consent");
  CHECK(consent["source"] == "manual");
  for (const char* name : {"keyword", "text", "message_id"}) CHECK(consent[name].is_null());
}

TEST_CASE("contact events tell the contact alone; entering a campaign tells the campaign and the conversation") {
  const auto created = body_of(event_of(Event::Type::contact_created)).at("data");
  CHECK(names(created) == Names{"sequence", "contact", "campaign", "truncated"});
  CHECK(created["campaign"].is_null());
  const auto entered = OrderedJson::parse(example_event("contact.entered_campaign")->body).at("data");
  CHECK(names(entered) == Names{"sequence", "conversation", "contact", "campaign", "truncated"});
  CHECK(entered["campaign"] == OrderedJson{{"id", "cmp_3"}, {"name", "autumn-roofs"}});
}

TEST_CASE("a message tells its conversation, or none") {
  auto event = event_of(Event::Type::message_received);
  event.message = engine::Message{};
  event.message->id = {{7}, 2, 5};
  event.message->at = noon;
  event.message->media = {"https://media.example/a.jpg"};
  auto data = body_of(event).at("data");
  CHECK(names(data) == Names{"sequence", "contact", "conversation_id", "campaign", "message", "truncated"});
  CHECK(names(data["message"]) == Names{"id", "direction", "from", "to", "text", "media", "status", "error", "at"});
  CHECK(data["conversation_id"] == "cnv_7_2");
  CHECK(data["message"]["media"] == OrderedJson::array({"https://media.example/a.jpg"}));
  CHECK(data["message"]["error"].is_null());
  event.message->id.conversation = 0;
  CHECK(body_of(event).at("data").at("conversation_id").is_null());
}

TEST_CASE("answers and fields keep their kind and their order") {
  auto event = event_of(Event::Type::conversation_completed);
  event.conversation = conversation(engine::Life::completed);
  event.conversation->answers = {{"yes", true},         {"age", std::int64_t{12}}, {"price", 2.5}, {"name", std::string("Zoë \"Z\"")},
                                 {"photos", std::vector<std::string>{"a", "b"}}, {"none", std::monostate{}}};
  CHECK(body_of(event).at("data").at("answers").dump() ==
        R"({"yes":true,"age":12,"price":2.5,"name":"Zoë \"Z\"","photos":["a","b"],"none":null})");
}

TEST_CASE("a byte that is no UTF-8 is replaced, and the event is told all the same") {
  auto event = event_of(Event::Type::contact_created);
  event.contact.fields = {{"first_name", std::string("A\xff")}};
  CHECK(body_of(event).at("data").at("contact").at("fields").at("first_name") == "A\xEF\xBF\xBD");
}

TEST_CASE("a disabled endpoint is told once for each time, with the reason") {
  const auto rendered = render_endpoint_disabled(4, 2, engine::no_origin, "https://crm.example/hook", "gone", noon);
  CHECK(rendered.id == "evt_ep4_2");
  CHECK(rendered.contact == engine::ContactKey{0});
  CHECK(rendered.body == R"({"id":"evt_ep4_2","type":"endpoint.disabled","timestamp":"2026-11-23T12:00:00.123Z","data":{"endpoint":)"
                         R"({"id":"ep_4","url":"https://crm.example/hook","reason":"gone","disabled_at":"2026-11-23T12:00:00.123Z"}}})");
}

TEST_CASE("a test event names its endpoint and no contact") {
  const auto rendered = render_test(4, "a1b2", noon);
  CHECK(rendered.id == "evt_test4_a1b2");
  CHECK(rendered.type == "endpoint.test");
  CHECK(OrderedJson::parse(rendered.body).at("data").at("endpoint") == OrderedJson{{"id", "ep_4"}});
}

TEST_CASE("the facts for a filter are read back from an event's body") {
  auto event = event_of(Event::Type::conversation_bailed);
  event.conversation = conversation(engine::Life::bailed);
  event.conversation->reason = "operator";
  event.campaign = engine::CampaignKey{3};
  const auto rendered = render(event, campaign_name);
  const auto facts = recall(rendered.type, rendered.at, rendered.body, [](const auto&) { return std::optional<engine::Conversation>(); });
  CHECK(facts.type == "conversation.bailed");
  CHECK(facts.flow == "roof-estimate");
  CHECK(facts.outcome == "bailed");
  CHECK(facts.reason == "operator");
  CHECK(facts.campaign == "autumn-roofs");
  CHECK(recall("contact.created", noon, R"({"data":{"erased":true}})", {}).flow.empty());
}

TEST_CASE("a message's facts are those of its conversation at that time") {
  const auto body = example_event("message.received")->body;
  const auto ended = conversation(engine::Life::completed);
  const auto find = [&](const engine::ConversationId& id) {
    CHECK(id == engine::ConversationId{{7}, 1});
    return std::optional(ended);
  };
  CHECK(recall("message.received", noon, body, find).flow == "roof-estimate");
  CHECK(recall("message.received", noon, body, find).outcome == "completed");
  CHECK(recall("message.received", noon - 1s, body, find).outcome.empty());
}

TEST_CASE("who takes over gets the texts, the question that was left and what was said to it") {
  const auto data = OrderedJson::parse(example_event("conversation.bailed")->body).at("data");
  const auto& handover = data.at("handover");
  CHECK(names(handover) == Names{"step", "detail", "phrase", "question", "transcript", "truncated", "whole_at"});
  CHECK(handover["step"] == "person");
  CHECK(handover["phrase"] == "human");
  CHECK(handover["question"]["text"] == "About how old is the roof, in years?");
  CHECK(handover["question"]["not_understood"][0]["reply"] == "older than me");
  CHECK(handover["question"]["not_understood"][0]["cause"] == "not_understood");
  CHECK(handover["transcript"].size() == 4);
  CHECK(handover["truncated"] == false);
  CHECK(handover["whole_at"] == "/v1/conversations/" + data["conversation"]["id"].get<std::string>());
  for (const char* other : {"conversation.completed", "conversation.discarded", "conversation.started"})
    CHECK_FALSE(OrderedJson::parse(example_event(other)->body).at("data").contains("handover"));
}

TEST_CASE("a change tells the parts that are not what they were, new and old, and null for what is not there") {
  auto event = event_of(Event::Type::contact_updated);
  event.previous = event.contact;
  event.contact.fields = {{"first_name", std::string("Eva")}, {"age", std::int64_t{40}}, {"zip", std::string("78701")}};
  event.previous->fields = {{"first_name", std::string("Ana")}, {"zip", std::string("78701")}, {"state", std::string("TX")}};
  event.contact.external_id = "crm-7";
  event.contact.spoken = "es";
  event.previous->spoken = "en";
  const auto data = body_of(event).at("data");
  CHECK(data["changed"].dump() == R"({"external_id":"crm-7","language":"es","fields":{"first_name":"Eva","age":40,"state":null}})");
  CHECK(data["previous"].dump() == R"({"external_id":null,"language":"en","fields":{"first_name":"Ana","state":"TX","age":null}})");
  CHECK(data["conversation_id"].is_null());
}

TEST_CASE("an erasure tells the ids alone") {
  const auto rendered = example_event("contact.erased").value();
  CHECK(OrderedJson::parse(rendered.body).at("data").dump() == R"({"sequence":7,"contact":{"id":"con_7","external_id":"crm-4711"}})");
}

TEST_CASE("an opt-out names the conversation in which it was, and belongs to no flow for a filter all the same") {
  const auto rendered = example_event("contact.opted_out").value();
  CHECK(OrderedJson::parse(rendered.body)["data"]["conversation"]["flow"] == "roof-estimate");
  CHECK(rendered.flow.empty());
  CHECK(recall(rendered.type, noon, rendered.body, {}).flow.empty());
}
