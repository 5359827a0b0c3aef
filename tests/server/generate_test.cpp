// Generated conversations: every branch of every example, by real rehearsals, and the same ones each time.
#include "server/rehearsal/generate/generate.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "flows/load/load.hpp"
#include "server/rehearsal/conversation_test.hpp"
#include "server/rehearsal/generate/pattern_samples.hpp"
#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;

namespace {

flows::FlowPtr flow_of(const std::string& source) {
  auto loaded = flows::load_flow(source);
  for (const auto& issue : loaded.issues) UNSCOPED_INFO(flows::to_line(issue, "flow"));
  REQUIRE(loaded.flow);
  return loaded.flow;
}

// The branches that the scripts take when they are played on rehearsals.
flows::Coverage coverage_of(const std::vector<flows::FlowPtr>& flows, const server::Generated& generated) {
  flows::Coverage coverage(*flows.front());
  for (auto script : generated.scripts) {
    script.flow = "flow.json";
    const auto result = server::run_conversation_test(server::to_json(script).dump(), [&](const std::string&) { return flows; });
    CHECK(result.ok());
    for (const auto& conversation : result.conversations) coverage.pass(conversation.trail);
  }
  return coverage;
}

std::vector<std::string> why_uncovered(const std::vector<flows::FlowPtr>& flows) {
  std::vector<std::string> texts;
  for (const auto& one : server::generate_conversations(flows).uncovered) texts.push_back(flows::describe(*flows.front(), one.branch) + ": " + one.why);
  return texts;
}

std::string all_scripts(const server::Generated& generated) {
  std::string all;
  for (const auto& script : generated.scripts) all += server::to_json(script).dump() + "\n";
  return all;
}

}  // namespace

TEST_CASE("generated conversations take every branch of every example flow") {
  for (const auto& name : example_names()) {
    INFO(name);
    const auto family = example_family(name);
    const auto generated = server::generate_conversations(family);
    CHECK(generated.uncovered.empty());
    CHECK(coverage_of(family, generated).missed_branches().empty());
    CHECK(generated.scripts.size() <= generated.branches);
  }
}

TEST_CASE("the same flow gives the same conversations") {
  const auto flow = example_flow("plumber-lead");
  CHECK(all_scripts(server::generate_conversations({flow})) == all_scripts(server::generate_conversations({flow})));
}

TEST_CASE("none of the generated conversations is needless") {
  const std::vector<flows::FlowPtr> flow{example_flow("plumber-lead")};
  const auto generated = server::generate_conversations(flow);
  for (std::size_t i = 0; i < generated.scripts.size(); ++i) {
    auto fewer = generated;
    fewer.scripts.erase(fewer.scripts.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_FALSE(coverage_of(flow, fewer).missed_branches().empty());
  }
}

TEST_CASE("conditions on values that were read back, on contact fields and on what calls bring are met both ways") {
  CHECK(why_uncovered({flow_of(R"({ "flow": "all", "sender": "Acme", "contact_fields": ["tier"], "steps": {
    "age":   { "ask": "Acme: your age? Reply STOP to opt out.", "expect": { "number": { "min": 1, "max": 120, "confirm": true } },
               "next": [ { "when": { "answers.age": { "gte": 18 }, "contact.tier": "gold" }, "to": "price" }, { "discard": "too_young" } ] },
    "price": { "call": { "url": "https://crm.example/price", "save": { "vars.price": "/data/price", "vars.plan": "/data/plan" } },
               "failed": { "bail": "no_price" },
               "next": [ { "when": { "vars.price": { "lt": 100 }, "vars.plan": "a" }, "complete": "cheap" }, { "complete": "dear" } ] } } })")})
            .empty());
}

TEST_CASE("a reply that a pattern asks for is made from the pattern") {
  CHECK(why_uncovered({flow_of(R"({ "flow": "code", "sender": "Acme", "steps": {
    "code": { "ask": "Acme: your code? Reply STOP to opt out.", "expect": { "text": { "matches": "[A-Z]{2}-?[0-9]{3}" } },
              "next": [ { "when": { "answers.code": { "matches": "^A" } }, "complete": "old" }, { "complete": "new" } ] },
    "x": { "ask": "Unused", "next": { "complete": "x" } } },
    "anytime": [ { "phrases": ["other"], "to": "x" } ] })")}) == std::vector<std::string>{
            "code -> completed new: the branches before it hold, or no value was found for which it holds"});
}

TEST_CASE("each way of an experiment gets a contact that goes it, however seldom") {
  const std::vector<flows::FlowPtr> flow{flow_of(R"({ "flow": "rare", "sender": "Acme", "steps": {
    "which": { "split": { "usual": { "weight": 99, "to": "a" }, "rare": { "weight": 1, "to": "b" } } },
    "a": { "say": "Acme. Reply STOP to opt out.", "complete": "a" },
    "b": { "ask": "Acme: sure? Reply STOP to opt out.", "expect": "yes_no", "next": [ { "when": { "answers.b": true }, "complete": "yes" }, { "complete": "no" } ] } } })")};
  const auto generated = server::generate_conversations(flow);
  CHECK(generated.uncovered.empty());
  CHECK(coverage_of(flow, generated).missed_branches().empty());
}

TEST_CASE("what no conversation can come to is named with the reason") {
  const auto found = why_uncovered({flow_of(R"({ "flow": "dead", "sender": "Acme", "steps": {
    "q": { "ask": "Acme: yes? Reply STOP to opt out.", "expect": "yes_no", "next": [ { "to": "end" }, { "when": { "answers.q": true }, "to": "never" } ] },
    "never": { "say": "Never", "next": "end" }, "end": { "complete": "done" } } })")});
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "q: answers.q = yes -> never: the branches before it hold, or no value was found for which it holds");
  CHECK(found[1] == "never -> end: no conversation came to this step");
}

TEST_CASE("a sample of a pattern is one that the pattern takes") {
  for (const std::string pattern : {"^787", "[A-Z]{2}-?[0-9]{3}", "(red|blue) (car)?x+", "a.c", "\\d{5}(-\\d{4})?", "[^a]b", "\\w+@\\w+\\.com", "(?:ab){2}", "x{2,}", ""}) {
    INFO(pattern);
    CHECK(flows::Pattern(pattern).finds_in(server::sample_of(pattern)));
  }
}

TEST_CASE("a pattern that is no pattern, or too deep, gives some text and no more") {
  for (const std::string pattern : {"(", "[", "\\", "a{", "(((((", "*", "x{9999999}", "(?", "[^"}) CHECK(server::sample_of(pattern).size() <= 400);
  CHECK(server::sample_of(std::string(10'000, '(')).empty());
}
