#include "tests/flows/flow_files.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "flows/text/text.hpp"

namespace answerback::tests {

std::string read_text_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, const std::string& ending) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.size() > ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::filesystem::path> example_flows() {
  auto files = files_in(std::filesystem::path(SOURCE_DIR) / "examples/flows", ".json");
  const auto is_conversation_test = [](const auto& path) { return path.stem().extension() == ".test"; };
  files.erase(std::remove_if(files.begin(), files.end(), is_conversation_test), files.end());
  return files;
}

std::vector<std::filesystem::path> broken_flows() { return files_in(std::filesystem::path(TESTS_DIR) / "broken_flows", ".json"); }

flows::FlowPtr load(const std::string& source) {
  auto result = flows::load_flow(source);
  for (const auto& issue : result.issues) UNSCOPED_INFO(flows::to_line(issue, "flow.json"));
  REQUIRE(result.flow != nullptr);
  return result.flow;
}

flows::FlowLimits limits_with_reserved_words() {
  using flows::ReservedWord;
  flows::FlowLimits limits;
  limits.reserved = [](std::string_view text) {
    static const std::map<std::string, ReservedWord> words{
        {"stop", ReservedWord::stop}, {"end", ReservedWord::stop},    {"cancel", ReservedWord::stop}, {"quit", ReservedWord::stop},
        {"help", ReservedWord::help}, {"start", ReservedWord::start}, {"info", ReservedWord::help}};
    const auto found = words.find(flows::fold_words(text));
    return found == words.end() ? ReservedWord::none : found->second;
  };
  return limits;
}

std::string long_flow(std::size_t steps) {
  std::string text = R"({ "flow": "long", "sender": "Acme", "steps": {)";
  for (std::size_t i = 0; i + 1 < steps; ++i) {
    text += fmt::format(R"("s{0}": {{ "ask": "Acme, reply STOP to opt out. {{{{contact.name | default: 'Friend'}}}}, question {0}?",
      "expect": {{ "choice": {{ "a": ["1", "first"], "b": ["2", "second"] }} }},
      "next": [ {{ "when": {{ "answers.s{0}": "a" }}, "to": "s{1}" }}, {{ "to": "s{1}" }} ] }},)",
                        i, i + 1);
    text += '\n';
  }
  return text + fmt::format(R"("s{}": {{ "complete": "done" }} }} }})", steps - 1);
}

std::vector<flows::Cue> cues(const std::vector<std::string>& written) {
  std::vector<flows::Cue> all;
  for (const auto& one : written) all.push_back({one, flows::fold_phrase(one), ""});
  return all;
}

}  // namespace answerback::tests
