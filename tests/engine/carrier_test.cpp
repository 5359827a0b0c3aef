#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::types;
using Result = Handover::Result;

namespace {

const Campaign spring_campaign{{3}, "spring", "roof-estimate", ""};

Rig campaigned() {
  Rig rig;
  rig.wishes = {true, true, true, true};
  rig.publish("roof.json").start(spring_campaign);
  return rig;
}

Decision hand_over(Rig& rig, std::size_t index, Result result, const std::string& error = "") {
  return rig.apply(Handover{rig.messages.at(index), result, "SM1", error});
}

Decision report(Rig& rig, std::size_t index, MessageStatus status, bool opted_out = false) {
  return rig.apply(Receipt{rig.messages.at(index), status, "30003", opted_out});
}

}  // namespace

TEST_CASE("a contact enters a campaign once, when its first campaign message was accepted for sending") {
  auto rig = campaigned();
  CHECK(types(hand_over(rig, 0, Result::accepted)) == std::vector<std::string>{"message.sent", "contact.entered_campaign"});
  CHECK(rig.entries.at(3).state == EntryState::entered);
  CHECK(rig.event(Event::Type::contact_entered_campaign)->campaign == CampaignKey{3});
  CHECK(types(hand_over(rig, 1, Result::accepted)) == std::vector<std::string>{"message.sent"});
}

TEST_CASE("a confirmation of STOP is no campaign message") {
  auto rig = campaigned();
  rig.text("STOP");
  CHECK(types(hand_over(rig, 3, Result::accepted)) == std::vector<std::string>{"message.sent"});
  CHECK(rig.entries.at(3).state == EntryState::started);
}

TEST_CASE("what the carrier refuses has failed, and the conversation cannot go on") {
  auto rig = campaigned();
  const auto decision = hand_over(rig, 0, Result::refused, "21211");
  CHECK(types(decision) == std::vector<std::string>{"message.failed", "conversation.discarded"});
  CHECK(decision.message_change->status == MessageStatus::failed);
  CHECK(decision.message_change->error == "21211");
  CHECK(rig.last().reason == "undeliverable");
  CHECK(types(hand_over(rig, 1, Result::refused)) == std::vector<std::string>{"message.failed"});
}

TEST_CASE("a carrier that knows of an opt-out is believed (Twilio 21610)") {
  auto rig = campaigned();
  const auto decision = hand_over(rig, 0, Result::opted_out, "21610");
  CHECK(types(decision) == std::vector<std::string>{"message.failed", "contact.opted_out", "conversation.discarded"});
  CHECK(decision.ledger.front().source == ConsentSource::carrier);
  CHECK(decision.ledger.front().text == "21610");
  CHECK(decision.messages.empty());
  CHECK(decision.cancel_queued);
  CHECK(rig.last().reason == "opted_out");
  CHECK(hand_over(rig, 1, Result::opted_out).ledger.empty());
}

TEST_CASE("an opt-out in a receipt counts even when the message's status is old news") {
  auto rig = campaigned();
  report(rig, 0, MessageStatus::delivered);
  CHECK(types(report(rig, 0, MessageStatus::failed, true)) == std::vector<std::string>{"contact.opted_out", "conversation.discarded"});
  CHECK(rig.messages.front().status == MessageStatus::delivered);
}

TEST_CASE("hand-overs without an answer, and those that never started, are recorded as what they are") {
  auto rig = campaigned();
  const std::vector<std::pair<Result, MessageStatus>> cases{
      {Result::unknown, MessageStatus::unknown}, {Result::suppressed, MessageStatus::suppressed}, {Result::expired, MessageStatus::expired}};
  for (const auto& [result, status] : cases) {
    rig.messages.front().status = MessageStatus::sending;
    const auto decision = hand_over(rig, 0, result);
    CHECK(decision.message_change->status == status);
    CHECK(decision.events.empty());
    CHECK(rig.last().life == Life::waiting);
  }
}

TEST_CASE("a message's status only goes forward, in whatever order carriers report") {
  auto rig = campaigned();
  SECTION("a receipt before the hand-over's answer: the answer still brings the provider's id") {
    CHECK(types(report(rig, 0, MessageStatus::delivered)) == std::vector<std::string>{"message.delivered", "contact.entered_campaign"});
    const auto decision = hand_over(rig, 0, Result::accepted);
    CHECK(decision.events.empty());
    CHECK(decision.message_change->status == MessageStatus::delivered);
    CHECK(decision.message_change->provider_id == "SM1");
  }
  SECTION("delivered, then failed and sent") {
    hand_over(rig, 0, Result::accepted);
    report(rig, 0, MessageStatus::delivered);
    CHECK_FALSE(report(rig, 0, MessageStatus::failed).message_change);
    CHECK_FALSE(report(rig, 0, MessageStatus::sent).message_change);
    CHECK(rig.last().life == Life::waiting);
  }
  SECTION("unknown, then delivered after all") {
    hand_over(rig, 0, Result::unknown);
    CHECK(report(rig, 0, MessageStatus::delivered).message_change->status == MessageStatus::delivered);
  }
}

TEST_CASE("a text that did not arrive ends the conversation, unless the contact has answered since") {
  auto rig = campaigned();
  SECTION("nobody has answered") {
    CHECK(types(report(rig, 1, MessageStatus::failed)) == std::vector<std::string>{"message.failed", "conversation.discarded"});
    CHECK(rig.last().reason == "undeliverable");
  }
  SECTION("somebody has") {
    rig.now += std::chrono::minutes(1);
    rig.text("fix");
    report(rig, 1, MessageStatus::failed);
    CHECK(rig.last().life == Life::waiting);
  }
}

TEST_CASE("an event about a message of an ended conversation shows that conversation") {
  auto rig = campaigned();
  rig.text("not interested");
  hand_over(rig, 0, Result::accepted);
  const auto* sent = rig.event(Event::Type::message_sent);
  REQUIRE(sent);
  CHECK(sent->conversation == rig.last());
  CHECK(sent->message->status == MessageStatus::sent);
}
