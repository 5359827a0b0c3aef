#include "server/config/config.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "server/config/settings.hpp"
#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace answerback;
using namespace answerback::server;
using Json = nlohmann::json;

namespace {

Json table(const std::string& name) { return Json::parse(tests::read_text(std::string(TESTS_DIR) + "/server/data/config/" + name)); }

// A table's case, loaded as a process would: its file in a folder of its own.
struct Loaded {
  explicit Loaded(const Json& row) {
    ConfigSources sources;
    sources.file = folder.path() + "/answerback.json";
    std::string text;
    for (const auto& line : row.value("file", std::vector<std::string>{"{}"})) text += line + "\n";
    folder.write("answerback.json", text);
    sources.environment = row.value("environment", std::map<std::string, std::string>{});
    sources.flags = row.value("flags", std::map<std::string, std::string>{});
    result = load_config(sources);
    for (const auto& issue : result.issues) UNSCOPED_INFO(flows::to_line(issue, "answerback.json") + "  at " + issue.pointer);
  }

  std::string origin(const std::string& key) const {
    const auto it = result.config.origins.find(key);
    if (it == result.config.origins.end()) return "";
    const auto file = folder.path() + "/answerback.json";
    return it->second.starts_with(file) ? "FILE" + it->second.substr(file.size()) : it->second;
  }

  tests::TemporaryFolder folder;
  ConfigResult result;
};

std::string value(const Config& config, const std::string& key) {
  for (const auto& setting : settings()) {
    if (setting.key == key) return setting.show(config);
  }
  return "(no such setting)";
}

bool is(const flows::Issue& issue, const Json& wanted) {
  return issue.code == wanted.value("code", issue.code) && issue.pointer == wanted.value("pointer", issue.pointer) &&
         issue.at.line == wanted.value("line", issue.at.line) && issue.message.find(wanted.value("says", "")) != std::string::npos;
}

ConfigResult load(const std::string& text, std::map<std::string, std::string> environment = {}) {
  Json row{{"file", Json::array({text})}, {"environment", std::move(environment)}};
  return Loaded(row).result;
}

}  // namespace

TEST_CASE("configurations that are accepted, with where each value came from") {
  for (const auto& row : table("accepted.json")) {
    INFO(row.at("name"));
    const Loaded loaded(row);
    CHECK(loaded.result.issues.empty());
    for (const auto& [key, wanted] : row.at("values").items()) CHECK(key + " = " + value(loaded.result.config, key) == key + " = " + wanted.get<std::string>());
    for (const auto& [key, wanted] : row.at("origins").items()) CHECK(key + " from " + loaded.origin(key) == key + " from " + wanted.get<std::string>());
  }
}

TEST_CASE("configurations that are refused, each problem with its place, all at once") {
  for (const auto& row : table("refused.json")) {
    INFO(row.at("name"));
    const Loaded loaded(row);
    CHECK(loaded.result.issues.size() == row.at("issues").size());
    for (const auto& wanted : row.at("issues")) {
      INFO(wanted.dump());
      const auto& issues = loaded.result.issues;
      CHECK(std::any_of(issues.begin(), issues.end(), [&](const auto& issue) { return is(issue, wanted); }));
    }
  }
}

TEST_CASE("a file that was asked for and can't be read is an error, the usual one may be missing") {
  tests::TemporaryFolder folder;
  ConfigSources sources;
  sources.file = folder.path() + "/nowhere.json";
  auto result = load_config(sources);
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues.front().code == "unreadable");
  sources.file = folder.path();
  result = load_config(sources);
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues.front().code == "unreadable");
}

TEST_CASE("every setting has a name in the environment that is its own and reads back what it shows") {
  std::set<std::string> names;
  for (const auto& setting : settings()) {
    INFO(setting.key);
    const auto name = environment_name(setting.key);
    CHECK(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos);
    CHECK(names.insert(name).second);
    const auto shown = setting.show(Config{});
    ConfigSources sources;
    sources.environment[name] = shown;
    const auto result = load_config(sources);
    CHECK(result.issues.empty());
    CHECK(setting.show(result.config) == shown);
    CHECK(result.config.origins.at(setting.key) == "environment");
  }
  CHECK(environment_name("webhooks.timeout") == "ANSWERBACK_WEBHOOKS_TIMEOUT");
}

TEST_CASE("a secret comes from the environment or from a file, whose last line break is no part of it") {
  tests::TemporaryFolder folder;
  const auto file = folder.write("key", "0123456789abcdef0\n");
  const auto from_file = load(R"({"admin_key": {"file": ")" + file + R"("}})");
  CHECK(from_file.issues.empty());
  CHECK(from_file.config.admin_key.reveal == "0123456789abcdef0");
  const auto from_environment = load(R"({"admin_key": {"env": "KEY"}})", {{"KEY", "fedcba9876543210"}});
  CHECK(from_environment.config.admin_key.reveal == "fedcba9876543210");
  const auto wins = load(R"({"admin_key": {"env": "KEY"}})", {{"KEY", "fedcba9876543210"}, {"ANSWERBACK_ADMIN_KEY", "aaaaaaaaaaaaaaaa"}});
  CHECK(wins.config.admin_key.reveal == "aaaaaaaaaaaaaaaa");
  CHECK(wins.config.origins.at("admin_key") == "environment");
}

