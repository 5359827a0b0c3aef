#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;

namespace {

const Campaign spring{{3}, "spring", "roof-estimate", "+15125550177"};

bool nothing_stored(const Decision& decision) {
  return decision.conversations.empty() && decision.messages.empty() && decision.events.empty() && !decision.contact_changed &&
         !decision.is_new;
}

}  // namespace

TEST_CASE("a start takes the fields that come with it first") {
  Rig rig;
  rig.publish("roof.json");
  const auto decision = rig.apply(Start{"roof-estimate", "", {{"first_name", Value(std::string("Ana"))}}, std::nullopt});
  CHECK(decision.is_new);
  CHECK(decision.messages.front().text == "Hi Ana, Acme Roofing here. Reply STOP to opt out.");
  CHECK(decision.messages.front().from == "+15125550100");
  CHECK(decision.touched()->trigger == (Trigger{Trigger::Kind::api, ""}));
  CHECK(rig.contact.created_at == rig.now);
}

TEST_CASE("a start that is refused stores nothing and names why") {
  Rig rig;
  rig.publish("roof.json");
  const Start start{"roof-estimate", "", {{"first_name", Value(std::string("Ana"))}}, std::nullopt};
  SECTION("a flow that nobody knows") {
    const auto decision = rig.start("attic");
    CHECK(decision.refusal == Refusal::unknown_flow);
    CHECK(nothing_stored(decision));
  }
  SECTION("a conversation that runs") {
    rig.start("roof-estimate");
    const auto decision = rig.apply(start);
    CHECK(decision.refusal == Refusal::active_conversation);
    CHECK(nothing_stored(decision));
  }
  SECTION("an opt-out comes before everything else") {
    rig.text("STOP");
    const auto decision = rig.start("attic");
    CHECK(decision.refusal == Refusal::opted_out);
    CHECK(nothing_stored(decision));
  }
}

TEST_CASE("a campaign starts a conversation that bears its name, key and number") {
  Rig rig;
  rig.publish("roof.json");
  const auto decision = rig.start(spring);
  CHECK(decision.entry == CampaignEntry{{3}, {7}, EntryState::started});
  CHECK(decision.touched()->trigger == (Trigger{Trigger::Kind::campaign, "spring"}));
  CHECK(decision.touched()->campaign == CampaignKey{3});
  for (const auto& message : decision.messages) {
    CHECK(message.campaign == CampaignKey{3});
    CHECK(message.from == "+15125550177");
  }
  CHECK(rig.event(Event::Type::conversation_started)->campaign == CampaignKey{3});
}

TEST_CASE("a campaign skips who has opted out and who is in a conversation") {
  Rig rig;
  rig.publish("roof.json");
  SECTION("opted out") {
    rig.text("STOP");
    CHECK(rig.start(spring).entry->state == EntryState::skipped_opted_out);
  }
  SECTION("in a conversation") {
    rig.start("roof-estimate");
    CHECK(rig.start(spring).entry->state == EntryState::skipped_active);
  }
  SECTION("its flow is gone") {
    Rig empty;
    CHECK(empty.start(spring).entry->state == EntryState::failed);
  }
}

TEST_CASE("a campaign that asks twice for a contact starts it once") {
  Rig rig;
  rig.publish("roof.json");
  rig.start(spring);
  rig.text("not interested");
  auto situation = rig.situation(Start{});
  situation.entry = rig.entries.at(3);
  const auto decision = decide(situation, Start{"roof-estimate", "", {}, spring}, rig.flows, rig.settings, rig.wishes, rig.now);
  CHECK(nothing_stored(decision));
  CHECK_FALSE(decision.entry);
}
