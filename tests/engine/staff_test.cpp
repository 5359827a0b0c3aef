#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::types;

TEST_CASE("an operator ends a conversation with any outcome") {
  Rig rig;
  rig.publish("roof.json").start("roof-estimate");
  const auto id = rig.last().id;
  SECTION("bailed, for no named reason") {
    CHECK(types(rig.apply(OperatorEnd{id, Outcome::bailed, ""})) == std::vector<std::string>{"conversation.bailed"});
    CHECK(rig.last().reason == "operator");
  }
  SECTION("completed, for a reason of their own") {
    CHECK(types(rig.apply(OperatorEnd{id, Outcome::completed, "called"})) == std::vector<std::string>{"conversation.completed"});
    CHECK(rig.last().reason == "called");
  }
  SECTION("discarded") { CHECK(rig.apply(OperatorEnd{id, Outcome::discarded, ""}).touched()->life == Life::discarded); }
}

TEST_CASE("an operator cannot end what has ended or never was") {
  Rig rig;
  rig.publish("roof.json").start("roof-estimate");
  const auto id = rig.last().id;
  rig.text("not interested");
  const auto again = rig.apply(OperatorEnd{id, Outcome::completed, ""});
  CHECK(again.refusal == Refusal::already_ended);
  CHECK(again.touched() == nullptr);
  CHECK(again.events.empty());
  CHECK(rig.apply(OperatorEnd{{{7}, 99}, Outcome::completed, ""}).refusal == Refusal::unknown_conversation);
}

TEST_CASE("consent entered by staff names who entered it and on what proof, and sends nothing") {
  Rig rig;
  rig.publish("roof.json").start("roof-estimate");
  const auto decision = rig.apply(ManualConsent{false, "phone call", "asked to be left alone", "recording 17", "ana"});
  REQUIRE(decision.ledger.size() == 1);
  CHECK(decision.ledger.front().source == ConsentSource::manual);
  CHECK(decision.ledger.front().text == "phone call: asked to be left alone");
  CHECK(decision.ledger.front().evidence == "recording 17");
  CHECK(decision.ledger.front().actor == "ana");
  CHECK(decision.messages.empty());
  CHECK(decision.cancel_queued);
  CHECK(rig.last().reason == "opted_out");
}

TEST_CASE("fields set by API make a contact, change it and are taken away by no value") {
  Rig rig;
  const auto made = rig.apply(UpsertContact{{{"first_name", Value(std::string("Ana"))}, {"state", Value(std::string("TX"))}}});
  CHECK(made.is_new);
  CHECK(types(made) == std::vector<std::string>{"contact.created"});
  const auto changed = rig.apply(UpsertContact{{{"first_name", Value(std::string("Eva"))}, {"state", Value()}}});
  CHECK(changed.contact_changed);
  CHECK(changed.contact.fields == Values{{"first_name", Value(std::string("Eva"))}});
  CHECK_FALSE(rig.apply(UpsertContact{{{"first_name", Value(std::string("Eva"))}}}).contact_changed);
}
