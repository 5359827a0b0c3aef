#include "server/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>

#include "flows/time.hpp"

namespace answerback::server {

namespace {

std::atomic<bool> as_json{true};

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("answerback");
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

std::string_view name(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  return "error";
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string timestamp() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return flows::to_iso8601(now);
}

// A value from outside must not start a line of its own.
std::string one_line(std::string text) {
  for (auto& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string to_json(LogLevel level, std::string_view event, LogFields fields) {
  nlohmann::ordered_json line{{"at", timestamp()}, {"level", name(level)}, {"event", event}};
  for (const auto& [key, value] : fields) line[std::string(key)] = value;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string to_line(LogLevel level, std::string_view event, LogFields fields) {
  auto line = fmt::format("{} {:<7} {}", timestamp(), name(level), event);
  for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, one_line(value));
  return line;
}

}  // namespace

void set_up_log(const std::string& level, const std::string& format) {
  as_json = format == "json";
  logger().set_level(level == "off" ? spdlog::level::off : level == "warning" ? spdlog::level::warn : spdlog::level::from_str(level));
}

void log(LogLevel level, std::string_view event, LogFields fields) {
  if (!logger().should_log(to_spdlog(level))) return;
  logger().log(to_spdlog(level), "{}", as_json ? to_json(level, event, fields) : to_line(level, event, fields));
}

}  // namespace answerback::server
