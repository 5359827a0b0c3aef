#include <fmt/format.h>

#include <algorithm>

#include "flows/fields.hpp"
#include "flows/phone/phone.hpp"
#include "flows/text/text.hpp"
#include "server/config/secrets.hpp"
#include "server/config/settings.hpp"
#include "webhooks/endpoint.hpp"
#include "webhooks/small_file.hpp"

extern char** environ;  // POSIX

namespace answerback::server {

namespace {

constexpr std::size_t max_config_bytes = 1'048'576;
constexpr std::size_t max_secret_bytes = 64 * 1024;
constexpr std::size_t max_senders = 1'000;
constexpr std::size_t max_secret_places = 100;
constexpr std::size_t max_secrets = 100;
constexpr std::size_t max_secret_name = 64;
constexpr std::size_t min_admin_key = 16;

bool is_secret_name(std::string_view name) {
  return !name.empty() && name.size() <= max_secret_name && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::optional<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  auto file = webhooks::read_small_file(path, max_bytes);
  return file.problem.empty() ? std::optional(std::move(file.text)) : std::nullopt;
}

// One configuration being put together.
class Loader {
 public:
  Loader(const ConfigSources& sources, ConfigResult& result) : sources_(sources), config_(result.config), result_(result) {}

  void run() {
    read_the_file();
    for (const auto& setting : settings()) from_environment(setting);
    if (const auto key = environment("ANSWERBACK_ADMIN_KEY")) set_admin_key(*key, "environment", {});
    for (const auto& [key, text] : sources_.flags) apply(key, text, "flag", "", {});
    check_carriers();
    auto issues = report_.take();
    result_.issues = std::move(issues);
  }

 private:
  std::optional<std::string> environment(const std::string& name) const {
    const auto it = sources_.environment.find(name);
    return it == sources_.environment.end() ? std::nullopt : std::optional(it->second);
  }

  void from_environment(const Setting& setting) {
    const auto name = environment_name(setting.key);
    if (const auto text = environment(name)) apply(setting.key, *text, "environment", name, {});
  }

  void apply(const std::string& key, const std::string& text, const std::string& origin, const std::string& pointer, flows::Position at) {
    for (const auto& setting : settings()) {
      if (setting.key != key) continue;
      if (const auto problem = setting.set(config_, text); !problem.empty()) {
        report_.error("invalid_value", fmt::format("{} {}", pointer.empty() || pointer[0] == '/' ? key : pointer, problem), pointer, at);
      }
      config_.origins[key] = origin;
    }
  }

  void read_the_file() {
    const auto name = sources_.file.empty() ? std::string("answerback.json") : sources_.file;
    const auto text = read_file(name, max_config_bytes);
    if (!text) {
      if (!sources_.file.empty()) report_.error("unreadable", fmt::format("{} can't be read", name), "", {});
      return;
    }
    result_.file = name;
    flows::JsonLimits limits;
    limits.max_bytes = max_config_bytes;
    limits.comments = true;
    const auto parsed = flows::parse_json(*text, limits);
    if (const auto* issue = std::get_if<flows::Issue>(&parsed)) {
      report_.error(issue->code, issue->message, issue->pointer, issue->at);
      return;
    }
    read_root(std::get<flows::Json>(parsed));
  }

  void read_root(const flows::Json& json) {
    flows::Fields root(json, "", report_);
    root.allow("$schema");
    for (const auto* section : {"consent", "webhooks", "limits", "retention", "log"}) {
      if (const auto* object = root.object(section)) read_section(*object, std::string(section) + ".", root.pointer_to(section));
    }
    read_plain(root, "");
    if (const auto* key = root.any("admin_key")) {
      const auto secret = read_secret(*key, "/admin_key");
      if (secret) set_admin_key(secret->reveal, origin(key->at), key->at);
    }
    if (const auto* senders = root.array("senders")) read_senders(*senders);
    if (const auto* carriers = root.object("carriers")) read_carriers(*carriers);
    if (const auto* secrets = root.object("secrets")) read_secrets(*secrets);
    root.done();
  }

  void read_section(const flows::Json& json, const std::string& prefix, const std::string& pointer) {
    flows::Fields fields(json, pointer, report_);
    read_plain(fields, prefix);
    fields.done();
  }

  // Every setting of the table that lies directly under `prefix`.
  void read_plain(flows::Fields& fields, const std::string& prefix) {
    for (const auto& setting : settings()) {
      if (!setting.key.starts_with(prefix)) continue;
      const auto name = setting.key.substr(prefix.size());
      if (name.find('.') != std::string::npos) continue;
      const auto* value = fields.any(name);
      if (!value) continue;
      if (const auto text = plain_text(*value)) {
        apply(setting.key, *text, origin(value->at), fields.pointer_to(name), value->at);
      } else {
        report_.error("wrong_type", fmt::format("{} must be a string, a number, true, false or a list of strings", setting.key),
                      fields.pointer_to(name), value->at);
      }
    }
  }

