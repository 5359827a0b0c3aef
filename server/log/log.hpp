// Structured logs: one JSON object (or one plain line) per event on stderr. Full phone numbers, texts and secrets have no
// way in: a phone goes through `masked`, texts and secrets are never passed. Logging never waits: lines go through a bounded queue
// (log_writer.hpp), and what repeats is counted (log_repeats.hpp).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace answerback::server {

enum class LogLevel { debug, info, warning, error };

using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;

// `level` debug, info, warning, error, off; `format` json or text.
void set_up_log(const std::string& level, const std::string& format);

// Writes what waits, repeats' counts included; waits for stderr's reader at most two seconds.
void settle_log();

std::uint64_t log_lines_dropped();  // for want of a reader, since the start

void log(LogLevel level, std::string_view event, LogFields fields = {});

}  // namespace answerback::server
