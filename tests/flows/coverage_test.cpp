#include "flows/coverage.hpp"

#include <catch2/catch.hpp>

#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

flows::FlowPtr yes_or_no() {
  return tests::load(R"({ "flow": "small", "sender": "Acme", "steps": {
    "a": { "ask": "Acme: yes or no? Reply STOP to opt out.", "expect": "yes_no",
           "next": [ { "when": { "answers.a": true }, "to": "b" }, { "discard": "no" } ] },
    "b": { "complete": "done" } },
    "anytime": [ { "phrases": ["agent", "human"], "to": "b" }, { "phrases": ["back"], "correct": true },
                 { "phrases": ["hours"], "say": "9 to 5", "resume": true } ] })");
}

std::vector<std::string> described(const flows::Flow& flow, const std::vector<flows::BranchKey>& branches) {
  std::vector<std::string> texts;
  for (const auto& branch : branches) texts.push_back(flows::describe(flow, branch));
  return texts;
}

}  // namespace

TEST_CASE("branches are the exits of every step and the entries of anytime that lead somewhere") {
  const auto flow = yes_or_no();
  CHECK(described(*flow, flows::branches_of(*flow)) ==
        std::vector<std::string>{"a: answers.a = yes -> b", "a -> discarded no", "a: not understood -> bailed not_understood",
                                 "a: silent for 3d -> discarded no_reply", "at any time: agent, human -> b", "at any time: back -> the last question"});
}

TEST_CASE("what trails passed is covered, and an anytime entry counts wherever it was said") {
  const auto flow = yes_or_no();
  flows::Coverage coverage(*flow);
  CHECK(coverage.missed_steps().size() == 2);
  coverage.pass({{0, 1}});
  coverage.pass({{0, flows::exit_anytime}, {1, flows::exit_end}});
  CHECK(coverage.missed_steps().empty());
  CHECK(described(*flow, coverage.missed_branches()) ==
        std::vector<std::string>{"a: answers.a = yes -> b", "a: not understood -> bailed not_understood", "a: silent for 3d -> discarded no_reply",
                                 "at any time: back -> the last question"});
}
