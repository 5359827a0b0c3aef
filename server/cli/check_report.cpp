#include "server/cli/check_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/decide.hpp"
#include "flows/issue_codes.hpp"
#include "server/cli/source_line.hpp"
#include "server/cli/visible.hpp"
#include "server/version.hpp"

namespace answerback::server {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_excerpts = 50;  // of one file: each looks through its text for a line, and nobody reads more

std::string_view level_of(const flows::Issue& issue) { return issue.severity == flows::Severity::error ? "error" : "warning"; }

std::string named(const flows::Ending& ending) { return fmt::format("{}/{}", flows::to_string(ending.outcome), ending.reason); }

Json proof_json(const flows::Proof& proof) {
  Json json{{"steps", proof.steps}, {"every_path_ends", true}, {"longest", nullptr}, {"max_turns", engine::Settings{}.max_turns}};
  if (proof.longest) json["longest"] = {{"messages", proof.longest->messages}, {"segments", proof.longest->segments}};
  if (!proof.round.empty()) json["round"] = proof.round;
  json["outcomes"] = Json::array();
  for (const auto& ending : proof.outcomes) json["outcomes"].push_back({{"outcome", flows::to_string(ending.outcome)}, {"reason", ending.reason}});
  json["runs"] = proof.runs;
  return json;
}

std::string counted(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

std::string length_text(const flows::Proof& proof) {
  if (proof.longest) return fmt::format("{}, {}", counted(proof.longest->messages, "message"), counted(proof.longest->segments, "segment"));
  return fmt::format("as long as the contact goes round ({}), at most {} turns", fmt::join(proof.round, " -> "), engine::Settings{}.max_turns);
}

std::string proof_text(const flows::Proof& proof) {
  auto text = fmt::format("  every path ends; {}; longest conversation: {}", counted(proof.steps, "step"), length_text(proof));
  if (!proof.runs.empty()) text += fmt::format(", beside those of {}", fmt::join(proof.runs, ", "));
  std::vector<std::string> outcomes;
  for (const auto& ending : proof.outcomes) outcomes.push_back(named(ending));
  return text + fmt::format("\n  outcomes: {}\n", fmt::join(outcomes, ", "));
}

std::string issue_text(const flows::Issue& issue, const CheckedFile& checked, bool colour) {
  auto line = visible(flows::to_line(issue, checked.file));
  if (colour) {
    const auto* paint = issue.severity == flows::Severity::error ? "\x1b[1;31m" : "\x1b[1;33m";
    const auto label = fmt::format("{}[{}]", level_of(issue), issue.code);
    const auto at = line.find(label);
    if (at != std::string::npos) line.replace(at, label.size(), fmt::format("{}{}\x1b[0m", paint, label));
  }
  return line + "\n";
}

Json rules_of(const std::vector<CheckedFile>& all) {
  auto rules = Json::array();
  for (const auto& known : flows::issue_codes()) {
    const auto has = [&](const CheckedFile& file) {
      return std::any_of(file.issues.begin(), file.issues.end(), [&](const flows::Issue& issue) { return issue.code == known.code; });
    };
    if (std::any_of(all.begin(), all.end(), has)) rules.push_back({{"id", known.code}, {"shortDescription", {{"text", known.meaning}}}});
  }
  return rules;
}

Json result_json(const std::string& file, const flows::Issue& issue, const Json& rules) {
  const Json region{{"startLine", std::max<std::size_t>(issue.at.line, 1)}, {"startColumn", std::max<std::size_t>(issue.at.column, 1)}};
  const Json location{{"physicalLocation", {{"artifactLocation", {{"uri", file}}}, {"region", region}}}};
  Json result{{"ruleId", issue.code}, {"level", level_of(issue)}, {"message", {{"text", issue.message}}}, {"locations", Json::array({location})}};
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Json& one) { return one["id"] == issue.code; });
  if (rule != rules.end()) result["ruleIndex"] = rule - rules.begin();
  return result;
}

}  // namespace

std::string as_text(const std::vector<CheckedFile>& all, bool colour) {
  std::string text;
  for (const auto& checked : all) {
    for (std::size_t i = 0; i < checked.issues.size(); ++i) {
      text += issue_text(checked.issues[i], checked, colour);
      if (i < max_excerpts) text += source_with_caret(checked.source, checked.issues[i].at, colour);
    }
    if (checked.issues.empty()) text += fmt::format("{}: ok\n", checked.file);
    if (checked.proof) text += proof_text(*checked.proof);
  }
  return text;
}

std::string as_json(const std::vector<CheckedFile>& all) {
  auto files = Json::array();
  for (const auto& checked : all) {
    auto list = Json::array();
    for (const auto& issue : checked.issues) {
      list.push_back({{"severity", level_of(issue)}, {"code", issue.code}, {"message", issue.message}, {"pointer", issue.pointer},
                      {"line", issue.at.line}, {"column", issue.at.column}});
    }
    Json file{{"file", checked.file}, {"ok", !flows::has_errors(checked.issues)}, {"issues", list}};
    file["proof"] = checked.proof ? proof_json(*checked.proof) : Json(nullptr);
    files.push_back(std::move(file));
  }
  return Json{{"files", files}}.dump(2) + "\n";
}

std::string as_sarif(const std::vector<CheckedFile>& all) {
  const auto rules = rules_of(all);
  auto results = Json::array();
  for (const auto& checked : all) {
    for (const auto& issue : checked.issues) results.push_back(result_json(checked.file, issue, rules));
  }
  const Json driver{{"name", "answerback"}, {"version", version()}, {"rules", rules}};
  const Json run{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  return Json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}}.dump(2) + "\n";
}

}  // namespace answerback::server
