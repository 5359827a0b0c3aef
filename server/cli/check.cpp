#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>
#include <memory>

#include "flows/check/runs.hpp"
#include "server/cli/check_report.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/configured.hpp"
#include "server/config/flow_rules.hpp"
#include "server/config/secrets.hpp"

namespace answerback::server {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format = "text";
  std::size_t max_segments = flows::FlowLimits{}.max_segments;
};

bool wants_colour() {
  const char* off = std::getenv("NO_COLOR");  // https://no-color.org: any value that is not empty
  return (off == nullptr || *off == '\0') && isatty(STDOUT_FILENO) == 1;
}

// Reads every file that can be read; false when one cannot.
bool read_all(const std::vector<std::string>& files, std::vector<CheckedFile>& all) {
  bool ok = true;
  for (const auto& file : files) {
    std::string text;
    if (read_whole_file(file, text)) {
      all.push_back({file, std::move(text), {}, std::nullopt});
    } else {
      print_err(fmt::format("answerback: {} can't be read", file));
      ok = false;
    }
  }
  return ok;
}

// Each by itself, then as they run each other.
void judge_all(std::vector<CheckedFile>& all, const flows::FlowLimits& limits, const CallRules& calls) {
  std::vector<FlowFile> loaded;
  for (const auto& checked : all) {
    loaded.push_back({checked.file, flows::load_flow(checked.source, limits)});
    add_call_issues(loaded.back().result, calls);
  }
  check_among(loaded, [](const std::string&) { return flows::FlowPtr(); }, flows::Severity::warning);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].issues = std::move(loaded[i].result.issues);
    if (loaded[i].result.flow) all[i].proof = flows::prove(*loaded[i].result.flow);
  }
}

std::string report(const std::vector<CheckedFile>& all, const CheckOptions& options, bool json) {
  if (options.format == "sarif") return as_sarif(all);
  return options.format == "json" || json ? as_json(all) : as_text(all, wants_colour());
}

// As the server would: the flows of its own folder say where secrets without hosts may go.
void trust_folder(const std::string& folder, Secrets& secrets) {
  std::vector<std::string> missing;
  for (const auto& file : folder.empty() ? std::vector<std::string>{} : flow_files({folder}, missing)) {
    std::string text;
    const auto flow = read_whole_file(file, text) ? load_flow_text(text).flow : nullptr;
    if (flow) secrets.trust(*flow);
  }
}

void check(const CheckOptions& options, Command& command) {
  const auto config = command.config_file.empty() ? std::optional(Config{}) : configured(command);
  if (!config) return;
  Secrets secrets(config->secrets);
  trust_folder(config->flows, secrets);
  CallRules calls;
  if (!command.config_file.empty()) calls = {config->url_rules, &secrets};
  std::vector<std::string> missing;
  const auto files = flow_files(options.paths, missing);
  for (const auto& path : missing) print_err(fmt::format("answerback: there is no file or folder {}", path));
  if (missing.empty() && files.empty()) print_err("answerback: no flow files there");
  std::vector<CheckedFile> all;
  if (!read_all(files, all)) command.exit = exit_failure;
  auto limits = flow_rules();
  limits.max_segments = options.max_segments;
  judge_all(all, limits, calls);
  for (const auto& checked : all) {
    if (flows::has_errors(checked.issues)) command.exit = exit_flow_errors;
  }
  print_out(report(all, options, command.json));
  if (!missing.empty() || files.empty()) command.exit = exit_not_found;
}

}  // namespace

void add_check(CLI::App& app, Command& command) {
  constexpr std::size_t most_segments = 10;  // a text of 1,600 characters has no more
  auto* verb = app.add_subcommand("check", "Name every problem of flow files, with line and column, and say what is proven of them");
  const auto options = std::make_shared<CheckOptions>();
  verb->add_option("FILE", options->paths, "Flow files or folders of them")->required();
  verb->add_option("--format", options->format, "text, json or sarif")->check(CLI::IsMember({"text", "json", "sarif"}));
  verb->add_option("--max-segments", options->max_segments, "Warn of texts that take more SMS segments")
      ->check(CLI::Range(std::size_t{1}, most_segments));
  verb->add_option("--config", command.config_file, "Also judge where calls and secrets may go, by this configuration file");
  verb->callback([&command, options] { check(*options, command); });
}

}  // namespace answerback::server
