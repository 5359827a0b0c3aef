// Editors check a flow by its JSON Schema while it is written; what the schema takes and what the loader takes must be the same,
// but for what only a reader of the whole flow can judge.
#include <catch2/catch.hpp>
#include <set>

#include "tests/flows/flow_files.hpp"
#include "tests/flows/json_schema.hpp"

using namespace answerback;
using nlohmann::json;

namespace {

tests::JsonSchema flow_schema() {
  return tests::JsonSchema(json::parse(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "flows/schema/answerback-flow.v1.schema.json")));
}

// What has a shape that the schema can see.
const std::set<std::string> codes_of_shape{"wrong_type",  "required", "unknown_field", "one_verb",     "one_outcome",  "unknown_verb",
                                           "unknown_kind", "one_kind", "bad_reason",    "bad_name",     "bad_language", "bad_currency",
                                           "empty_text",  "limit",    "out_of_range",  "unknown_country", "unknown_operator",
                                           "unknown_method", "unknown_type", "call_url", "call_body",  "bad_pointer",  "one_time", "one_way"};

bool has_shape_error(const flows::LoadResult& result) {
  return std::any_of(result.issues.begin(), result.issues.end(), [](const flows::Issue& issue) { return codes_of_shape.count(issue.code) != 0; });
}

}  // namespace

TEST_CASE("the example flows fit the schema") {
  for (const auto& file : tests::example_flows()) CHECK(flow_schema().problem(json::parse(tests::read_text_file(file))) == "");
}

TEST_CASE("a flow that the loader takes fits the schema, one of the wrong shape does not") {
  std::size_t refused = 0;
  for (const auto& file : tests::broken_flows()) {
    const auto text = tests::read_text_file(file);
    const auto value = json::parse(text, nullptr, false);
    if (value.is_discarded()) continue;
    INFO(file);
    const auto result = flows::load_flow(text, tests::limits_with_reserved_words());
    const auto problem = flow_schema().problem(value);
    if (result.flow != nullptr) CHECK(problem == "");
    if (!has_shape_error(result)) continue;
    ++refused;
    CHECK(problem != "");
  }
  CHECK(refused > 15);
}

TEST_CASE("each single step of the wrong shape is refused by schema and loader alike") {
  for (const auto& file : tests::broken_flows()) {
    const auto whole = json::parse(tests::read_text_file(file), nullptr, false);
    if (whole.is_discarded() || !whole.is_object() || !whole.contains("steps") || whole["steps"].size() > 100) continue;
    for (const auto& [name, step] : whole["steps"].items()) {
      const json alone{{"flow", "one-step"}, {"steps", {{name, step}}}};
      const auto result = flows::load_flow(alone.dump());
      INFO(alone.dump());
      if (has_shape_error(result)) CHECK(flow_schema().problem(alone) != "");
      if (result.flow != nullptr) CHECK(flow_schema().problem(alone) == "");
    }
  }
}
