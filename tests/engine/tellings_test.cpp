// What events tell beside that something happened: what the person who takes over needs, what changed of a contact, and how consent came.
#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::types;
using Types = std::vector<std::string>;
using Type = Event::Type;

namespace {

Value text_value(const std::string& text) { return Value(text); }

std::vector<std::string> replies(const LeftQuestion& left) {
  std::vector<std::string> all;
  for (const auto& one : left.not_understood) all.push_back(one.reply);
  return all;
}

constexpr const char* callback = R"({
  "flow": "callback", "title": "Call me back", "language": "en", "start": "greet",
  "triggers": { "keywords": ["CALL"] },
  "steps": {
    "greet": { "say": "Acme here. Reply STOP to opt out.", "next": "when" },
    "when": { "ask": "When, morning or evening?", "answer": "part_of_day", "expect": { "choice": { "early_morning": ["morning"], "evening": [] } }, "next": "keep" },
    "keep": { "set": { "contact.wants": "{{answers.part_of_day}}", "vars.office": "Austin" }, "next": "topic" },
    "topic": { "ask": "What about?", "answer": "topic", "next": "person" },
    "person": { "say": "Somebody will call.", "bail": "wants_person" } },
  "anytime": [ { "phrases": ["real person", "agent"], "to": "topic" } ] })";

}  // namespace

TEST_CASE("a question that was left after too many replies is told with those replies and their cause") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  for (const auto* reply : {"purple", "elephants", "in the rain"}) rig.text(reply);
  const auto* bailed = rig.event(Type::conversation_bailed);
  REQUIRE(bailed);
  CHECK(bailed->last_step == "person");
  REQUIRE(bailed->conversation->left);
  CHECK(bailed->conversation->left->step == "service");
  CHECK(bailed->conversation->left->question == "What do you need? 1) repair 2) replacement 3) inspection");
  CHECK(replies(*bailed->conversation->left) == Types{"purple", "elephants", "in the rain"});
  for (const auto& one : bailed->conversation->left->not_understood) CHECK(one.cause == "not_understood");
  CHECK(bailed->conversation->phrase.empty());
  CHECK(bailed->title == "Roof estimate intake");
  CHECK(bailed->language == "en");
  CHECK(bailed->our_number == "+15125550100");
}

TEST_CASE("of many replies that were not understood the newest are kept, and of a long one its beginning") {
  Rig rig;
  const std::string patient = R"({"flow": "patient", "language": "en", "start": "age", "triggers": {"keywords": ["AGE"]}, "steps": {
    "age": {"ask": "Acme: how old? Reply STOP to opt out.", "answer": "age", "expect": {"number": {}}, "unclear": {"times": 9, "then": "out"}, "next": "out"},
    "out": {"bail": "enough"}}})";
  rig.publish_source(patient).text("AGE");
  const auto word = [](int number) { return std::string(number == 9 ? 900 : 3, static_cast<char>('a' + number)); };
  for (int i = 0; i < 10; ++i) rig.text(word(i));
  const auto& left = rig.event(Type::conversation_bailed)->conversation->left;
  REQUIRE(left);
  CHECK(replies(*left) == Types{word(5), word(6), word(7), word(8), std::string(500, 'j')});
}

TEST_CASE("the phrase that led away is told, also when a question was asked and answered behind it") {
  Rig rig;
  rig.publish_source(callback).text("call");
  rig.text("can i have a real person please");
  rig.text("my roof");
  const auto* bailed = rig.event(Type::conversation_bailed);
  REQUIRE(bailed);
  CHECK(bailed->conversation->phrase == "real person");
  CHECK(bailed->conversation->left->step == "when");
  CHECK(bailed->conversation->left->not_understood.empty());
  CHECK(bailed->last_step == "person");
}

TEST_CASE("a question that was left and answered later is not told as left") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  rig.text("purple");
  rig.text("1");
  rig.text("12");
  CHECK_FALSE(rig.last().left);
  rig.text("78701");
  CHECK_FALSE(rig.event(Type::conversation_completed)->conversation->left);
}

TEST_CASE("an operator who takes over in the midst of a question gets it") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  rig.text("purple");
  rig.apply(OperatorEnd{rig.last().id, Outcome::bailed, ""});
  const auto* bailed = rig.event(Type::conversation_bailed);
  CHECK(bailed->last_step == "service");
  CHECK(bailed->conversation->left->step == "service");
  CHECK(replies(*bailed->conversation->left) == Types{"purple"});
}

TEST_CASE("a flow that is gone bails with the question that it stood at") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  rig.flows = {};
  rig.text("1");
  const auto* bailed = rig.event(Type::conversation_bailed);
  REQUIRE(bailed);
  CHECK(bailed->conversation->reason == "flow_error");
  CHECK(bailed->last_step == "service");
  CHECK(bailed->conversation->left->step == "service");
  CHECK(bailed->title.empty());
}

TEST_CASE("an answer says how sure it is, and a choice what the contact was shown for it") {
  Rig rig;
  rig.publish_source(callback).text("CALL");
  rig.text("in the morning");
  REQUIRE(rig.last().interactions.size() == 1);
  CHECK(rig.last().interactions[0].value == text_value("early_morning"));
  CHECK(rig.last().interactions[0].label == "early morning");
  CHECK(rig.last().interactions[0].sure);
  rig.text("the chimney");
  CHECK(rig.last().interactions[1].label.empty());
}

