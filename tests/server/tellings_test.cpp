// What a batch adds to events: the texts of a conversation that bailed, whom an opt-out concerns, and whose external id is whose.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/server/office.hpp"

using namespace answerback;
using tests::ana;
using tests::ben;
using tests::Office;
using nlohmann::json;

namespace {

json data_of(Office& office, const std::string& type) {
  const auto found = office.store.list_events(type, {500, 0}).items;
  REQUIRE_FALSE(found.empty());
  return json::parse(found.back().body).at("data");
}

std::vector<std::string> lines(const json& data) {
  std::vector<std::string> all;
  for (const auto& line : data.at("handover").at("transcript")) all.push_back(line.at("direction").get<std::string>() + ": " + line.at("text").get<std::string>());
  return all;
}

engine::UpsertContact known_as(const std::string& external_id) { return {{}, {external_id, std::nullopt}}; }

}  // namespace

TEST_CASE("a conversation that bails tells its texts, those of its own batch included, in their order") {
  const std::vector<std::string> expected{"in: ROOF", "out: Hi there, Acme Roofing here. Reply STOP to opt out."};
  Office apart, together;
  for (const auto* text : {"ROOF", "purple", "agent"}) apart.handle_one(apart.text(ana, text));
  together.handle({together.text(ana, "ROOF"), together.text(ana, "purple"), together.text(ana, "agent")});
  const auto told = lines(data_of(apart, "conversation.bailed"));
  CHECK(told == lines(data_of(together, "conversation.bailed")));
  CHECK(std::vector<std::string>(told.begin(), told.begin() + 2) == expected);
  CHECK(told.size() == 7);
  CHECK(told[5] == "in: agent");
  const auto data = data_of(apart, "conversation.bailed");
  CHECK(data["handover"]["truncated"] == false);
  CHECK(data["handover"]["phrase"] == "agent");
  CHECK(data["handover"]["question"]["not_understood"][0]["reply"] == "purple");
}

TEST_CASE("of a long conversation the newest fifty texts are told, and that there are more") {
  Office office;
  office.handle_one(office.text(ana, "ROOF"));
  for (int i = 0; i < 40; ++i) office.handle_one(office.text(ana, "HELP"));
  office.handle_one(office.about(office.contact(ana).key, engine::OperatorEnd{{office.contact(ana).key, 1}, engine::Outcome::bailed, ""}));
  const auto data = data_of(office, "conversation.bailed");
  CHECK(data["handover"]["transcript"].size() == 50);
  CHECK(data["handover"]["truncated"] == true);
  CHECK(data["handover"]["transcript"].back()["id"] == engine::to_string(office.messages(ana).back().id));
}

TEST_CASE("an opt-out after the end of a conversation names the one that was last, and its campaign") {
  Office office;
  const auto campaign = office.campaign_for({ana});
  const auto key = office.contact(ana).key;
  office.handle_one(office.about(key, engine::Start{"roof-estimate", "", {}, campaign}));
  const auto conversation = office.store.last_conversation(key)->id;
  office.handle({office.about(key, engine::OperatorEnd{conversation, engine::Outcome::completed, "done"}), office.text(ana, "STOP")});
  auto data = data_of(office, "contact.opted_out");
  CHECK(data["conversation"]["id"] == engine::to_string(conversation));
  CHECK(data["conversation"]["outcome"] == "completed");
  CHECK(data["conversation"]["title"] == "Roof estimate intake");
  CHECK(data["campaign"]["name"] == "spring");
  CHECK(data["our_number"] == tests::our_number);
  office.handle_one(office.text(ana, "START"));
  data = data_of(office, "contact.opted_in");
  CHECK(data["conversation"]["id"] == engine::to_string(conversation));
}

TEST_CASE("an opt-out of somebody who was never in a conversation names none") {
  Office office;
  office.handle_one(office.text(ana, "STOP"));
  const auto data = data_of(office, "contact.opted_out");
  CHECK(data["conversation"].is_null());
  CHECK(data["campaign"].is_null());
  CHECK(data["our_number"] == tests::our_number);
}

TEST_CASE("an external id is one contact's, in one batch as in several") {
  using engine::Refusal;
  Office office;
  const auto taken = office.handle({office.about(ana, known_as("crm-1")), office.about(ben, known_as("crm-1"))});
  CHECK(taken[0].decision.refusal == Refusal::none);
  CHECK(taken[1].decision.refusal == Refusal::external_id_taken);
  CHECK_FALSE(office.store.find_contact(ben));
  CHECK(office.handle_one(office.about(ben, known_as("crm-1"))).decision.refusal == Refusal::external_id_taken);
  CHECK(office.handle_one(office.about(ana, known_as("crm-1"))).decision.refusal == Refusal::none);
  // Given up and taken in one batch.
  const auto moved = office.handle({office.about(ana, known_as("")), office.about(ben, known_as("crm-1")), office.about(ana, known_as("crm-1"))});
  CHECK(moved[1].decision.refusal == Refusal::none);
  CHECK(moved[2].decision.refusal == Refusal::external_id_taken);
  CHECK(office.store.find_contact(ben)->external_id == "crm-1");
}

TEST_CASE("an erasure is announced to who wants to hear of it, with the next number of the contact's events") {
  Office office;
  const auto crm = office.subscribe({"contact.*"});
  office.subscribe({"conversation.*"});
  office.handle_one(office.about(ana, known_as("crm-1")));
  const auto contact = office.contact(ana);
  const auto told = office.turns.announce_erasure(contact.key, office.now);
  REQUIRE(told);
  CHECK(told->endpoints == std::vector<webhooks::EndpointKey>{crm});
  CHECK(told->event.sequence == contact.sequence + 1);
  CHECK(told->event.body.find(ana) == std::string::npos);
  CHECK(json::parse(told->event.body)["data"]["contact"]["external_id"] == "crm-1");
  CHECK_FALSE(office.turns.announce_erasure({99}, office.now));
}
