#include "flows/drawing/graph.hpp"

#include "flows/drawing/drawing.hpp"

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

namespace {

const std::string hostile = R"({ "flow": "signs", "title": "<script>", "steps": {
  "a": { "ask": "Which?", "next": [ { "when": { "answers.a": "\"] --> x <b>#1 `&\\\n</text>" }, "to": "b" }, { "to": "b" } ] },
  "b": { "complete": "done" } } })";

const std::string revision_before = R"({ "flow": "rev", "steps": { "a": { "ask": "One?", "next": "b" }, "b": { "complete": "done" } } })";
const std::string revision_after = R"({ "flow": "rev", "steps": { "a": { "ask": "Two?", "next": "c" }, "c": { "complete": "done" } } })";

flows::Drawing drawn_difference() { return flows::draw_difference(*tests::load(revision_before), *tests::load(revision_after), {"a"}); }

flows::Mark mark_of(const flows::Drawing& drawing, const std::string& name) {
  for (const auto& node : drawing.nodes) {
    if (node.name == name) return node.mark;
  }
  FAIL("no node " << name);
  return flows::Mark::none;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("what an author writes stays text in DOT and SVG") {
  const auto drawing = flows::draw(*tests::load(hostile));
  const auto dot = flows::to_dot(drawing);
  CHECK(dot.find("\\\"] --> x <b>#1 `&\\\\") != std::string::npos);
  CHECK(count_of(dot, "\n\"") == 0);
  const auto svg = flows::to_svg(drawing);
  CHECK(svg.find("<b>") == std::string::npos);
  CHECK(svg.find("&lt;b&gt;") != std::string::npos);
  CHECK(svg.find("`&amp;") != std::string::npos);
  CHECK(count_of(svg, "<text") == count_of(svg, "</text>"));
}

TEST_CASE("every verb has a shape in every format") {
  const auto flow = tests::load(tests::read_text_file(std::filesystem::path(TESTS_DIR) / "flows/data/whole_language.json"));
  const auto drawing = flows::draw(*flow);
  for (const auto* verb : {"say ", "ask ", "set ", "call ", "run ", "wait ", "split "}) {
    CHECK(flows::to_mermaid(drawing).find(std::string("\"") + verb) != std::string::npos);
    CHECK(flows::to_dot(drawing).find(std::string("label=\"") + verb) != std::string::npos);
    CHECK(flows::to_svg(drawing).find(std::string(">") + verb) != std::string::npos);
  }
}

TEST_CASE("two revisions in one drawing: what is new, gone and changed is marked, with a legend") {
  const auto drawing = drawn_difference();
  CHECK(mark_of(drawing, "step a") == flows::Mark::changed);
  CHECK(mark_of(drawing, "step b") == flows::Mark::removed);
  CHECK(mark_of(drawing, "step c") == flows::Mark::added);
  std::vector<flows::Mark> edges;
  for (const auto& edge : drawing.edges) {
    if (edge.mark != flows::Mark::none) edges.push_back(edge.mark);
  }
  CHECK(edges == std::vector<flows::Mark>{flows::Mark::added, flows::Mark::removed});
  CHECK(flows::to_mermaid(drawing).find("class s0 changed") != std::string::npos);
  for (const auto& text : {flows::to_mermaid(drawing), flows::to_dot(drawing), flows::to_svg(drawing)}) {
    for (const auto* word : {"added", "removed", "changed"}) CHECK(text.find(word) != std::string::npos);
  }
}

TEST_CASE("a revision compared with itself has no marks") {
  const auto flow = tests::load(revision_before);
  const auto drawing = flows::draw_difference(*flow, *flow, {});
  for (const auto& node : drawing.nodes) CHECK(node.mark == flows::Mark::none);
  for (const auto& edge : drawing.edges) CHECK(edge.mark == flows::Mark::none);
  CHECK(drawing.nodes.size() == flows::draw(*flow).nodes.size());
}
