#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>

#include "server/app.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/configured.hpp"
#include "server/data_folder.hpp"
#include "server/log/log.hpp"
#include "server/version.hpp"

namespace answerback::server {

namespace {

// Blocked before any thread starts, so that only `wait_for_end` ever sees them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

void wait_for_end(App& app, const sigset_t& signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) app.reload_flows();
}

std::string host_of(const std::string& listen) { return listen.substr(0, listen.rfind(':')); }

void serve(Command& command) {
  const auto config = configured(command);
  if (!config) return;
  const auto signals = block_signals();
  set_up_log(config->log_level, config->log_format);
  App app(*config);
  const auto port = app.start();
  log(LogLevel::info, "listening", {{"address", fmt::format("{}:{}", host_of(config->listen), port)}, {"version", std::string(version())}, {"data", config->data_folder()}});
  wait_for_end(app, signals);
  log(LogLevel::info, "draining", {});
  app.stop();
  log(LogLevel::info, "ended", {});
  settle_log();
}

}  // namespace

void add_serve(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("serve", "Run the server");
  add_config_options(*verb, command);
  verb->callback([&command] {
    try {
      serve(command);
    } catch (const UnfitFolder& unfit) {
      print_err(fmt::format("answerback: {}", unfit.what()));
      command.exit = exit_configuration;
    } catch (const std::exception& error) {
      print_err(fmt::format("answerback: {}", error.what()));
      command.exit = exit_failure;
    }
  });
}

}  // namespace answerback::server
