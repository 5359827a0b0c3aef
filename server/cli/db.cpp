#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "flows/time.hpp"
#include "server/cli/opened.hpp"
#include "server/clock.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

// Null after it was said that a server is at work on it.
std::unique_ptr<storage::Store> open_idle_store(const Config& config, Command& command, const char* instead) {
  auto store = open_store(config, Missing::is_refused);
  if (store) return store;
  print_err(fmt::format("answerback: a server holds the data folder; stop it{}", instead));
  command.exit = exit_failure;
  return nullptr;
}

void check(const Config& config, Command& command) {
  const auto store = open_idle_store(config, command, ", or check a backup of it");
  if (!store) return;
  auto problems = store->check();
  const auto of_key = key_problem(config.data_folder(), *store);
  if (!of_key.empty()) problems.push_back(of_key);
  if (command.json) {
    print_out(Json{{"ok", problems.empty()}, {"problems", problems}}.dump(2) + "\n");
  } else {
    for (const auto& problem : problems) print_out(problem + "\n");
    if (problems.empty()) print_out("sound\n");
  }
  if (problems.empty()) return;
  command.exit = exit_failure;
  print_err("\"answerback db mend\" says what it can put into damaged rows");
}

std::string beside(const std::string& folder, flows::Instant now) {
  auto time = flows::to_iso8601(now);
  std::replace(time.begin(), time.end(), ':', '-');
  return fmt::format("{}/before-mend-{}.db", folder, time);
}

// Says what it would do, and with --yes does it, once a copy lies beside the store.
void mend(const Config& config, Command& command, bool yes) {
  const auto store = open_idle_store(config, command, "");
  if (!store) return;
  const auto now = SystemClock().now();
  auto rows = store->mend(now, false);
  const auto copy = yes && !rows.empty() ? beside(config.data_folder(), now) : std::string();
  if (!copy.empty()) {
    store->backup_to(copy);
    rows = store->mend(now, true);
  }
  if (command.json) return print_out(Json{{"mended", !copy.empty()}, {"rows", rows}, {"backup", copy.empty() ? Json() : Json(copy)}}.dump(2) + "\n");
  for (const auto& row : rows) print_out(row + "\n");
  if (rows.empty()) return print_err("no row is damaged");
  print_err(copy.empty() ? "nothing was written: say --yes to do this" : fmt::format("as it was before: {}", copy));
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
  if (const auto store = open_store(config, Missing::is_refused)) {
    store->backup_to(file);
  } else if (!fetch_backup(config, command, file)) {
    if (command.exit == exit_ok) command.exit = exit_failure;
    return;
  }
  const auto bytes = fs::file_size(file);
  print_out(command.json ? Json{{"file", file}, {"bytes", bytes}}.dump() + "\n" : fmt::format("{} ({} bytes)\n", file, bytes));
}

void adopt(const Config& config, Command& command) {
  const auto store = open_idle_store(config, command, "");
  if (!store) return;
  adopt_key(config.data_folder(), *store);
  print_err("the suppression.key in the data folder is this store's key from now on");
}

void make_new_key(const Config& config, Command& command, bool forget) {
  if (!forget) {
    print_err("answerback: with a new key, erased contacts who opted out are not known again and can be texted: say --forget-suppressions if that is meant");
    command.exit = exit_usage;
    return;
  }
  const auto store = open_idle_store(config, command, "");
  if (!store) return;
  const auto forgotten = replace_key(config.data_folder(), *store);
  print_err(fmt::format("made a new suppression.key; forgotten erased contacts who opted out: {}. Back the key up", forgotten));
}

void renew_identity(const Config& config, Command& command) {
  const auto store = open_idle_store(config, command, "");
  if (!store) return;
  store->mark_as_copy();
  print_err("the store takes itself for a copy when it is opened next, and gives ids of its own");
}

void add_repairs(CLI::App& verb, Command& command) {
  const auto yes = std::make_shared<bool>(false);
  auto* mended = add_store_action(verb, command, "mend", "Say what can be put into damaged rows, and with --yes put it there",
                                  [&command, yes](const Config& config) { mend(config, command, *yes); });
  mended->add_flag("--yes", *yes, "Do it; a copy of the store as it was is made first");
  add_store_action(verb, command, "adopt-key", "Say that the suppression.key in the folder is this store's", [&command](const Config& config) { adopt(config, command); });
  const auto forget = std::make_shared<bool>(false);
  auto* made = add_store_action(verb, command, "new-key", "Make a new suppression.key when the old one is lost for good",
                                [&command, forget](const Config& config) { make_new_key(config, command, *forget); });
  made->add_flag("--forget-suppressions", *forget, "Yes: erased contacts who opted out can be texted again");
  add_store_action(verb, command, "new-identity", "Give ids of its own to a store that was copied with its whole machine",
                   [&command](const Config& config) { renew_identity(config, command); });
}

}  // namespace

void add_db(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("db", "The store: check it, back it up, mend it and its key");
  verb->require_subcommand(1);
  add_store_action(*verb, command, "check", "Say whether the store is sound", [&command](const Config& config) { check(config, command); });
  const auto file = std::make_shared<std::string>();
  auto* copy = add_store_action(*verb, command, "backup", "Write a consistent copy, also while the server runs",
                                [&command, file](const Config& config) { backup(config, command, *file); });
  copy->add_option("FILE", *file, "The copy")->required();
  add_repairs(*verb, command);
}

}  // namespace answerback::server
