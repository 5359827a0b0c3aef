// The plain settings as a table: dotted key, how its text is read into Config, how it is shown. File, environment and
// flags all go through it, so that a setting exists in all three or in none.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/config/config.hpp"

namespace answerback::server {

struct Setting {
  std::string key;                                                    // "webhooks.timeout"
  std::function<std::string(Config&, const std::string&)> set;        // "" or what is wrong with the text
  std::function<std::string(const Config&)> show;
};

const std::vector<Setting>& settings();

// "webhooks.timeout" -> "ANSWERBACK_WEBHOOKS_TIMEOUT"
std::string environment_name(const std::string& key);

}  // namespace answerback::server
