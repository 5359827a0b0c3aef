#include "server/cli/configured.hpp"

#include <CLI/CLI.hpp>

namespace answerback::server {

void add_config_options(CLI::App& verb, Command& command) {
  const auto setting = [&command](std::string key, std::string prefix = "") {
    return [&command, key = std::move(key), prefix = std::move(prefix)](const std::string& text) { command.flags[key] = prefix + text; };
  };
  verb.add_option("--config", command.config_file, "Configuration file (default: answerback.json here, when there is one)");
  verb.add_option_function<std::string>("--data", setting("database", "sqlite:"), "Folder that holds all state");
  verb.add_option_function<std::string>("--listen", setting("listen"), "Address and port, like 127.0.0.1:8080");
  verb.add_option_function<std::string>("--flows", setting("flows"), "Folder with flow files, published at start");
}

std::optional<Config> configured(Command& command) {
  auto result = load_config({command.config_file, process_environment(), command.flags});
  for (const auto& issue : result.issues) print_err(flows::to_line(issue, result.file.empty() ? "configuration" : result.file));
  if (!flows::has_errors(result.issues)) return std::move(result.config);
  command.exit = exit_configuration;
  return std::nullopt;
}

}  // namespace answerback::server
