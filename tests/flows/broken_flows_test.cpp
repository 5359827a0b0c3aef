// Every way in which a flow can be wrong has a file in tests/broken_flows and, beside it, the very lines that `check` prints.
// ANSWERBACK_UPDATE=1 in the environment writes them anew.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

std::string lines_of(const std::filesystem::path& file) {
  std::string lines;
  for (const auto& issue : flows::load_flow(tests::read_text_file(file), tests::limits_with_reserved_words()).issues) {
    lines += flows::to_line(issue, file.filename().string()) + "\n";
  }
  return lines;
}

std::filesystem::path expected_of(std::filesystem::path file) { return file.replace_extension(".expected"); }

bool updating() { return std::getenv("ANSWERBACK_UPDATE") != nullptr; }

}  // namespace

TEST_CASE("a broken flow gets every one of its issues, each with its line and column") {
  const auto files = tests::broken_flows();
  REQUIRE(files.size() > 40);
  for (const auto& file : files) {
    INFO(file);
    const auto lines = lines_of(file);
    if (updating()) std::ofstream(expected_of(file), std::ios::binary) << lines;
    CHECK(lines == tests::read_text_file(expected_of(file)));
    CHECK_FALSE(lines.empty());
  }
}

TEST_CASE("a broken flow names the code that its file is called after") {
  for (const auto& file : tests::broken_flows()) {
    const auto code = file.stem().string();
    INFO(code);
    static const std::vector<std::pair<std::string, std::string>> others{
        {"not_an_object", "wrong_type"}, {"no_steps", "required"}, {"missing_steps", "required"}, {"limit_steps", "limit"},
        {"limit_of_verbs", "limit"}, {"words_and_numbers", "unknown_field"}, {"one_split", "required"}, {"silent_loop_pauses", "silent_loop"},
        {"range_as_one_value", "never_true"}, {"empty_range_offered", "empty_range"}};
    const auto other = std::find_if(others.begin(), others.end(), [&](const auto& entry) { return entry.first == code; });
    CHECK_THAT(lines_of(file), Catch::Contains("[" + (other == others.end() ? code : other->second) + "]"));
  }
}

TEST_CASE("a flow with an error gives no flow, one with warnings alone does") {
  for (const auto& file : tests::broken_flows()) {
    INFO(file);
    const auto result = flows::load_flow(tests::read_text_file(file), tests::limits_with_reserved_words());
    CHECK((result.flow == nullptr) == flows::has_errors(result.issues));
  }
}
