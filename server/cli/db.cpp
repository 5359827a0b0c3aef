#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/cli/opened.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

void check(const Config& config, Command& command) {
  const auto store = open_store(config);
  if (!store) {
    print_err("answerback: a server holds the data folder; stop it, or check a backup of it");
    command.exit = exit_failure;
    return;
  }
  const auto problems = store->check();
  if (command.json) {
    print_out(Json{{"ok", problems.empty()}, {"problems", problems}}.dump(2) + "\n");
  } else {
    for (const auto& problem : problems) print_out(problem + "\n");
    if (problems.empty()) print_out("sound\n");
  }
  if (!problems.empty()) command.exit = exit_failure;
}

// The server writes its copy beside the store; from there it is moved to where the person wants it.
bool fetch_backup(const Config& config, Command& command, const std::string& file) {
  const auto made = ask_server(config, command, "POST", "/v1/backups", "{}");
  if (!made) return false;
  const auto copy = made->at("file").get<std::string>();
  std::error_code error;
  fs::rename(copy, file, error);
  if (!error) return true;
  fs::copy_file(copy, file, error);
  if (!error) fs::remove(copy, error);
  return !error;
}

void backup(const Config& config, Command& command, const std::string& file) {
  if (fs::exists(file)) {
    print_err(fmt::format("answerback: {} is there already; a backup never overwrites", file));
    command.exit = exit_failure;
    return;
  }
  if (const auto store = open_store(config)) {
    store->backup_to(file);
  } else if (!fetch_backup(config, command, file)) {
    if (command.exit == exit_ok) command.exit = exit_failure;
    return;
  }
  const auto bytes = fs::file_size(file);
  print_out(command.json ? Json{{"file", file}, {"bytes", bytes}}.dump() + "\n" : fmt::format("{} ({} bytes)\n", file, bytes));
}

}  // namespace

void add_db(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("db", "The store: check it, back it up");
  verb->require_subcommand(1);
  add_store_action(*verb, command, "check", "Say whether the store is sound", [&command](const Config& config) { check(config, command); });
  const auto file = std::make_shared<std::string>();
  auto* copy = add_store_action(*verb, command, "backup", "Write a consistent copy, also while the server runs",
                                [&command, file](const Config& config) { backup(config, command, *file); });
  copy->add_option("FILE", *file, "The copy")->required();
}

}  // namespace answerback::server
