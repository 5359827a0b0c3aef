// How verbs that need the configuration get it.
#pragma once

#include <optional>

#include "server/cli/cli.hpp"
#include "server/config/config.hpp"

namespace answerback::server {

// --config, --data and the flags that stand for settings.
void add_config_options(CLI::App& verb, Command& command);

// File, environment and flags read; problems are printed and the exit code is set, then nothing.
std::optional<Config> configured(Command& command);

}  // namespace answerback::server
