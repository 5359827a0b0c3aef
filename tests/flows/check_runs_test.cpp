// Flows that run each other: judged together.
#include "flows/check/runs.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/flows/flow_files.hpp"

using namespace answerback;
using flows::Severity;

namespace {

struct Shelf {
  std::map<std::string, flows::LoadResult> flows;

  void put(const std::string& name, const std::string& members) {
    flows[name] = flows::load_flow(R"({ "flow": ")" + name + R"(", )" + members + " }");
    REQUIRE(flows[name].flow);
  }

  std::vector<flows::Issue> judge(const std::string& name, Severity missing = Severity::error) {
    return flows::check_runs(flows[name], [this](const std::string& other) { return flows.count(other) == 0 ? flows::FlowPtr() : flows[other].flow; },
                             missing);
  }
};

std::string runs(const std::string& other) { return R"("steps": { "part": { "run": ")" + other + R"(", "next": { "complete": "done" } } })"; }

const std::string asks_zip = R"("variables": { "tier": "gold" }, "steps": { "zip": { "ask": "Where? {{vars.tier}}", "next": { "complete": "done" } } })";

}  // namespace

TEST_CASE("a flow that is not there is a warning among files and an error on publishing") {
  Shelf shelf;
  shelf.put("a", runs("b"));
  REQUIRE(shelf.judge("a").size() == 1);
  CHECK(shelf.judge("a")[0].code == "unknown_flow");
  CHECK(shelf.judge("a")[0].severity == Severity::error);
  CHECK(shelf.judge("a")[0].message == "there is no flow \"b\"");
  CHECK(shelf.judge("a", Severity::warning)[0].severity == Severity::warning);
  CHECK(shelf.judge("a", Severity::warning)[0].message == "there is no flow \"b\" beside this one");
}

TEST_CASE("flows that run each other are refused, and the ring is shown") {
  Shelf shelf;
  shelf.put("a", runs("b"));
  shelf.put("b", runs("c"));
  shelf.put("c", runs("a"));
  const auto issues = shelf.judge("a");
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == "recursion");
  CHECK(issues[0].message.find("a -> b -> c -> a") != std::string::npos);
}

TEST_CASE("a flow beside a ring that it is no part of is judged by its own ways alone") {
  Shelf shelf;
  shelf.put("a", runs("b"));
  shelf.put("b", runs("c"));
  shelf.put("c", runs("b"));
  CHECK(shelf.judge("a").empty());
  CHECK(shelf.judge("b").size() == 1);
}

TEST_CASE("an answer that the other flow never gives is named at its place") {
  Shelf shelf;
  shelf.put("a", R"("steps": { "part": { "run": "b", "as": "visit", "next": "done" },
    "done": { "say": "{{answers.visit.zip}} {{answers.visit.city}}", "complete": "done" } })");
  shelf.put("b", asks_zip);
  const auto issues = shelf.judge("a");
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == "unknown_path");
  CHECK(issues[0].message.find("answers.visit.city") != std::string::npos);
  CHECK(issues[0].at == flows::Position{2, 45});
}

TEST_CASE("a variable that the other flow does not declare is named, with the one that was meant") {
  Shelf shelf;
  shelf.put("a", R"("steps": { "part": { "run": "b", "with": { "vars.teir": "gold", "vars.tier": "x" }, "next": { "complete": "done" } } })");
  shelf.put("b", asks_zip);
  const auto issues = shelf.judge("a");
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == "unknown_variable");
  CHECK(issues[0].message.find("did you mean \"tier\"?") != std::string::npos);
}

TEST_CASE("the whole language runs beside the flow that it names") {
  Shelf shelf;
  const auto data = std::filesystem::path(TESTS_DIR) / "flows/data";
  shelf.flows["whole-language"] = flows::load_flow(tests::read_text_file(data / "whole_language.json"));
  shelf.flows["visit-time"] = flows::load_flow(tests::read_text_file(data / "visit_time.json"));
  for (const auto& issue : shelf.judge("whole-language")) FAIL_CHECK(flows::to_line(issue, "whole_language.json"));
}
