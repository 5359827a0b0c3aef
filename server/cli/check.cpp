#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/cli/cli.hpp"
#include "server/version.hpp"

namespace answerback::server {

namespace {

using Json = nlohmann::ordered_json;

struct Checked {
  std::string file;
  std::vector<flows::Issue> issues;
};

std::string_view level(const flows::Issue& issue) { return issue.severity == flows::Severity::error ? "error" : "warning"; }

std::string as_json(const std::vector<Checked>& all) {
  auto files = Json::array();
  for (const auto& [file, issues] : all) {
    auto list = Json::array();
    for (const auto& issue : issues) {
      list.push_back({{"severity", level(issue)}, {"code", issue.code}, {"message", issue.message}, {"pointer", issue.pointer},
                      {"line", issue.at.line}, {"column", issue.at.column}});
    }
    files.push_back({{"file", file}, {"ok", !flows::has_errors(issues)}, {"issues", list}});
  }
  return Json{{"files", files}}.dump(2) + "\n";
}

// SARIF 2.1.0, the little of it that code hosts read.
std::string as_sarif(const std::vector<Checked>& all) {
  auto results = Json::array();
  for (const auto& [file, issues] : all) {
    for (const auto& issue : issues) {
      const Json region{{"startLine", std::max<std::size_t>(issue.at.line, 1)}, {"startColumn", std::max<std::size_t>(issue.at.column, 1)}};
      const Json location{{"physicalLocation", {{"artifactLocation", {{"uri", file}}}, {"region", region}}}};
      results.push_back({{"ruleId", issue.code}, {"level", level(issue)}, {"message", {{"text", issue.message}}}, {"locations", Json::array({location})}});
    }
  }
  const Json driver{{"name", "answerback"}, {"version", version()}};
  const Json run{{"tool", {{"driver", driver}}}, {"results", results}};
  return Json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}}.dump(2) + "\n";
}

std::string as_text(const std::vector<Checked>& all) {
  std::string text;
  for (const auto& [file, issues] : all) {
    for (const auto& issue : issues) text += flows::to_line(issue, file) + "\n";
    if (issues.empty()) text += fmt::format("{}: ok\n", file);
  }
  return text;
}

void check(const std::vector<std::string>& paths, const std::string& format, Command& command) {
  std::vector<std::string> missing;
  const auto files = flow_files(paths, missing);
  for (const auto& path : missing) print_err(fmt::format("answerback: there is no file or folder {}", path));
  if (missing.empty() && files.empty()) print_err("answerback: no flow files there");
  std::vector<Checked> all;
  for (const auto& file : files) {
    std::string text;
    if (!read_whole_file(file, text)) {
      print_err(fmt::format("answerback: {} can't be read", file));
      command.exit = exit_failure;
      continue;
    }
    all.push_back({file, load_flow_text(text).issues});
    if (flows::has_errors(all.back().issues)) command.exit = exit_flow_errors;
  }
  const bool json = format == "json" || command.json;
  print_out(format == "sarif" ? as_sarif(all) : json ? as_json(all) : as_text(all));
  if (!missing.empty() || files.empty()) command.exit = exit_not_found;
}

}  // namespace

void add_check(CLI::App& app, Command& command) {
  struct Options {
    std::vector<std::string> paths;
    std::string format = "text";
  };
  auto* verb = app.add_subcommand("check", "Name every problem of flow files, with line and column");
  const auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->paths, "Flow files or folders of them")->required();
  verb->add_option("--format", options->format, "text, json or sarif")->check(CLI::IsMember({"text", "json", "sarif"}));
  verb->callback([&command, options] { check(options->paths, options->format, command); });
}

}  // namespace answerback::server