TEST_CASE("who is made known by API is told of with what the caller knows, and later changes once each") {
  Rig rig;
  const auto made = rig.apply(UpsertContact{{{"first_name", text_value("Ana")}}, {"crm-7", "website"}});
  CHECK(types(made) == Types{"contact.created"});
  CHECK(made.events[0].contact.fields == Values{{"first_name", text_value("Ana")}});
  CHECK(made.events[0].contact.external_id == "crm-7");
  CHECK(made.events[0].contact.source == "website");
  CHECK(made.references_changed);

  const auto changed = rig.apply(UpsertContact{{{"first_name", text_value("Eva")}, {"state", text_value("TX")}}, {std::nullopt, "fair"}});
  CHECK(types(changed) == Types{"contact.updated"});
  CHECK(changed.events[0].previous->fields == Values{{"first_name", text_value("Ana")}});
  CHECK(changed.events[0].previous->source == "website");
  CHECK(changed.events[0].contact.source == "fair");
  CHECK(changed.events[0].contact.external_id == "crm-7");
  CHECK_FALSE(changed.events[0].set_in);

  CHECK(types(rig.apply(UpsertContact{{{"first_name", text_value("Eva")}}, {"crm-7", std::nullopt}})).empty());
  const auto without = rig.apply(UpsertContact{{}, {"", std::nullopt}});
  CHECK(types(without) == Types{"contact.updated"});
  CHECK(without.contact.external_id.empty());
}

TEST_CASE("an external id that is somebody else's is refused, and nobody is made known by it") {
  Rig rig;
  auto situation = rig.situation(UpsertContact{});
  situation.external_id_taken = true;
  const auto decision = decide(situation, UpsertContact{{{"a", text_value("b")}}, {"crm-7", std::nullopt}}, rig.flows, rig.settings, {}, rig.now);
  CHECK(decision.refusal == Refusal::external_id_taken);
  CHECK_FALSE(decision.contact_changed);
  CHECK(decision.events.empty());
  // The contact's own one is not somebody else's.
  situation.is_new = false;
  situation.contact.external_id = "crm-7";
  CHECK(decide(situation, UpsertContact{{}, {"crm-7", std::nullopt}}, rig.flows, rig.settings, {}, rig.now).refusal == Refusal::none);
  rig.publish("roof.json");
  const Start start{"roof-estimate", "", {}, Campaign{{3}, "spring", "roof-estimate", ""}, {"crm-8", std::nullopt}};
  const auto started = decide(situation, start, rig.flows, rig.settings, {}, rig.now);
  CHECK(started.refusal == Refusal::external_id_taken);
  CHECK(started.entry->state == EntryState::failed);
  CHECK(started.events.empty());
}

TEST_CASE("fields that a flow sets are told once, with the conversation, and not when nothing changes") {
  Rig rig;
  rig.publish_source(callback).text("CALL");
  const auto answered = rig.text("evening");
  CHECK(types(answered) == Types{"contact.updated"});
  CHECK(answered.events[0].contact.fields == Values{{"wants", text_value("evening")}});
  CHECK(answered.events[0].set_in == rig.last().id);
  rig.text("the roof");
  CHECK(rig.event(Type::conversation_bailed)->conversation->vars == Values{{"office", text_value("Austin")}});
  rig.text("CALL");
  CHECK(types(rig.text("evening")).empty());
}

TEST_CASE("a caller's external id and source can be read in texts and conditions; a field of the name goes before") {
  Rig rig;
  rig.publish_source(R"({"flow": "who", "language": "en", "start": "greet", "triggers": {"keywords": ["WHO"]}, "steps": {
    "greet": {"say": "Acme: {{contact.external_id | default: 'nobody'}} from {{contact.source | default: 'nowhere'}}. Reply STOP to opt out.", "complete": "done"}}})");
  CHECK(answerback::tests::texts(rig.text("WHO")) == Types{"Acme: nobody from nowhere. Reply STOP to opt out."});
  rig.apply(UpsertContact{{{"source", text_value("old field")}}, {"crm-7", std::nullopt}});
  CHECK(answerback::tests::texts(rig.text("WHO")) == Types{"Acme: crm-7 from old field. Reply STOP to opt out."});
  rig.apply(UpsertContact{{}, {std::nullopt, "fair"}});
  CHECK(answerback::tests::texts(rig.text("WHO")) == Types{"Acme: crm-7 from fair. Reply STOP to opt out."});
}

TEST_CASE("an opt-out tells the conversation, its flow, the campaign and our number") {
  Rig rig;
  rig.publish("roof.json").start(Campaign{{3}, "spring", "roof-estimate", "+15125550199"});
  rig.text("STOP");
  const auto* out = rig.event(Type::contact_opted_out);
  REQUIRE(out);
  CHECK(out->conversation->flow == "roof-estimate");
  CHECK_FALSE(out->conversation->is_over());
  CHECK(out->campaign == CampaignKey{3});
  CHECK(out->title == "Roof estimate intake");
}

TEST_CASE("an opt-out outside any conversation tells our number that was written to; one by hand its proof, its note and who entered it") {
  Rig rig;
  Inbound stop;
  stop.from = rig.contact.phone;
  stop.to = "+15125550177";
  stop.text = "STOP";
  stop.received_at = rig.now;
  rig.apply(stop);
  CHECK(rig.event(Type::contact_opted_out)->our_number == "+15125550177");
  CHECK_FALSE(rig.event(Type::contact_opted_out)->conversation);
  rig.apply(ManualConsent{true, "web form", "signed at the fair", "form 9", "key_1"});
  const auto* in = rig.event(Type::contact_opted_in);
  CHECK(in->note == "signed at the fair");
  CHECK(in->consent->evidence == "form 9");
  CHECK(in->consent->actor == "key_1");
}
