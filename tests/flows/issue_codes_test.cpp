// No code without a meaning, and none without a flow that shows it.
#include "flows/issue_codes.hpp"

#include <catch2/catch.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

std::set<std::string> codes_shown() {
  std::set<std::string> codes;
  for (auto file : tests::broken_flows()) {
    const auto lines = tests::read_text_file(file.replace_extension(".expected"));
    re2::StringPiece rest(lines);
    std::string code;
    while (RE2::FindAndConsume(&rest, R"((?:error|warning)\[(\w+)\])", &code)) codes.insert(code);
  }
  return codes;
}

}  // namespace

TEST_CASE("every code has a meaning, in order, each once") {
  const auto codes = flows::issue_codes();
  CHECK(std::is_sorted(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.code < b.code; }));
  CHECK(std::adjacent_find(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.code == b.code; }) == codes.end());
  for (const auto& code : codes) CHECK_FALSE(code.meaning.empty());
}

TEST_CASE("every code that a broken flow shows is a known one, and every known one is shown") {
  // These take a file too large to keep, or two files.
  const std::set<std::string> shown_elsewhere{"json_nodes", "json_number", "json_size", "too_long", "unknown_flow", "unknown_variable"};
  auto shown = codes_shown();
  shown.insert(shown_elsewhere.begin(), shown_elsewhere.end());
  std::set<std::string> known;
  for (const auto& code : flows::issue_codes()) known.insert(std::string(code.code));
  CHECK(shown == known);
}