TEST_CASE("secrets of flows are known by their names and never printed") {
  tests::TemporaryFolder folder;
  const auto file = folder.write("token", "Bearer fr0m-file\n");
  const auto result = load(R"({"secrets": {"crm_token": {"file": ")" + file + R"("}, "key_2": {"env": "KEY"}}})", {{"KEY", "fr0m-environment"}});
  CHECK(result.issues.empty());
  REQUIRE(result.config.secrets.size() == 2);
  CHECK(result.config.secrets.at("crm_token").value.reveal == "Bearer fr0m-file");
  CHECK(result.config.secrets.at("key_2").value.reveal == "fr0m-environment");
  for (const bool json : {false, true}) {
    const auto shown = print_config(result.config, json);
    CHECK(shown.find("secrets.crm_token") != std::string::npos);
    CHECK(shown.find("fr0m") == std::string::npos);
  }
}

TEST_CASE("senders and carriers are read as a whole") {
  const auto result = load(
      R"({"brand": "Acme", "senders": [{"number": "+15125550100", "brand": "Acme Roofing", "help_text": "Call us", "carrier": "twilio"}, {"number": "ACME"}],
          "carriers": {"default": "http", "http": {"url": "https://sms.example.org/out", "headers": {"x-tenant": "acme"}, "bearer": {"env": "B"}},
                       "twilio": {"account_sid": "AC1", "auth_token": {"env": "T"}, "public_url": "https://bot.example.org/", "replies": "rest"}}})",
      {{"B", "bearer-secret"}, {"T", "twilio-secret"}});
  REQUIRE(result.issues.empty());
  const auto& config = result.config;
  REQUIRE(config.engine.senders.size() == 2);
  CHECK(config.engine.senders.front().help_text == "Call us");
  CHECK(config.sender_carrier == std::map<std::string, std::string>{{"+15125550100", "twilio"}});
  REQUIRE(config.twilio);
  CHECK(config.twilio->public_url == "https://bot.example.org");
  CHECK(config.twilio->base_url == "https://api.twilio.com");
  CHECK_FALSE(config.twilio->replies_in_answer);
  REQUIRE(config.http);
  CHECK(config.http->headers.front().second == "acme");

  SECTION("what is printed shows all of it and no secret") {
    for (const bool json : {false, true}) {
      const auto shown = print_config(config, json);
      CHECK(shown.find("secret") == std::string::npos);
      CHECK(shown.find("***") != std::string::npos);
      CHECK(shown.find("https://sms.example.org/out") != std::string::npos);
      CHECK(shown.find("+15125550100 (Acme Roofing) by twilio") != std::string::npos);
      CHECK(shown.find("ACME (Acme) by http") != std::string::npos);
    }
  }
}

TEST_CASE("config print names every setting with its value and its origin") {
  const auto result = load("{}", {{"ANSWERBACK_LOG_LEVEL", "debug"}, {"ANSWERBACK_ADMIN_KEY", "0123456789abcdef"}});
  const auto printed = Json::parse(print_config(result.config, true));
  std::map<std::string, Json> by_key;
  for (const auto& line : printed) by_key[line.at("key")] = line;
  for (const auto& setting : settings()) CHECK(by_key.count(setting.key) == 1);
  CHECK(by_key.at("log.level") == Json{{"key", "log.level"}, {"value", "debug"}, {"origin", "environment"}});
  CHECK(by_key.at("listen").at("origin") == "default");
  CHECK(by_key.at("admin_key").at("value") == "***");
}

TEST_CASE("a secret says where it may go, and what is no host or header is named") {
  const auto result = load(R"({"secrets": {"crm": {"env": "KEY", "hosts": ["api.example.com", "crm.example:8443"], "headers": ["X-Key"]}, "old": {"env": "KEY"}}})", {{"KEY", "value"}});
  CHECK(result.issues.empty());
  CHECK(result.config.secrets.at("crm").hosts == std::vector<std::string>{"api.example.com", "crm.example:8443"});
  CHECK(result.config.secrets.at("crm").headers == std::vector<std::string>{"X-Key"});
  CHECK(result.config.secrets.at("old").hosts.empty());
  for (const std::string bad : {R"("hosts": [])", R"("hosts": ["https://api.example.com"])", R"("hosts": ["*"])", R"("hosts": "api.example.com")",
                                R"("headers": ["a b"])", R"("host": ["api.example.com"])"}) {
    INFO(bad);
    CHECK(flows::has_errors(load(R"({"secrets": {"crm": {"env": "KEY", )" + bad + "}}}", {{"KEY", "value"}}).issues));
  }
}

TEST_CASE("a file of authorities that can't be used is named with its key") {
  const tests::TemporaryFolder folder;
  const auto broken = folder.write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  for (const std::string& file : {std::string("/nonexistent/ca.pem"), folder.path(), broken, std::string("/dev/zero")}) {
    const auto result = load(R"({"webhooks": {"ca_file": ")" + file + R"("}})");
    INFO(file);
    REQUIRE(result.issues.size() == 1);
    CHECK(result.issues.front().pointer == "/webhooks/ca_file");
    CHECK(result.issues.front().message.find("webhooks.ca_file is \"" + file + "\", and that ") == 0);
  }
  CHECK(load(R"({"webhooks": {"ca_file": ""}})").issues.empty());
}

TEST_CASE("files that never end are given up") {
  ConfigSources sources;
  sources.file = "/dev/zero";
  CHECK(flows::has_errors(load_config(sources).issues));
  CHECK(flows::has_errors(load(R"({"admin_key": {"file": "/dev/zero"}})").issues));
}
