#include "server/config/settings.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "flows/text/text.hpp"
#include "flows/time.hpp"
#include "webhooks/client/authorities.hpp"

namespace answerback::server {

namespace {

using Setter = std::function<std::string(Config&, const std::string&)>;
using Words = std::vector<std::string>;

template <class Get>
Setting text(std::string key, Get get) {
  return {std::move(key), [get](Config& config, const std::string& value) { get(config) = value; return std::string(); },
          [get](const Config& config) { return get(const_cast<Config&>(config)); }};
}

template <class Get>
Setting one_of(std::string key, Get get, Words words) {
  auto setting = text(std::move(key), get);
  setting.set = [get, words = std::move(words)](Config& config, const std::string& value) -> std::string {
    if (std::find(words.begin(), words.end(), value) == words.end()) return fmt::format("must be one of {}", fmt::join(words, ", "));
    get(config) = value;
    return "";
  };
  return setting;
}

template <class Get>
Setting flag(std::string key, Get get) {
  return {std::move(key),
          [get](Config& config, const std::string& value) -> std::string {
            if (value != "true" && value != "false") return "must be true or false";
            get(config) = value == "true";
            return "";
          },
          [get](const Config& config) { return std::string(get(const_cast<Config&>(config)) ? "true" : "false"); }};
}

template <class Get>
Setting count(std::string key, Get get, std::uint64_t min, std::uint64_t max) {
  return {std::move(key),
          [get, min, max](Config& config, const std::string& value) -> std::string {
            std::uint64_t number = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (error != std::errc{} || end != value.data() + value.size() || number < min || number > max) {
              return fmt::format("must be a whole number from {} to {}", min, max);
            }
            get(config) = static_cast<std::remove_reference_t<decltype(get(config))>>(number);
            return "";
          },
          [get](const Config& config) { return fmt::format("{}", get(const_cast<Config&>(config))); }};
}

template <class Get>
Setting duration(std::string key, Get get) {
  return {std::move(key),
          [get](Config& config, const std::string& value) -> std::string {
            const auto read = flows::parse_duration(value);
            if (!read) return "must be a duration like 90s, 15m, 24h or 3d";
            get(config) = *read;
            return "";
          },
          [get](const Config& config) { return flows::to_string(get(const_cast<Config&>(config))); }};
}

Words split(const std::string& text) {
  Words words;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find(',', begin), text.size());
    const auto word = flows::trim(std::string_view(text).substr(begin, end - begin));
    if (!word.empty()) words.push_back(word);
    begin = end + 1;
  }
  return words;
}

std::string set_schedule(Config& config, const std::string& value) {
  std::vector<flows::Duration> waits;
  for (const auto& word : split(value)) {
    const auto wait = flows::parse_duration(word);
    if (!wait) return fmt::format("\"{}\" is no duration like 5s or 2h", word);
    waits.push_back(*wait);
  }
  if (waits.empty() || waits.size() > 50) return "must hold 1 to 50 durations";
  config.webhooks.schedule.waits = std::move(waits);
  return "";
}

std::string show_schedule(const Config& config) {
  Words words;
  for (const auto wait : config.webhooks.schedule.waits) words.push_back(flows::to_string(wait));
  return fmt::format("{}", fmt::join(words, ","));
}

std::string set_cidrs(Config& config, const std::string& value) {
  auto cidrs = split(value);
  for (const auto& cidr : cidrs) {
    if (!webhooks::is_cidr(cidr)) return fmt::format("\"{}\" is no address range like 127.0.0.0/8", cidr);
  }
  config.url_rules.allow_cidrs = std::move(cidrs);
  return "";
}

std::string set_ca_file(Config& config, const std::string& value) {
  const auto problem = value.empty() ? "" : webhooks::client::authorities_problem(value);
  if (!problem.empty()) return fmt::format(R"(is "{}", and that {})", value, problem);
  config.ca_file = value;
  return "";
}

std::string set_database(Config& config, const std::string& value) {
  if (value.starts_with("postgres:") || value.starts_with("postgresql:")) return "PostgreSQL is not supported by this version; use \"sqlite:FOLDER\"";
  if (!value.starts_with("sqlite:") || value.size() == 7) return "must be \"sqlite:FOLDER\"";
  config.database = value;
  return "";
}

std::string set_zone(Config& config, const std::string& value) {
  try {
    date::locate_zone(value);
  } catch (const std::runtime_error&) {
    return fmt::format("\"{}\" is no time zone of the IANA database, like America/Chicago", value);
  }
  config.zone = value;
  return "";
}

