// How verbs that work on a store get at it: opened here when nobody holds it, else through the server that does.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "server/cli/configured.hpp"
#include "server/data_folder.hpp"

namespace answerback::server {

// Null when another process holds the data folder.
std::unique_ptr<storage::Store> open_store(const Config& config, Missing missing = Missing::begins);

// Asks the server that holds it; problems are printed and set the exit code, then nothing.
std::optional<nlohmann::ordered_json> ask_server(const Config& config, Command& command, const std::string& method, const std::string& path,
                                                 const std::string& body);

// A subcommand with the configuration's options; a broken store is told to the person.
CLI::App* add_store_action(CLI::App& verb, Command& command, const char* name, const char* help, std::function<void(const Config&)> act);

}  // namespace answerback::server
