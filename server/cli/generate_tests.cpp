#include "server/cli/generate_tests.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "server/cli/flow_family.hpp"
#include "server/rehearsal/conversation_test.hpp"
#include "server/rehearsal/generate/generate.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

std::string file_stem(const fs::path& flow) { return flow.stem().string() + ".generated-"; }

void remove_generated(const fs::path& flow) {
  std::error_code error;
  std::vector<fs::path> old;
  const auto folder = flow.parent_path().empty() ? fs::path(".") : flow.parent_path();
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(file_stem(flow)) && name.ends_with(".test.json")) old.push_back(entry.path());
  }
  for (const auto& file : old) fs::remove(file, error);
}

// The script played once, so that the file holds what comes back.
std::string as_test(ConversationScript script, const fs::path& flow, const std::vector<flows::FlowPtr>& family) {
  script.flow = flow.filename().string();
  const auto written = to_json(script).dump();
  auto test = Json::parse(written);
  test["outcome"] = Json::object();
  return run_conversation_test(test.dump(), [&](const std::string&) { return family; }).rewritten;
}

Json generate_for(const fs::path& flow, const std::vector<flows::FlowPtr>& family, bool quiet) {
  const auto generated = generate_conversations(family);
  remove_generated(flow);
  auto files = Json::array();
  for (std::size_t i = 0; i < generated.scripts.size(); ++i) {
    const auto file = flow.parent_path() / fmt::format("{}{}.test.json", file_stem(flow), i + 1);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << as_test(generated.scripts[i], flow, family);
    files.push_back(file.string());
  }
  auto uncovered = Json::array();
  for (const auto& one : generated.uncovered) uncovered.push_back({{"branch", flows::describe(*family.front(), one.branch)}, {"why", one.why}});
  if (!quiet) {
    print_out(fmt::format("{}: {} conversations take {} of {} branches\n", flow.string(), files.size(), generated.branches - uncovered.size(), generated.branches));
    for (const auto& one : uncovered) print_out(fmt::format("  not taken: {}: {}\n", one["branch"].get<std::string>(), one["why"].get<std::string>()));
  }
  return {{"flow", flow.string()}, {"files", files}, {"branches", generated.branches}, {"uncovered", uncovered}};
}

}  // namespace

void generate_tests(const std::vector<std::string>& paths, Command& command) {
  std::vector<std::string> missing;
  const auto files = flow_files(paths, missing);
  for (const auto& path : missing) print_err(fmt::format("answerback: there is no file or folder {}", path));
  if (!missing.empty() || files.empty()) command.exit = exit_not_found;
  auto all = Json::array();
  for (const auto& file : files) {
    const auto family = load_flow_family(file, command.exit);
    if (!family.empty()) all.push_back(generate_for(file, family, command.json));
  }
  if (command.json) print_out(Json{{"flows", all}}.dump(2) + "\n");
}

}  // namespace answerback::server
