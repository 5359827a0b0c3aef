// Arithmetic of `set`, row by row, and the places that it reads.
#include <catch2/catch.hpp>

#include "flows/calculation.hpp"
#include "flows/load/load.hpp"
#include "tests/flows/flow_files.hpp"

using namespace answerback;
using flows::Money;
using flows::Value;

namespace {

// `vars.x` after a flow's only `set` of it, with these values at hand.
std::optional<Value> worked_out(const std::string& calculation, const flows::Values& answers) {
  const auto result = flows::load_flow(R"({ "flow": "one", "variables": { "x": 4, "word": "w", "spelled": "2.5" }, "steps": {
    "m": { "ask": "Acme: reply STOP to stop. Budget?", "expect": "money", "next": "n" },
    "n": { "ask": "How many?", "expect": "number", "next": "set" },
    "set": { "set": { "vars.x": )" + calculation + R"( }, "next": { "complete": "done" } } } })");
  for (const auto& issue : result.issues) UNSCOPED_INFO(flows::to_line(issue, calculation));
  REQUIRE(result.flow);
  const auto& set = std::get<flows::Set>(result.flow->steps[2].verb);
  const auto lookup = [&](const flows::Path& path) {
    return path.root == flows::Path::Root::answers ? flows::find(answers, path.name) : flows::find(result.flow->variables, path.name);
  };
  return flows::calculate(std::get<flows::Calculation>(set.assignments.front().value), lookup);
}

const flows::Values known{{"m", Money{10.5, "USD"}}, {"n", std::int64_t{3}}};

}  // namespace

TEST_CASE("sums, differences, products and quotients are what a person would write down") {
  CHECK(worked_out(R"({ "add": ["answers.n", 1] })", known) == Value(std::int64_t{4}));
  CHECK(worked_out(R"({ "add": [0.1, 0.2] })", known) == Value(0.3));
  CHECK(worked_out(R"({ "subtract": ["answers.n", 1, 5] })", known) == Value(std::int64_t{-3}));
  CHECK(worked_out(R"({ "multiply": ["answers.n", 1.1] })", known) == Value(3.3));
  CHECK(worked_out(R"({ "divide": ["answers.n", 2] })", known) == Value(1.5));
  CHECK(worked_out(R"({ "divide": [6, "answers.n"] })", known) == Value(std::int64_t{2}));
  CHECK(worked_out(R"({ "add": ["vars.spelled", { "multiply": ["answers.n", 2] }] })", known) == Value(8.5));
  CHECK(worked_out(R"({ "round": [2.345, 2] })", known) == Value(2.35));
  CHECK(worked_out(R"({ "round": [{ "divide": ["answers.n", 2] }] })", known) == Value(std::int64_t{2}));
  CHECK(worked_out(R"({ "round": [-0.4] })", known) == Value(std::int64_t{0}));
}

TEST_CASE("one value alone counts on from what stands there, from nothing when that is no number") {
  CHECK(worked_out(R"({ "add": 1 })", known) == Value(std::int64_t{5}));
  CHECK(worked_out(R"({ "subtract": "answers.n" })", known) == Value(std::int64_t{1}));
  CHECK(worked_out(R"({ "multiply": { "add": [1, 2] } })", known) == Value(std::int64_t{12}));
}

TEST_CASE("amounts keep their currency") {
  CHECK(worked_out(R"({ "add": ["answers.m", 1] })", known) == Value(Money{11.5, "USD"}));
  CHECK(worked_out(R"({ "multiply": [2, "answers.m"] })", known) == Value(Money{21, "USD"}));
  CHECK(worked_out(R"({ "divide": ["answers.m", 2] })", known) == Value(Money{5.25, "USD"}));
  CHECK(worked_out(R"({ "divide": ["answers.m", "answers.m"] })", known) == Value(std::int64_t{1}));
  CHECK(worked_out(R"({ "divide": [2, "answers.m"] })", known) == std::nullopt);
  CHECK(worked_out(R"({ "multiply": ["answers.m", "answers.m"] })", known) == std::nullopt);
  CHECK(worked_out(R"({ "add": ["answers.m", "answers.n"] })", {{"m", Money{1, "USD"}}, {"n", Money{1, "EUR"}}}) == std::nullopt);
}