  static std::optional<std::string> plain_text(const flows::Json& value) {
    using Kind = flows::Json::Kind;
    if (value.kind == Kind::string) return value.string;
    if (value.kind == Kind::boolean) return value.boolean ? "true" : "false";
    if (value.kind == Kind::integer) return fmt::format("{}", value.integer);
    if (value.kind != Kind::array) return std::nullopt;
    std::vector<std::string> words;
    for (const auto& item : value.items) {
      if (item.kind != Kind::string) return std::nullopt;
      words.push_back(item.string);
    }
    return fmt::format("{}", fmt::join(words, ","));
  }

  std::string origin(flows::Position at) const { return fmt::format("{}:{}", result_.file, at.line); }

  // Where a flow may send it.
  void read_places(flows::Fields& fields, ConfiguredSecret& secret) {
    secret.hosts = fields.strings("hosts", max_secret_places).value_or(std::vector<std::string>{});
    secret.headers = fields.strings("headers", max_secret_places).value_or(std::vector<std::string>{});
    if (fields.has("hosts") && secret.hosts.empty()) fields.error("hosts", "invalid_value", "a secret without any host goes nowhere");
    for (const auto& host : secret.hosts)
      if (!is_secret_host(host)) fields.error("hosts", "invalid_value", fmt::format("\"{}\" is no host like api.example.com or api.example.com:8443", host));
    for (const auto& header : secret.headers)
      if (webhooks::header_problem(header, "x")) fields.error("headers", "invalid_value", fmt::format("\"{}\" is no header that a call may set", header));
  }

  std::optional<SecretValue> read_secret(const flows::Json& json, const std::string& pointer, ConfiguredSecret* places = nullptr) {
    if (json.kind != flows::Json::Kind::object) {
      report_.error("secret", R"(a secret does not stand in the file: give {"env": "NAME"} or {"file": "PATH"})", pointer, json.at);
      return std::nullopt;
    }
    flows::Fields fields(json, pointer, report_);
    const auto env = fields.string("env");
    const auto file = fields.string("file");
    if (places != nullptr) read_places(fields, *places);
    fields.done();
    if (env.has_value() == file.has_value()) {
      report_.error("secret", R"(give either {"env": "NAME"} or {"file": "PATH"})", pointer, json.at);
      return std::nullopt;
    }
    auto value = env ? environment(*env) : read_file(*file, max_secret_bytes);
    if (value && file) value = flows::trim(*value);
    if (value && !value->empty()) return SecretValue{*value};
    report_.error("secret", env ? fmt::format("the environment variable {} is not set", *env) : fmt::format("{} can't be read or is empty", *file),
                  pointer, json.at);
    return std::nullopt;
  }

  // For the headers of calls, so each must be able to stand in one.
  void read_secrets(const flows::Json& json) {
    if (json.members.size() > max_secrets) report_.error("limit", fmt::format("at most {} secrets", max_secrets), "/secrets", json.at);
    for (const auto& [name, name_at, value] : json.members) {
      const auto pointer = flows::pointer_append("/secrets", name);
      if (!is_secret_name(name)) report_.error("invalid_value", "a secret's name is 1 to 64 of a-z, 0-9 and _", pointer, name_at);
      ConfiguredSecret secret;
      const auto text = read_secret(value, pointer, &secret);
      if (!text) continue;
      secret.value = *text;
      if (webhooks::header_problem("authorization", text->reveal)) {
        report_.error("invalid_value", fmt::format("the secret {} can't stand in a header: too long, or a line break in it", name), pointer, value.at);
      }
      config_.secrets[name] = std::move(secret);
      config_.origins["secrets." + name] = origin(value.at);
    }
  }

  void set_admin_key(const std::string& key, const std::string& from, flows::Position at) {
    if (key.size() < min_admin_key) {
      report_.error("invalid_value", fmt::format("the admin key must have at least {} characters", min_admin_key), "/admin_key", at);
    }
    config_.admin_key = {key};
    config_.origins["admin_key"] = from;
  }

  void read_senders(const flows::Json& json) {
    if (json.items.size() > max_senders) report_.error("limit", fmt::format("at most {} senders", max_senders), "/senders", json.at);
    for (std::size_t i = 0; i < json.items.size(); ++i) read_sender(json.items[i], fmt::format("/senders/{}", i));
    config_.origins["senders"] = origin(json.at);
  }

