#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/cli/opened.hpp"
#include "server/clock.hpp"
#include "server/http/auth.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const storage::ApiKey& key) {
  return {{"id", key.id}, {"label", key.label}, {"scopes", key.scopes}, {"created_at", webhooks::instant_json(key.created_at)},
          {"revoked_at", key.revoked_at ? webhooks::instant_json(*key.revoked_at) : Json()}};
}

void print_key(const Json& key, bool json) {
  if (json) return print_out(key.dump() + "\n");
  if (key.contains("key")) print_err("The key, shown this once:");
  print_out(key.contains("key") ? key["key"].get<std::string>() + "\n"
                                : fmt::format("{}  {:<20} {} {}\n", key["id"].get<std::string>(), key["label"].get<std::string>(),
                                              key["scopes"].dump(), key["revoked_at"].is_null() ? "" : "revoked"));
}

void create(const Config& config, Command& command, const std::string& label, const std::vector<std::string>& scopes) {
  SystemClock clock;
  if (const auto store = open_store(config)) {
    const auto made = make_api_key(label, scopes, clock.now());
    store->add_api_key(made.record);
    auto json = to_json(made.record);
    json["key"] = made.text;
    return print_key(json, command.json);
  }
  const auto made = ask_server(config, command, "POST", "/v1/keys", Json{{"label", label}, {"scopes", scopes}}.dump());
  if (made) print_key(*made, command.json);
}

void list(const Config& config, Command& command) {
  if (const auto store = open_store(config)) {
    for (const auto& key : store->api_keys()) print_key(to_json(key), command.json);
    return;
  }
  const auto found = ask_server(config, command, "GET", "/v1/keys", "");
  if (!found) return;
  for (const auto& key : found->value("data", Json::array())) print_key(key, command.json);
}

void revoke(const Config& config, Command& command, const std::string& id) {
  SystemClock clock;
  if (const auto store = open_store(config)) {
    if (store->revoke_api_key(id, clock.now())) return print_err(fmt::format("revoked {}", id));
    print_err(fmt::format("answerback: there is no key {}", id));
    command.exit = exit_not_found;
  } else if (ask_server(config, command, "DELETE", "/v1/keys/" + id, "")) {
    print_err(fmt::format("revoked {}", id));
  }
}

}  // namespace

void add_keys(CLI::App& app, Command& command) {
  struct Options {
    std::string label;
    std::vector<std::string> scopes;
    std::string id;
  };
  const auto options = std::make_shared<Options>();
  auto* verb = app.add_subcommand("keys", "API keys: create, list, revoke");
  verb->require_subcommand(1);
  auto* made = add_store_action(*verb, command, "create", "Make a key and show it once",
                          [&command, options](const Config& config) { create(config, command, options->label, options->scopes); });
  made->add_option("--label", options->label, "What it is for")->required();
  made->add_option("--scopes", options->scopes, "inbound, read, operate, admin")
      ->required()
      ->delimiter(',')
      ->check(CLI::IsMember({"inbound", "read", "operate", "admin"}));
  add_store_action(*verb, command, "list", "Show the keys, without their secrets", [&command](const Config& config) { list(config, command); });
  auto* gone = add_store_action(*verb, command, "revoke", "Make a key worthless", [&command, options](const Config& config) { revoke(config, command, options->id); });
  gone->add_option("ID", options->id, "The key's id")->required();
}

}  // namespace answerback::server
