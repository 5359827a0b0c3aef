#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "server/config/settings.hpp"

namespace answerback::server {

namespace {

struct Line {
  std::string key;
  std::string value;
};

std::string hidden(const SecretValue& secret) { return secret.empty() ? "" : "***"; }

void add_senders(const Config& config, std::vector<Line>& lines) {
  for (const auto& sender : config.engine.senders) {
    const auto carrier = config.sender_carrier.find(sender.number);
    lines.push_back({"senders", fmt::format("{} ({}) by {}", sender.number, sender.brand.empty() ? config.engine.brand : sender.brand,
                                            carrier == config.sender_carrier.end() ? config.default_carrier : carrier->second)});
  }
}

std::vector<Line> lines_of(const Config& config) {
  std::vector<Line> lines;
  for (const auto& setting : settings()) lines.push_back({setting.key, setting.show(config)});
  lines.push_back({"admin_key", hidden(config.admin_key)});
  add_senders(config, lines);
  if (config.twilio) {
    lines.push_back({"carriers.twilio", fmt::format("account_sid {} auth_token {} public_url {} base_url {} replies {}", config.twilio->account_sid,
                                                    hidden(config.twilio->auth_token), config.twilio->public_url, config.twilio->base_url,
                                                    config.twilio->replies_in_answer ? "twiml" : "rest")});
  }
  if (config.http) lines.push_back({"carriers.http", fmt::format("url {} bearer {}", config.http->url, hidden(config.http->bearer))});
  for (const auto& [name, secret] : config.secrets) {
    lines.push_back({"secrets." + name, hidden(secret.value)});
    lines.push_back({fmt::format("secrets.{}.hosts", name), fmt::format("{}", fmt::join(secret.hosts, ","))});
    lines.push_back({fmt::format("secrets.{}.headers", name), fmt::format("{}", fmt::join(secret.headers, ","))});
  }
  return lines;
}

}  // namespace

std::string print_config(const Config& config, bool json) {
  auto as_json = nlohmann::ordered_json::array();
  std::string text;
  for (const auto& [key, value] : lines_of(config)) {
    const auto it = config.origins.find(key);
    const auto origin = it == config.origins.end() ? std::string("default") : it->second;
    as_json.push_back({{"key", key}, {"value", value}, {"origin", origin}});
    text += fmt::format("{:<32} {:<40} {}\n", key, value.empty() ? "\"\"" : value, origin);
  }
  return json ? as_json.dump(2) + "\n" : text;
}

}  // namespace answerback::server
