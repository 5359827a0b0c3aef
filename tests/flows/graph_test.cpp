#include "flows/graph.hpp"

#include "flows/drawing.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

std::string drawn_as_mermaid(const flows::Flow& flow) { return flows::to_mermaid(flows::draw(flow)); }

}  // namespace

TEST_CASE("the drawing of the roof estimate is the one that was looked at") {
  const auto golden = std::filesystem::path(TESTS_DIR) / "golden/roof-estimate.mmd";
  const auto drawn = drawn_as_mermaid(*tests::load(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "examples/flows/roof-estimate.json")));
  if (std::getenv("ANSWERBACK_UPDATE") != nullptr) std::ofstream(golden, std::ios::binary) << drawn;
  CHECK(drawn == tests::read_text_file(golden));
}

TEST_CASE("the same flow gives the same drawing") {
  for (const auto& file : tests::example_flows()) {
    const auto source = tests::read_text_file(file);
    CHECK(drawn_as_mermaid(*tests::load(source)) == drawn_as_mermaid(*tests::load(source)));
  }
}

TEST_CASE("every step and every outcome is drawn once") {
  const auto drawn = drawn_as_mermaid(*tests::load(R"({ "flow": "two", "steps": {
    "a": { "ask": "Which?", "expect": "yes_no", "next": [ { "when": { "answers.a": true }, "bail": "person" }, { "to": "b" } ] },
    "b": { "say": "Bye", "bail": "person" } } })"));
  const auto count = [&](const std::string& part) {
    std::size_t found = 0;
    for (auto at = drawn.find(part); at != std::string::npos; at = drawn.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(count("ask a") == 1);
  CHECK(count("say b") == 1);
  CHECK(count("bailed: person") == 1);
  CHECK(count("--> e0") + count("| e0") == 2);
}

TEST_CASE("a condition with quotes and signs cannot break out of its label") {
  const auto drawn = drawn_as_mermaid(*tests::load(R"({ "flow": "signs", "steps": {
    "a": { "ask": "Which?", "next": [ { "when": { "answers.a": "\"] --> x <b>#1 `&\\\n" }, "to": "b" }, { "to": "b" } ] },
    "b": { "complete": "done" } } })"));
  const auto begin = drawn.find("-->|\"");
  REQUIRE(begin != std::string::npos);
  const auto label = drawn.substr(begin + 5, drawn.find("\"| s1", begin) - begin - 5);
  CHECK(label.find_first_of("\"<>`\\\n") == std::string::npos);
  CHECK_THAT(label, Catch::Contains("#quot;"));
}
