// What `check` says of a flow as a whole, and that it says so of every flow.
#include "flows/check/proof.hpp"

#include <catch2/catch.hpp>

#include "tests/flows/flow_files.hpp"

using namespace answerback;
using flows::Ending;
using flows::Outcome;

namespace {

flows::Proof proof_of(const std::string& members) {
  const auto loaded = flows::load_flow(R"({ "flow": "p", "sender": "Acme", )" + members + " }");
  for (const auto& issue : loaded.issues) UNSCOPED_INFO(flows::to_line(issue, "p.json"));
  REQUIRE(loaded.flow);
  return flows::prove(*loaded.flow);
}

}  // namespace

TEST_CASE("the longest conversation counts reminders and repeated questions") {
  const auto proof = proof_of(R"("steps": {
    "hi": { "say": "Hi", "next": "q" },
    "q": { "ask": "Well?", "unclear": { "say": "Pardon?", "times": 2 }, "silent": { "remind": [ { "after": "1h", "say": "Still there?" } ], "after": "2h" }, "next": "bye" },
    "bye": { "say": "Bye", "complete": "done" } })");
  REQUIRE(proof.longest);
  CHECK(proof.longest->messages == 1 + 3 + 3 + 1);
  CHECK(proof.longest->segments == 8);
  CHECK(proof.outcomes == std::vector<Ending>{{Outcome::completed, "done"}, {Outcome::bailed, "not_understood"}, {Outcome::discarded, "no_reply"}});
}

TEST_CASE("of two ways the longer one counts, and a text of more segments costs them") {
  const auto proof = proof_of(R"("steps": {
    "hi": { "route": [ { "when": { "contact.zip": "1" }, "to": "short" }, { "to": "long" } ] },
    "short": { "say": "Hi", "complete": "short" },
    "long": { "say": "Hi", "next": "longer" },
    "longer": { "say": ")" + std::string(200, 'x') + R"(", "discard": "long" } })");
  CHECK(proof.longest == flows::Length{2, 3});
}

TEST_CASE("a way round by a question has no longest conversation, and is shown") {
  const auto proof = proof_of(R"("steps": {
    "q": { "ask": "Again?", "expect": "yes_no", "next": [ { "when": { "answers.q": true }, "to": "q" }, { "to": "bye" } ] },
    "bye": { "complete": "done" } })");
  CHECK_FALSE(proof.longest);
  CHECK(proof.round == std::vector<std::string>{"q", "q"});
}

TEST_CASE("phrases that come back to the question have no longest conversation either") {
  const auto proof = proof_of(R"("anytime": [ { "phrases": ["hours"], "say": "9 to 5.", "resume": true } ],
    "steps": { "q": { "ask": "Well?", "next": { "complete": "done" } } })");
  CHECK_FALSE(proof.longest);
  CHECK(proof.round == std::vector<std::string>{"hours"});
}

TEST_CASE("outcomes of steps that nobody reaches do not count, those of phrases do where something is asked") {
  const auto proof = proof_of(R"("anytime": [ { "phrases": ["no thanks"], "discard": "not_interested" } ], "steps": {
    "q": { "ask": "Well?", "unclear": { "then": { "bail": "lost" } }, "next": { "complete": "done" } },
    "never": { "bail": "never" } })");
  CHECK(std::count(proof.outcomes.begin(), proof.outcomes.end(), Ending{Outcome::discarded, "not_interested"}) == 1);
  CHECK(std::count(proof.outcomes.begin(), proof.outcomes.end(), Ending{Outcome::bailed, "never"}) == 0);
}

TEST_CASE("flows that are run are named, since their messages are not counted") {
  CHECK(proof_of(R"("steps": { "part": { "run": "other", "next": "more" }, "more": { "run": "other", "next": { "complete": "done" } } })").runs ==
        std::vector<std::string>{"other"});
}

TEST_CASE("a flow of 1,000 steps is proven") {
  const auto loaded = flows::load_flow(tests::long_flow(1'000));
  REQUIRE(loaded.flow);
  const auto proof = flows::prove(*loaded.flow);
  CHECK(proof.steps == 1'000);
  REQUIRE(proof.longest);
  CHECK(proof.longest->messages == 999 * 3);
}
