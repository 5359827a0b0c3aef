// The configuration: file < environment < flags, every value with where it came from. An unknown key is an error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/decide.hpp"
#include "flows/issue.hpp"
#include "server/http/server.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::server {

// A value that must not be shown; it has no operator<< and prints as "***".
struct SecretValue {
  std::string reveal;
  bool empty() const { return reveal.empty(); }
};

// For the headers of flows' calls, and where these may take it. No hosts: see Secrets.
struct ConfiguredSecret {
  SecretValue value;
  std::vector<std::string> hosts;    // "api.example.com", with a port that one only
  std::vector<std::string> headers;  // none: any
};

struct TwilioConfig {
  std::string account_sid;
  SecretValue auth_token;
  std::string public_url;                          // how Twilio reaches this server, for signatures: "https://bot.example.org"
  std::string base_url = "https://api.twilio.com";
  bool replies_in_answer = true;                   // as TwiML; false: by the REST API
};

struct HttpCarrierConfig {
  std::string url;
  SecretValue bearer;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct Config {
  std::string listen = "127.0.0.1:8080";
  std::string database = "sqlite:data";            // "sqlite:FOLDER"
  std::string flows;                               // folder with flow files, "" = none
  SecretValue admin_key;
  engine::Settings engine;                         // senders, brand, consent
  std::string zone = "UTC";                        // local time of contacts that name none
  std::map<std::string, std::string> sender_carrier;  // number -> carrier
  std::string default_carrier = "log";
  std::optional<TwilioConfig> twilio;
  std::optional<HttpCarrierConfig> http;
  std::map<std::string, ConfiguredSecret> secrets;  // by the names that flows use in the headers of their calls
  webhooks::DispatcherOptions webhooks;
  webhooks::UrlRules url_rules;
  std::string ca_file;                             // authorities beside the system's, "" = none
  HttpLimits http_limits;
  std::uint64_t max_waiting = 20'000;
  std::uint64_t cache_mb = 64;
  flows::Duration retention{0};                    // 0 = for ever
  std::string log_level = "info";
  std::string log_format = "json";

  std::map<std::string, std::string> origins;      // "webhooks.timeout" -> "answerback.json:12", "environment", "flag"

  std::string data_folder() const;                 // of database
};

struct ConfigSources {
  std::string file;                                // "" = answerback.json in the working folder, when it is there
  std::map<std::string, std::string> environment;
  std::map<std::string, std::string> flags;        // dotted key -> text
};

struct ConfigResult {
  Config config;
  std::string file;                                // that was read, "" = none
  std::vector<flows::Issue> issues;
};

ConfigResult load_config(const ConfigSources& sources);

// Every value with its origin, secrets as ***.
std::string print_config(const Config& config, bool json);

std::map<std::string, std::string> process_environment();

}  // namespace answerback::server
