#include "server/log/log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>

#include "flows/time.hpp"
#include "server/log/log_repeats.hpp"
#include "server/log/log_writer.hpp"

namespace answerback::server {

namespace {

using LogFieldList = std::vector<std::pair<std::string_view, std::string>>;

constexpr std::chrono::seconds reader_patience{2};

std::string_view name(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  return "error";
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

std::string to_json(LogLevel level, std::string_view event, const LogFieldList& fields) {
  nlohmann::ordered_json line{{"at", timestamp()}, {"level", name(level)}, {"event", event}};
  for (const auto& [key, value] : fields) line[std::string(key)] = value;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string to_line(LogLevel level, std::string_view event, const LogFieldList& fields) {
  auto line = fmt::format("{} {:<7} {}", timestamp(), name(level), event);
  for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, one_line(value));
  return line;
}

// All that makes a line the same as another: not whose request it was, since a caller may choose that.
std::string sameness(LogLevel level, std::string_view event, const LogFieldList& fields) {
  auto text = fmt::format("{} {}", name(level), event);
  for (const auto& [key, value] : fields)
    if (key != "request") text.append("\n").append(key).append("=").append(value);
  return text;
}

class Log {
 public:
  void set_up(const std::string& level, const std::string& format) {
    settle();
    is_json_ = format == "json";
    least_ = level == "off" ? off : level == "debug" ? LogLevel::debug : level == "info" ? LogLevel::info : level == "warning" ? LogLevel::warning : LogLevel::error;
  }

  void say(LogLevel level, std::string_view event, const LogFieldList& fields) {
    if (level < least_) return;
    {
      const std::scoped_lock lock(mutex_);
      if (!repeats_.admit(std::string(event), sameness(level, event, fields), std::chrono::steady_clock::now())) return;
    }
    write(level, event, fields);
  }

  std::uint64_t dropped() const { return writer_.dropped(); }

  // Counts what was held back and waits, within bounds, for the reader.
  void settle() {
    std::unique_lock lock(mutex_);
    const auto repeated = repeats_.take_all();
    lock.unlock();
    tell(repeated);
    writer_.flush(reader_patience);
  }

 private:
  static constexpr auto off = static_cast<LogLevel>(static_cast<int>(LogLevel::error) + 1);

  void write(LogLevel level, std::string_view event, const LogFieldList& fields) {
    writer_.push((is_json_ ? to_json(level, event, fields) : to_line(level, event, fields)) + "\n");
  }

  void tell(const std::vector<LogRepeats::Repeated>& repeated) {
    if (least_ > LogLevel::warning) return;
    for (const auto& each : repeated) write(LogLevel::warning, "repeated", {{"of", each.event}, {"count", std::to_string(each.count)}});
  }

  void tick() {
    std::unique_lock lock(mutex_);
    const auto repeated = repeats_.take_over(std::chrono::steady_clock::now());
    lock.unlock();
    tell(repeated);
    const auto dropped = writer_.dropped();
    if (dropped == told_dropped_ || least_ > LogLevel::warning) return;
    write(LogLevel::warning, "log_lines_dropped", {{"count", std::to_string(dropped - told_dropped_)}, {"why", "stderr was not read in time"}});
    told_dropped_ = dropped;
  }

  std::atomic<bool> is_json_{true};
  std::atomic<LogLevel> least_{LogLevel::info};
  std::mutex mutex_;
  LogRepeats repeats_;
  std::uint64_t told_dropped_ = 0;  // the writer's thread alone
  LogWriter writer_{STDERR_FILENO, [this] { tick(); }};
};

Log& the_log() {
  static Log instance;
  return instance;
}

}  // namespace

void set_up_log(const std::string& level, const std::string& format) { the_log().set_up(level, format); }

void settle_log() { the_log().settle(); }

std::uint64_t log_lines_dropped() { return the_log().dropped(); }

void log(LogLevel level, std::string_view event, LogFields fields) {
  try {
    the_log().say(level, event, fields);
  } catch (const std::exception&) {
    // No memory for a line: whatever it tells of must go on.
  }
}

}  // namespace answerback::server
