#include "engine/decide/pauses.hpp"

#include <algorithm>

namespace answerback::engine {

namespace {

using flows::Duration;
using flows::Instant;
using flows::LocalTime;
using Kind = flows::Wait::Kind;

constexpr auto longest = std::chrono::days(366);
constexpr std::size_t date_bytes = 10;
constexpr std::size_t time_bytes = 5;

// The next time that the contact's wall shows this hour; today's when it is not over yet.
Instant next_time(Duration time_of_day, const PauseContext& context) {
  const auto today = flows::day_of(context.contact.local(context.now));
  const auto at = context.contact.instant(LocalTime(today) + time_of_day);
  return at > context.now ? at : context.contact.instant(LocalTime(today + std::chrono::days(1)) + time_of_day);
}

std::optional<LocalTime> local_time(const std::string& date_and_time) {
  const auto at = flows::parse_iso8601(date_and_time + "Z");
  return at ? std::optional(LocalTime(at->time_since_epoch())) : std::nullopt;
}

// A date is its midnight; "15:00" the next three o'clock; an instant with its offset is what it says.
std::optional<Instant> time_of(const flows::Value* value, const PauseContext& context) {
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  if (text == nullptr) return std::nullopt;
  if (text->size() == time_bytes) {
    const auto time = local_time("2000-01-01T" + *text + ":00");
    return time ? std::optional(next_time(flows::time_of_day(*time), context)) : std::nullopt;
  }
  if (text->size() == date_bytes) {
    const auto day = local_time(*text + "T00:00:00");
    return day ? std::optional(context.contact.instant(*day)) : std::nullopt;
  }
  return flows::parse_iso8601(*text);
}

std::optional<Instant> opening(Instant from, const PauseContext& context) {
  if (!context.hours) return std::nullopt;
  const auto open = context.hours->next_open(context.office.local(from));
  return open ? std::optional(std::max(from, context.office.instant(*open))) : std::nullopt;
}

std::optional<Instant> wanted(const flows::Wait& wait, const PauseContext& context) {
  switch (wait.kind) {
    case Kind::duration: return context.now + wait.duration;
    case Kind::time_of_day: return next_time(wait.duration, context);
    case Kind::date:
    case Kind::instant: return context.contact.instant(wait.local);
    case Kind::value: return time_of(context.lookup(wait.value), context);
    case Kind::open: return opening(context.now, context);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Instant> end_of_pause(const flows::Wait& wait, const PauseContext& context) {
  auto until = wanted(wait, context);
  if (!until) return std::nullopt;
  *until = std::clamp(*until + wait.offset, context.now, context.now + longest);
  if (wait.in_hours) until = opening(*until, context);
  return until ? std::optional(std::min(*until, context.now + longest)) : std::nullopt;
}

}  // namespace answerback::engine
