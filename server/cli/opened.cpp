#include "server/cli/opened.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "server/cli/local_server.hpp"

namespace answerback::server {

using Json = nlohmann::ordered_json;

std::unique_ptr<storage::Store> open_store(const Config& config, Missing missing) {
  try {
    return open_data_folder(config.data_folder(), config.cache_mb << 20, missing);
  } catch (const storage::StoreLocked&) {
    return nullptr;
  }
}

std::optional<Json> ask_server(const Config& config, Command& command, const std::string& method, const std::string& path, const std::string& body) {
  const auto answer = ask_local_server(config, method, path, body);
  if (answer.status >= 200 && answer.status < 300) return Json::parse(answer.body.empty() ? "{}" : answer.body, nullptr, false);
  command.exit = answer.status == 404 ? exit_not_found : exit_failure;
  if (answer.status == 0) {
    print_err(fmt::format("answerback: the data folder is in use, but no server answers at {}", config.listen));
  } else if (answer.status == 401) {
    print_err("answerback: a server holds the data folder and wants the admin key; set ANSWERBACK_ADMIN_KEY");
  } else {
    const auto problem = Json::parse(answer.body, nullptr, false);
    print_err(fmt::format("answerback: the server says {} {}", answer.status, problem.is_object() ? problem.value("detail", "") : ""));
  }
  return std::nullopt;
}

CLI::App* add_store_action(CLI::App& verb, Command& command, const char* name, const char* help, std::function<void(const Config&)> act) {
  auto* action = verb.add_subcommand(name, help);
  add_config_options(*action, command);
  action->callback([&command, act = std::move(act)] {
    const auto config = configured(command);
    if (!config) return;
    try {
      act(*config);
    } catch (const storage::StoreMissing& missing) {
      print_err(fmt::format("answerback: there is no store: {}", missing.what()));
      command.exit = exit_not_found;
    } catch (const storage::StoreError& error) {
      print_err(fmt::format("answerback: {}", error.what()));
      command.exit = exit_failure;
    } catch (const UnfitFolder& unfit) {
      print_err(fmt::format("answerback: {}", unfit.what()));
      command.exit = exit_configuration;
    }
  });
  return action;
}

}  // namespace answerback::server
