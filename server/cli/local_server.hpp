// The running server on this machine, as verbs reach it that can't open a store which the server holds.
#pragma once

#include <optional>
#include <string>

#include "server/config/config.hpp"

namespace answerback::server {

struct LocalAnswer {
  int status = 0;    // 0 = nobody answered
  std::string body;
};

// One request to `config.listen` with the admin key of the configuration, over loopback.
LocalAnswer ask_local_server(const Config& config, const std::string& method, const std::string& path, const std::string& body);

}  // namespace answerback::server