std::string set_country(Config& config, const std::string& value) {
  static const Words known{"US", "CA", "GB", "ES", "FR", "MX"};
  if (std::find(known.begin(), known.end(), value) == known.end()) return fmt::format("must be one of {}", fmt::join(known, ", "));
  config.engine.country = value;
  return "";
}

std::string set_retention(Config& config, const std::string& value) {
  if (value == "forever") {
    config.retention = flows::Duration{0};
    return "";
  }
  const auto read = flows::parse_duration(value);
  if (!read || *read < std::chrono::hours(24 * 7)) return "must be \"forever\" or at least 7d";
  config.retention = *read;
  return "";
}

std::vector<Setting> make_settings() {
  constexpr std::uint64_t mib = 1024 * 1024;
  return {
      text("listen", [](Config& c) -> auto& { return c.listen; }),
      {"database", set_database, [](const Config& c) { return c.database; }},
      text("flows", [](Config& c) -> auto& { return c.flows; }),
      text("brand", [](Config& c) -> auto& { return c.engine.brand; }),
      {"country", set_country, [](const Config& c) { return c.engine.country; }},
      {"time_zone", set_zone, [](const Config& c) { return c.zone; }},
      {"consent.opt_out_reply",
       [](Config& c, const std::string& value) -> std::string {
         if (value != "engine" && value != "carrier") return "must be engine or carrier";
         c.engine.confirm_opt_out = value == "engine";
         return "";
       },
       [](const Config& c) { return std::string(c.engine.confirm_opt_out ? "engine" : "carrier"); }},
      {"webhooks.schedule", set_schedule, show_schedule},
      {"webhooks.allow_private_cidrs", set_cidrs, [](const Config& c) { return fmt::format("{}", fmt::join(c.url_rules.allow_cidrs, ",")); }},
      flag("webhooks.allow_http", [](Config& c) -> auto& { return c.url_rules.allow_http; }),
      duration("webhooks.timeout", [](Config& c) -> auto& { return c.webhooks.timeout; }),
      count("webhooks.requests_per_endpoint", [](Config& c) -> auto& { return c.webhooks.per_endpoint; }, 1, 64),
      count("webhooks.trip_after", [](Config& c) -> auto& { return c.webhooks.health.trip_after; }, 1, 1000),
      duration("webhooks.probe_pause", [](Config& c) -> auto& { return c.webhooks.health.pause; }),
      duration("webhooks.disable_after", [](Config& c) -> auto& { return c.webhooks.health.expire_after; }),
      {"webhooks.ca_file", set_ca_file, [](const Config& c) { return c.ca_file; }},
      count("limits.body_bytes", [](Config& c) -> auto& { return c.http_limits.max_body_bytes; }, 65'536, 64 * mib),
      count("limits.head_bytes", [](Config& c) -> auto& { return c.http_limits.max_head_bytes; }, 4'096, 65'536),
      count("limits.connections", [](Config& c) -> auto& { return c.http_limits.max_connections; }, 1, 1'000'000),
      count("limits.connections_per_peer", [](Config& c) -> auto& { return c.http_limits.max_connections_per_peer; }, 1, 1'000'000),
      duration("limits.head_timeout", [](Config& c) -> auto& { return c.http_limits.head_timeout; }),
      duration("limits.body_timeout", [](Config& c) -> auto& { return c.http_limits.body_timeout; }),
      duration("limits.idle_timeout", [](Config& c) -> auto& { return c.http_limits.idle_timeout; }),
      count("limits.answers_per_hour", [](Config& c) -> auto& { return c.engine.max_answers_per_hour; }, 1, 1'000'000),
      count("limits.waiting", [](Config& c) -> auto& { return c.max_waiting; }, 1, 1'000'000),
      count("limits.cache_mb", [](Config& c) -> auto& { return c.cache_mb; }, 1, 65'536),
      {"retention.finished", set_retention,
       [](const Config& c) { return c.retention.count() == 0 ? std::string("forever") : flows::to_string(c.retention); }},
      one_of("log.level", [](Config& c) -> auto& { return c.log_level; }, {"debug", "info", "warning", "error", "off"}),
      one_of("log.format", [](Config& c) -> auto& { return c.log_format; }, {"json", "text"}),
      one_of("carriers.default", [](Config& c) -> auto& { return c.default_carrier; }, {"log", "http", "twilio"}),
  };
}

}  // namespace

const std::vector<Setting>& settings() {
  static const auto table = make_settings();
  return table;
}

std::string environment_name(const std::string& key) {
  std::string name = "ANSWERBACK_";
  for (const char c : key) name.push_back(c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
  return name;
}

}  // namespace answerback::server
