// The configuration: file < environment < flags, every value with where it came from. An unknown key is an error.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide.hpp"
#include "flows/issue.hpp"
#include "server/http/server.hpp"
#include "webhooks/dispatcher.hpp"

namespace answerback::server {

// A value that must not be shown. Has no operator<< and prints as "***".
struct SecretValue {
  std::string reveal;
  std::string origin;  // "env NAME", "file PATH"
  bool empty() const { return reveal.empty(); }
};

struct TwilioConfig {
  std::string account_sid;
  SecretValue auth_token;
  std::string public_url;                          // where Twilio reaches /v1, for signatures: "https://bot.example.org"
  std::string base_url = "https://api.twilio.com";
  bool replies_in_answer = true;                   // TwiML; false: by the REST API
};

struct HttpCarrierConfig {
  std::string url;
  SecretValue bearer;
  std::map<std::string, std::string> headers;
};

struct Config {
  std::string listen = "127.0.0.1:8080";
  std::string database = "sqlite:data";            // "sqlite:DIR"
  std::string flows;                               // folder, "" = none
  SecretValue admin_key;
  engine::Settings engine;                         // senders, brand, consent
  std::string zone = "UTC";                        // local time of contacts that name none
  std::map<std::string, std::string> sender_carrier;  // number -> carrier
  std::string default_carrier = "log";
  std::optional<TwilioConfig> twilio;
  std::optional<HttpCarrierConfig> http;
  webhooks::DispatcherOptions webhooks;
  webhooks::UrlRules url_rules;
  HttpLimits http_limits;
  std::size_t max_waiting = 20'000;
  std::size_t cache_mb = 64;
  std::chrono::hours retention{0};                 // 0 = for ever
  std::string log_level = "info";
  std::string log_format = "json";                 // json, text

  std::map<std::string, std::string> origins;      // "webhooks.timeout" -> "file answerback.json:12"
};

// `flags`: dotted key -> text, from the command line.
struct ConfigSources {
  std::string file;                                // "" = answerback.json in the working folder when it is there
  std::map<std::string, std::string> environment;  // only ANSWERBACK_… and what {"env"} names
  std::map<std::string, std::string> flags;
};

struct ConfigResult {
  Config config;
  std::string file;
  std::vector<flows::Issue> issues;
};

ConfigResult load_config(const ConfigSources& sources);

// Every value with its origin, secrets as ***; `json` for machines.
std::string print_config(const Config& config, bool json);

std::map<std::string, std::string> process_environment();

}  // namespace answerback::server
