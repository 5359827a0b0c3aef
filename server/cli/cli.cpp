#include "server/cli/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "server/cli/visible.hpp"
#include "server/config/flow_rules.hpp"
#include "server/version.hpp"
#include "webhooks/small_file.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

// A flow has a megabyte at most; tests and recordings may be larger.
constexpr std::size_t max_file_bytes = 16 * 1024 * 1024;

void print_out(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void print_err(std::string_view text) { fmt::print(stderr, "{}\n", text); }

bool read_whole_file(const std::string& path, std::string& text) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  auto file = webhooks::read_small_file(path, max_file_bytes);
  text = std::move(file.text);
  return file.problem.empty();
}

flows::LoadResult load_flow_text(std::string_view text) { return flows::load_flow(text, flow_rules()); }

flows::FlowPtr load_flow_file(const std::string& path, int& exit) {
  std::string text;
  if (!read_whole_file(path, text)) {
    print_err(fmt::format("answerback: there is no flow file {}", path));
    exit = exit_not_found;
    return nullptr;
  }
  auto loaded = load_flow_text(text);
  for (const auto& issue : loaded.issues) print_err(visible(flows::to_line(issue, path)));
  if (!loaded.flow) exit = exit_flow_errors;
  return loaded.flow;
}

namespace {

bool is_flow_file(const fs::path& path) {
  const auto name = path.filename().string();
  return name.ends_with(".json") && !name.ends_with(".test.json") && !name.ends_with(".schema.json") && name != "answerback.json" &&
         name != "package.json" && name != "package-lock.json";
}

}  // namespace

std::vector<std::string> flow_files(const std::vector<std::string>& paths, std::vector<std::string>& missing) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      std::vector<std::string> found;
      for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error)) {
        if (entry.is_regular_file(error) && is_flow_file(entry.path())) found.push_back(entry.path().string());
      }
      std::sort(found.begin(), found.end());
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(path, error)) {
      files.push_back(path);
    } else {
      missing.push_back(path);
    }
  }
  return files;
}

int run_command_line(int argc, char** argv) {
  CLI::App app{"SMS bot conversations in, signed outcome webhooks out.", "answerback"};
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string(version()));
  Command command;
  app.add_flag("--json", command.json, "Print data as JSON");
  add_serve(app, command);
  add_check(app, command);
  add_chat(app, command);
  add_test(app, command);
  add_understand(app, command);
  add_consent(app, command);
  add_replay(app, command);
  add_graph(app, command);
  add_keys(app, command);
  add_db(app, command);
  add_config(app, command);
  add_version(app, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(error);
    return asked ? exit_ok : exit_usage;
  } catch (const std::exception& error) {
    print_err(fmt::format("answerback: {}", error.what()));
    return exit_failure;
  }
  return command.exit;
}

}  // namespace answerback::server
