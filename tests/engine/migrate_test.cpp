#include <catch2/catch.hpp>

#include "tests/engine/rig.hpp"

using namespace answerback;
using answerback::tests::Rig;
using answerback::tests::texts;

namespace {

std::string asking(const std::string& step, const std::string& thanks) {
  return R"({ "flow": "zip", "sender": "Acme", "triggers": { "keywords": ["ZIP"] }, "start": ")" + step + R"(", "steps": { ")" + step +
         R"(": { "ask": "Acme: which ZIP code? Reply STOP to opt out.", "answer": "zip", "expect": { "postcode": "US" }, "next": "done" },
               "done": { "say": ")" + thanks + R"(", "complete": "known" } } })";
}

}  // namespace

TEST_CASE("a running conversation goes over to another revision and goes on there with what it waits for") {
  Rig rig;
  rig.publish_source(asking("zip", "Thanks."), 1).text("zip");
  rig.publish_source(asking("code", "Many thanks."), 2);
  const auto id = rig.last().id;
  const auto moved = rig.apply(engine::Migrate{id, 2, "code"});
  CHECK(moved.refusal == engine::Refusal::none);
  CHECK(texts(moved).empty());
  CHECK(rig.last().revision == 2);
  CHECK(texts(rig.text("78701")) == std::vector<std::string>{"Many thanks."});
}

TEST_CASE("a step that the other revision has not, and a conversation that does not run, are refused") {
  Rig rig;
  rig.publish_source(asking("zip", "Thanks."), 1).text("zip");
  rig.publish_source(asking("code", "Many thanks."), 2);
  const auto id = rig.last().id;
  CHECK(rig.apply(engine::Migrate{id, 2, "zip"}).refusal == engine::Refusal::no_image);
  CHECK(rig.apply(engine::Migrate{id, 3, "code"}).refusal == engine::Refusal::no_image);
  CHECK(rig.last().revision == 1);
  rig.text("78701");
  CHECK(rig.apply(engine::Migrate{id, 2, "code"}).refusal == engine::Refusal::unknown_conversation);
}
