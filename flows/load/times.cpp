#include "flows/load/times.hpp"

#include <fmt/format.h>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::string_view how_durations_look = "write one such as \"90s\", \"15m\", \"24h\" or \"3d\", at most 366 days";

// The text of a member that must be one; null when it is absent, or no text and reported.
const Json* duration_text(Loading& loading, Fields& fields, std::string_view name) {
  const auto* json = fields.any(name);
  if (json == nullptr || json->kind == Json::Kind::string) return json;
  loading.wrong_type({*json, fields.pointer_to(name)}, "a duration such as \"90s\", \"15m\", \"24h\" or \"3d\"");
  return nullptr;
}

void no_duration(Fields& fields, std::string_view name, std::string_view written) {
  fields.error(name, "bad_duration", fmt::format("\"{}\" is no duration, {}", written, how_durations_look));
}

}  // namespace

std::optional<Duration> read_duration(Loading& loading, Fields& fields, std::string_view name) {
  const auto* json = duration_text(loading, fields, name);
  if (json == nullptr) return std::nullopt;
  const auto duration = parse_duration(json->string);
  if (!duration) no_duration(fields, name, json->string);
  return duration;
}

std::optional<Duration> read_offset(Loading& loading, Fields& fields, std::string_view name) {
  const auto* json = duration_text(loading, fields, name);
  if (json == nullptr) return std::nullopt;
  std::string_view length = json->string;
  const bool back = length.starts_with('-');
  if (back || length.starts_with('+')) length.remove_prefix(1);
  const auto duration = parse_duration(length);
  if (!duration) no_duration(fields, name, json->string);
  return duration && back ? std::optional(-*duration) : duration;
}

// Midnight of that day in RFC 3339 is the same calendar, checked by the same reader; so are a day's times.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  const auto midnight = text.size() == 10 ? parse_iso8601(std::string(text) + "T00:00:00Z") : std::nullopt;
  if (!midnight) return std::nullopt;
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*midnight));
}

std::optional<Duration> parse_time_of_day(std::string_view text) {
  if (text == "24:00") return std::chrono::hours(24);
  const auto at = text.size() == 5 ? parse_iso8601("2000-01-01T" + std::string(text) + ":00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return *at - std::chrono::floor<std::chrono::days>(*at);
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
  const auto at = text.size() == 16 ? parse_iso8601(std::string(text) + ":00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return LocalTime(at->time_since_epoch());
}

}  // namespace answerback::flows
