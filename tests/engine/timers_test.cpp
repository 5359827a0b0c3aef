#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback::engine;
using answerback::tests::Rig;
using answerback::tests::texts;
using namespace std::chrono_literals;

namespace {

Rig asked() {
  Rig rig;
  rig.publish("roof.json");
  rig.start("roof-estimate");
  return rig;
}

TimerDue timer_of(const Rig& rig) { return {rig.last().id, rig.last().turn}; }

bool is_void(const Decision& decision) {
  return decision.conversations.empty() && decision.messages.empty() && decision.events.empty() && !decision.contact_changed;
}

}  // namespace

TEST_CASE("a timer that is late fires once, with what is true then") {
  auto rig = asked();
  SECTION("after both reminders only the second is sent") {
    rig.now += 8h;
    CHECK(texts(rig.apply(timer_of(rig))) == std::vector<std::string>{"Shall we talk another day?"});
    CHECK(rig.last().due_at == rig.now - 8h + 24h);
  }
  SECTION("after the end of the waiting no reminder is sent") {
    rig.now += 300h;
    const auto decision = rig.apply(timer_of(rig));
    CHECK(texts(decision).empty());
    CHECK(rig.last().life == Life::discarded);
    CHECK(rig.last().reason == "no_reply");
  }
}

TEST_CASE("a timer is void when the conversation has moved on") {
  auto rig = asked();
  const auto old = timer_of(rig);
  SECTION("by a reply") {
    rig.text("fix");
    rig.now += 100h;
    CHECK(is_void(rig.apply(old)));
  }
  SECTION("by an earlier firing of itself") {
    rig.now += 1h;
    CHECK_FALSE(is_void(rig.apply(old)));
    CHECK(is_void(rig.apply(old)));
  }
  SECTION("by its end") {
    rig.text("STOP");
    rig.now += 100h;
    CHECK(is_void(rig.apply(old)));
  }
  SECTION("and another one runs now") {
    rig.text("not interested");
    rig.start("roof-estimate");
    rig.now += 100h;
    CHECK(is_void(rig.apply(old)));
  }
}

TEST_CASE("a timer never fires early") {
  auto rig = asked();
  rig.now += 1h - 1ms;
  CHECK(is_void(rig.apply(timer_of(rig))));
  rig.now += 1ms;
  CHECK(texts(rig.apply(timer_of(rig))).size() == 1);
}

TEST_CASE("HELP leaves the timer of the question alone") {
  auto rig = asked();
  const auto before = rig.last();
  rig.now += 30min;
  rig.text("HELP");
  CHECK(rig.last().turn == before.turn);
  CHECK(rig.last().due_at == before.due_at);
  CHECK(rig.last().messages() == before.messages() + 2);
}

TEST_CASE("an ended conversation waits for nothing") {
  auto rig = asked();
  rig.text("not interested");
  CHECK_FALSE(rig.last().due_at);
  CHECK_FALSE(rig.last().open);
  CHECK(rig.last().step.empty());
  CHECK(rig.last().ended_at == rig.now);
}
