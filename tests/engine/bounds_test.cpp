#include <catch2/catch.hpp>

#include "flows/text/text.hpp"
#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::types;
using namespace std::chrono_literals;

TEST_CASE("steps that go in a circle end the conversation at the cap of a turn") {
  Rig rig;
  rig.publish_circle().text("CIRCLE");
  const auto decision = rig.text("no");
  CHECK(types(decision) == std::vector<std::string>{"conversation.bailed"});
  CHECK(rig.last().reason == "flow_error");
  REQUIRE(rig.last().trail.size() == rig.settings.max_steps_per_turn + 2);  // the question, the steps, the error
  CHECK(rig.last().trail.back().exit == answerback::flows::exit_error);
}

TEST_CASE("a variable that doubles itself is cut at 1,600 characters, never inside one") {
  Rig rig;
  rig.publish_circle().text("CIRCLE");
  rig.text("no");
  const auto& echo = std::get<std::string>(rig.last().vars.front().second);
  CHECK(answerback::flows::is_valid_utf8(echo));
  CHECK(answerback::flows::count_characters(echo) == 1'600);
}

TEST_CASE("a conversation has a bounded number of turns, by replies and by silence") {
  Rig rig;
  rig.settings.max_turns = 20;
  rig.publish_circle().text("CIRCLE");
  SECTION("replies") {
    for (int i = 0; i < 20; ++i) rig.text("yes");
  }
  SECTION("silence") { rig.wait(30h); }
  CHECK(rig.last().life == Life::bailed);
  CHECK(rig.last().reason == "flow_error");
  CHECK(rig.last().turn == 21);
}

TEST_CASE("a conversation whose flow, revision or step is gone ends instead of hanging") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  auto& conversation = rig.conversations.begin()->second;
  SECTION("no such revision") { conversation.revision = 9; }
  SECTION("no such step") { conversation.step = "cellar"; }
  SECTION("a step that asks nothing") { conversation.step = "booked"; }
  SECTION("no open question") { conversation.open.reset(); }
  SECTION("a life it cannot be stored in") { conversation.life = Life::running; }
  rig.text("fix");
  CHECK(rig.last().life == Life::bailed);
  CHECK(rig.last().reason == "flow_error");
}

TEST_CASE("a text of blanks only is not sent, the question still waits") {
  Rig rig;
  rig.publish_source(R"({"flow": "blank", "title": "t", "language": "en", "sender": "Acme", "triggers": {"keywords": ["BLANK"]},
    "start": "ask", "steps": {"ask": {"ask": "{{contact.first_name}} ", "answer": "a", "next": "done"}, "done": {"complete": "done"}}})");
  CHECK(rig.text("BLANK").messages.size() == 1);
  CHECK(rig.last().life == Life::waiting);
}

TEST_CASE("any bytes may come in") {
  Rig rig;
  rig.publish("roof.json").text("ROOF");
  rig.text(std::string(10'000, 'x'));
  rig.text("\xF0\x9F\x8F\xA0");
  rig.text("\xFF\x01");
  CHECK(rig.last().reason == "not_understood");
}

TEST_CASE("a conversation whose life is damaged fails nobody and wakes nobody up again: it ends, what was written is kept, STOP is heard") {
  for (const auto life : {Life::fresh, Life::completed}) {
    Rig rig;
    rig.publish("roof.json").text("ROOF");
    rig.conversations.begin()->second.life = life;
    const auto filed = rig.text("1");
    REQUIRE(filed.messages.size() == 1);
    CHECK(filed.contact.active == 0);
    CHECK(rig.last().is_over());
    CHECK_FALSE(rig.last().due_at);
    // One that has its outcome gets no other.
    CHECK(types(filed) == (life == Life::fresh ? std::vector<std::string>{"conversation.bailed"} : std::vector<std::string>{}));
    Rig again;
    again.publish("roof.json").text("ROOF");
    again.conversations.begin()->second.life = life;
    CHECK(again.text("STOP").contact.consent == Consent::opted_out);
    CHECK(again.text("START").contact.consent == Consent::opted_in);
  }
}
