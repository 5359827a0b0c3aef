// Notes of a flow's author change nothing, wherever they stand.
#include <catch2/catch.hpp>

#include <functional>

#include "flows/load/load.hpp"
#include "flows/revisions.hpp"
#include "tests/flows/flow_files.hpp"
#include "tests/flows/json_schema.hpp"

using namespace answerback;
using nlohmann::ordered_json;

namespace {

// A "$comment" in every object, but for the body of a call.
void comment(ordered_json& json) {
  const bool is_request = json.is_object() && json.contains("url");
  if (json.is_structured()) {
    for (auto& [name, value] : json.items()) {
      if (!is_request || name != "body") comment(value);
    }
  }
  if (json.is_object()) json["$comment"] = "a note { of \"mine\" }";
}

std::string with_lines(const std::string& source) {
  std::string commented = "// before\n/* and\n more */";
  for (const char c : source) {
    commented += c;
    if (c == '\n') commented += "// {{ \" [ \n";
  }
  return commented + "// behind";
}

std::vector<std::string> codes_of(const flows::LoadResult& result) {
  std::vector<std::string> codes;
  for (const auto& issue : result.issues) codes.push_back(issue.code + issue.pointer + issue.message);
  return codes;
}

}  // namespace

TEST_CASE("every example reads the same with notes in every object and between every two lines") {
  const tests::JsonSchema schema(
      nlohmann::json::parse(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "flows/schema/answerback-flow.v1.schema.json")));
  auto files = tests::example_flows();
  files.push_back(std::filesystem::path(TESTS_DIR) / "flows/data/whole_language.json");
  for (const auto& file : files) {
    INFO(file);
    const auto source = tests::read_text_file(file);
    auto json = ordered_json::parse(source);
    comment(json);
    CHECK(schema.problem(nlohmann::json::parse(json.dump())) == "");
    const auto plain = flows::load_flow(source), noted = flows::load_flow(json.dump()), lined = flows::load_flow(with_lines(source));
    REQUIRE(noted.flow);
    REQUIRE(lined.flow);
    CHECK(codes_of(noted) == codes_of(plain));
    CHECK(codes_of(lined) == codes_of(plain));
    CHECK(flows::compare(source, json.dump()).empty());
    CHECK(flows::compare(source, with_lines(source)).empty());
  }
}

TEST_CASE("what a call sends is no note") {
  const auto flow = [](const std::string& body) {
    return R"({ "flow": "sends", "steps": { "c": { "call": { "url": "https://crm.example/", "method": "POST", "body": )" + body +
           R"( }, "next": { "complete": "done" } } } })";
  };
  const auto loaded = flows::load_flow(flow(R"({ "$comment": "sent", "a": [ { "$comment": "too" } ] })")).flow;
  REQUIRE(loaded);
  const auto& body = *std::get<flows::Call>(loaded->steps[0].verb).body;
  CHECK(body.names == std::vector<std::string>{"$comment", "a"});
  CHECK_FALSE(flows::compare(flow(R"({ "$comment": "a" })"), flow(R"({ "$comment": "b" })")).empty());
}

TEST_CASE("a note is a text") {
  const auto result = flows::load_flow(R"({ "flow": "f", "$comment": ["x"], "steps": { "a": { "complete": "done" } } })");
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues[0].code == "unknown_field");
}