  void read_sender(const flows::Json& json, const std::string& pointer) {
    flows::Fields fields(json, pointer, report_);
    engine::Sender sender;
    sender.number = fields.required_string("number");
    sender.brand = fields.string("brand").value_or("");
    sender.help_text = fields.string("help_text").value_or("");
    sender.opt_out_text = fields.string("opt_out_text").value_or("");
    sender.opt_in_text = fields.string("opt_in_text").value_or("");
    if (!sender.number.empty() && !flows::is_sender(sender.number)) fields.error("number", "invalid_value", "number must be E.164 like +15125550100, a short code or letters");
    if (const auto scope = fields.string("scope"); scope && *scope != "all") {
      fields.error("scope", "not_supported", "scopes other than \"all\" are not supported by this version");
    }
    if (const auto carrier = fields.string("carrier")) {
      if (*carrier != "log" && *carrier != "http" && *carrier != "twilio") fields.error("carrier", "invalid_value", "carrier must be one of log, http, twilio");
      config_.sender_carrier[sender.number] = *carrier;
    }
    fields.done();
    config_.engine.senders.push_back(std::move(sender));
  }

  void read_carriers(const flows::Json& json) {
    flows::Fields fields(json, "/carriers", report_);
    read_plain(fields, "carriers.");
    if (const auto* twilio = fields.object("twilio")) read_twilio(*twilio);
    if (const auto* http = fields.object("http")) read_http(*http);
    fields.done();
  }

  void check_url(flows::Fields& fields, const std::string& name, const std::string& url) {
    if (url.empty()) return;
    const auto verdict = webhooks::parse_url(url);
    if (!verdict.url) fields.error(name, "invalid_value", fmt::format("{}: {}", name, verdict.message));
  }

  void read_twilio(const flows::Json& json) {
    flows::Fields fields(json, "/carriers/twilio", report_);
    TwilioConfig twilio;
    twilio.account_sid = fields.required_string("account_sid");
    twilio.public_url = fields.required_string("public_url");
    if (const auto base = fields.string("base_url")) twilio.base_url = *base;
    const auto replies = fields.string("replies").value_or("twiml");
    if (replies != "twiml" && replies != "rest") fields.error("replies", "invalid_value", "replies must be twiml or rest");
    twilio.replies_in_answer = replies == "twiml";
    if (const auto* token = fields.any("auth_token")) {
      twilio.auth_token = read_secret(*token, "/carriers/twilio/auth_token").value_or(SecretValue{});
    } else {
      fields.missing("auth_token");
    }
    check_url(fields, "public_url", twilio.public_url);
    check_url(fields, "base_url", twilio.base_url);
    while (twilio.public_url.ends_with('/')) twilio.public_url.pop_back();
    while (twilio.base_url.ends_with('/')) twilio.base_url.pop_back();
    fields.done();
    config_.twilio = std::move(twilio);
    config_.origins["carriers.twilio"] = origin(json.at);
  }

  void read_http(const flows::Json& json) {
    flows::Fields fields(json, "/carriers/http", report_);
    HttpCarrierConfig http;
    http.url = fields.required_string("url");
    check_url(fields, "url", http.url);
    if (const auto* bearer = fields.any("bearer")) http.bearer = read_secret(*bearer, "/carriers/http/bearer").value_or(SecretValue{});
    if (const auto* headers = fields.object("headers")) {
      for (const auto& member : headers->members) read_header(member, http);
    }
    fields.done();
    config_.http = std::move(http);
    config_.origins["carriers.http"] = origin(json.at);
  }

  void read_header(const flows::JsonMember& member, HttpCarrierConfig& http) {
    const auto pointer = flows::pointer_append("/carriers/http/headers", member.key);
    if (member.value.kind != flows::Json::Kind::string) {
      report_.error("wrong_type", fmt::format("the header {} must be a string", member.key), pointer, member.value.at);
      return;
    }
    if (const auto problem = webhooks::header_problem(member.key, member.value.string)) {
      report_.error("invalid_value", *problem, pointer, member.key_at);
    }
    http.headers.emplace_back(member.key, member.value.string);
  }

  void check_carriers() {
    const auto need = [&](const std::string& carrier, const std::string& who) {
      const bool there = carrier == "log" || (carrier == "twilio" && config_.twilio) || (carrier == "http" && config_.http);
      if (!there) report_.error("required", fmt::format("{} uses the carrier {}, but carriers.{} is not configured", who, carrier, carrier), "/carriers", {});
    };
    need(config_.default_carrier, "carriers.default");
    for (const auto& [number, carrier] : config_.sender_carrier) need(carrier, fmt::format("the sender {}", number));
  }

  const ConfigSources& sources_;
  Config& config_;
  ConfigResult& result_;
  flows::Report report_;
};

}  // namespace

ConfigResult load_config(const ConfigSources& sources) {
  ConfigResult result;
  Loader(sources, result).run();
  return result;
}

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) found.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return found;
}

std::string Config::data_folder() const { return database.substr(std::string_view("sqlite:").size()); }

}  // namespace answerback::server
