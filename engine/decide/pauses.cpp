#include "engine/decide/pauses.hpp"

#include <algorithm>

namespace answerback::engine {

namespace {

using flows::Duration;
using flows::Instant;
using flows::LocalTime;
using Kind = flows::Wait::Kind;

constexpr auto longest = std::chrono::days(366);
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

// A date is its midnight; "15:00" the next three o'clock; an instant with its offset is what it says, one without is the contact's.
std::optional<Instant> written_time(const std::string& text, const PauseContext& context) {
  if (text.size() == time_bytes) {
    const auto time = local_time("2000-01-01T" + text + ":00");
    return time ? std::optional(next_time(flows::time_of_day(*time), context)) : std::nullopt;
  }
  if (const auto instant = flows::parse_iso8601(text)) return instant;
  for (const auto* rest : {"", ":00", "T00:00:00"}) {
    if (const auto local = local_time(text + rest)) return context.contact.instant(*local);
  }
  return std::nullopt;
}

// A date as machines write it; wrong in itself it is not to be read for the hour in it.
bool is_like_iso8601(const std::string& text) { return text.size() > 7 && text[4] == '-' && text[7] == '-'; }

// Anything else is read as if the contact had replied so.
std::optional<Instant> spoken_time(const std::string& text, const PauseContext& context) {
  if (is_like_iso8601(text)) return std::nullopt;
  for (const flows::Expect& expect : {flows::Expect(flows::ExpectDateTime{}), flows::Expect(flows::ExpectDate{}), flows::Expect(flows::ExpectTime{})}) {
    const auto understood = flows::understand(expect, text, context.reply);
    const auto* value = understood.value ? std::get_if<std::string>(&*understood.value) : nullptr;
    if (value != nullptr) return written_time(*value, context);
  }
  return std::nullopt;
}

std::optional<Instant> time_of(const flows::Value* value, const PauseContext& context) {
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  if (text == nullptr || text->empty()) return std::nullopt;
  const auto written = written_time(*text, context);
  return written ? written : spoken_time(*text, context);
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
