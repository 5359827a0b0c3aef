#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "server/cli/cli.hpp"
#include "server/cli/configured.hpp"

namespace answerback::server {

void add_config(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("config", "Look at the configuration");
  verb->require_subcommand(1);
  auto* print = verb->add_subcommand("print", "Show every value and where it came from");
  add_config_options(*print, command);
  print->callback([&command] {
    if (const auto config = configured(command)) print_out(print_config(*config, command.json));
  });
}

}  // namespace answerback::server
