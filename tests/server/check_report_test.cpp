#include "server/cli/check_report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "flows/load/load.hpp"
#include "server/cli/source_line.hpp"
#include "server/config/flow_rules.hpp"

using namespace answerback;

namespace {

const std::string misspelt = "{ \"flow\": \"one\", \"sender\": \"Acme\",\n  \"steps\": { \"hi\": { \"say\": \"Acme. Reply STOP to opt out.\", \"next\": \"bey\" },\n"
                             "  \"bye\": { \"complete\": \"done\" } } }\n";
const std::string sound = R"({ "flow": "two", "sender": "Acme", "steps": { "hi": { "say": "Acme. Reply STOP to opt out.", "complete": "done" } } })";

std::vector<server::CheckedFile> checked() {
  const auto loaded = flows::load_flow(sound, server::flow_rules());
  REQUIRE(loaded.flow);
  return {{"one.json", misspelt, flows::load_flow(misspelt, server::flow_rules()).issues, std::nullopt},
          {"two.json", sound, loaded.issues, flows::prove(*loaded.flow)}};
}

}  // namespace

TEST_CASE("for people, each issue stands over its line with a caret below the place, and a sound flow over its proof") {
  CHECK(server::as_text(checked(), false) ==
        "one.json:2:69: error[unknown_step]: there is no step \"bey\", did you mean \"bye\"?\n"
        "    2 | … { \"say\": \"Acme. Reply STOP to opt out.\", \"next\": \"bey\" },\n"
        "      |                                                    ^\n"
        "two.json: ok\n"
        "  every path ends; 1 step; longest conversation: 1 message, 1 segment\n"
        "  outcomes: completed/done\n");
}

TEST_CASE("of very many issues each has its line, and the first fifty their excerpts") {
  server::CheckedFile many{"many.json", misspelt, {}, std::nullopt};
  many.issues.assign(60, {flows::Severity::warning, "one_way", "again", "", {2, 69}});
  const auto text = server::as_text({many}, false);
  const auto count = [&](const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(count("warning[one_way]") == 60);
  CHECK(count("    2 | ") == 50);
}

TEST_CASE("colour stands around the label alone and only when it is asked for") {
  CHECK(server::as_text(checked(), true).find("\x1b[1;31merror[unknown_step]\x1b[0m") != std::string::npos);
  CHECK(server::as_text(checked(), false).find('\x1b') == std::string::npos);
}

TEST_CASE("a place outside the text has no line, tabs and wide letters keep the caret below its place") {
  CHECK(server::source_with_caret("a\nb", {0, 0}, false).empty());
  CHECK(server::source_with_caret("a\nb", {9, 1}, false).empty());
  CHECK(server::source_with_caret("\té\"x", {1, 4}, false) == "    1 |  é\"x\n      |    ^\n");
}

TEST_CASE("as JSON, every file has its issues and a sound one its proof") {
  const auto json = nlohmann::json::parse(server::as_json(checked()));
  REQUIRE(json["files"].size() == 2);
  CHECK(json["files"][0]["ok"] == false);
  CHECK(json["files"][0]["proof"] == nullptr);
  CHECK(json["files"][0]["issues"][0]["code"] == "unknown_step");
  CHECK(json["files"][1]["proof"]["longest"] == nlohmann::json{{"messages", 1}, {"segments", 1}});
  CHECK(json["files"][1]["proof"]["outcomes"][0] == nlohmann::json{{"outcome", "completed"}, {"reason", "done"}});
}

TEST_CASE("as SARIF 2.1.0, each result names a rule that the tool describes") {
  const auto sarif = nlohmann::json::parse(server::as_sarif(checked()));
  CHECK(sarif["version"] == "2.1.0");
  const auto& run = sarif["runs"][0];
  const auto& rules = run["tool"]["driver"]["rules"];
  REQUIRE(run["results"].size() == 1);
  for (const auto& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    CHECK((result["level"] == "error" || result["level"] == "warning"));
    const auto& region = result["locations"][0]["physicalLocation"]["region"];
    CHECK(region["startLine"] == 2);
    CHECK(region["startColumn"] == 69);
  }
  for (const auto& rule : rules) CHECK_FALSE(rule["shortDescription"]["text"].get<std::string>().empty());
}

TEST_CASE("flows that run each other are judged together, and one that only others run need not introduce itself") {
  const std::string outer = R"({ "flow": "outer", "sender": "Acme", "steps": { "hi": { "say": "Acme. Reply STOP to opt out.", "next": "part" },
    "part": { "run": "inner", "next": { "complete": "done" } } } })";
  const std::string inner = R"({ "flow": "inner", "steps": { "q": { "ask": "Which?", "next": { "complete": "done" } } } })";
  const auto nowhere = [](const std::string&) { return flows::FlowPtr(); };
  std::vector<server::FlowFile> alone{{"outer.json", flows::load_flow(outer)}};
  server::check_among(alone, nowhere, flows::Severity::error);
  CHECK(alone[0].result.flow == nullptr);
  CHECK(alone[0].result.issues[0].code == "unknown_flow");
  std::vector<server::FlowFile> both{{"outer.json", flows::load_flow(outer)}, {"inner.json", flows::load_flow(inner)}};
  server::check_among(both, nowhere, flows::Severity::error);
  CHECK(both[0].result.issues.empty());
  CHECK(both[1].result.issues.empty());
}