TEST_CASE("what cannot be worked out is not set") {
  CHECK(worked_out(R"({ "add": ["answers.n", 1] })", {}) == std::nullopt);
  CHECK(worked_out(R"({ "add": ["vars.word", 1] })", known) == std::nullopt);
  CHECK(worked_out(R"({ "divide": ["answers.n", 0] })", known) == std::nullopt);
  CHECK(worked_out(R"({ "multiply": [999999999999999, 10] })", known) == std::nullopt);  // 16 digits are no number to most readers of JSON
  CHECK(worked_out(R"({ "round": ["answers.n", -1] })", known) == std::nullopt);
  CHECK(worked_out(R"({ "add": ["answers.n", 1] })", {{"n", true}}) == std::nullopt);
}

TEST_CASE("check knows that a counter is a number and set, and that other results may be missing") {
  const auto issues_of = [](const std::string& value, const std::string& next) {
    std::vector<std::string> codes;
    const auto result = flows::load_flow(R"({ "flow": "f", "sender": "Acme", "steps": {
      "n": { "ask": "Acme: how many? Reply STOP to opt out.", "expect": "number", "next": "set" },
      "set": { "set": { "vars.n": )" + value + R"( }, "next": [ )" + next + R"( ] } } })");
    for (const auto& issue : result.issues) codes.push_back(issue.code);
    return codes;
  };
  const std::string both = R"({ "when": { "vars.n": { "gte": 3 } }, "complete": "many" }, { "when": { "vars.n": { "lt": 3 } }, "complete": "few" })";
  CHECK(issues_of(R"({ "add": 1 })", both) == std::vector<std::string>{});
  CHECK(issues_of(R"({ "subtract": 0.5 })", both) == std::vector<std::string>{});
  CHECK(issues_of(R"({ "divide": [1, "answers.n"] })", both) == std::vector<std::string>{"falls_through"});
  CHECK(issues_of(R"({ "add": 1 })", R"({ "when": { "vars.n": "x" }, "complete": "odd" }, { "complete": "even" })") == std::vector<std::string>{"never_true"});
}

TEST_CASE("two values are compared, and without either nothing holds") {
  const auto flow = tests::load(R"({ "flow": "two", "variables": { "limit": 5, "name": "Ana", "list": "x" }, "steps": {
    "n": { "ask": "Acme: reply STOP to stop. How many?", "expect": "number", "next": [
      { "when": { "answers.n": { "gt": { "path": "vars.limit" } } }, "complete": "above" },
      { "when": { "answers.n": { "eq": { "path": "vars.limit" } } }, "complete": "equal" },
      { "when": { "not": { "answers.n": { "lt": { "path": "vars.limit" } } } }, "complete": "not_below" }, { "complete": "below" } ] } } })");
  const auto& branches = std::get<flows::Ask>(flow->steps[0].verb).next;
  const auto holding = [&](const flows::Values& values) {
    std::string found;
    for (const auto& branch : branches) found += flows::holds(branch.when, [&](const flows::Path& path) { return flows::find(values, path.name); }) ? '1' : '0';
    return found;
  };
  CHECK(holding({{"n", std::int64_t{6}}, {"limit", std::int64_t{5}}}) == "1011");
  CHECK(holding({{"n", std::int64_t{5}}, {"limit", 5.0}}) == "0111");
  CHECK(holding({{"n", std::int64_t{4}}, {"limit", std::string("5")}}) == "0001");
  CHECK(holding({{"n", std::int64_t{4}}}) == "0011");
  CHECK(holding({{"limit", std::int64_t{4}}}) == "0011");
}
