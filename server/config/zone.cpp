#include "server/config/zone.hpp"

#include <date/tz.h>

namespace answerback::server {

namespace {

constexpr auto look_back = std::chrono::days(366);
constexpr auto look_ahead = std::chrono::days(3'660);
// Contacts name zones, and there are some 600; more names than this are forgotten again.
constexpr std::size_t max_clocks = 1'000;

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

ClockPtr clock_of(const date::time_zone& zone, engine::Instant made_at) {
  flows::LocalClock clock;
  clock.zone = zone.name();
  const auto end = made_at + look_ahead;
  for (auto at = engine::Instant(made_at - look_back); at < end;) {
    const auto info = zone.get_info(date::sys_time<std::chrono::milliseconds>(at.time_since_epoch()));
    clock.shifts.push_back({at, std::chrono::duration_cast<std::chrono::minutes>(info.offset)});
    if (info.end.time_since_epoch() >= std::chrono::duration_cast<std::chrono::seconds>(end.time_since_epoch())) break;
    at = engine::Instant(std::chrono::duration_cast<std::chrono::milliseconds>(info.end.time_since_epoch()));
  }
  return std::make_shared<const flows::LocalClock>(std::move(clock));
}

}  // namespace

bool is_zone(const std::string& name) { return find_zone(name) != nullptr; }

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return names;
}

Zones::Zones(const std::string& default_zone, engine::Instant made_at) : made_at_(made_at), default_(named(default_zone)) {
  if (!default_) default_ = std::make_shared<const flows::LocalClock>();
}

ClockPtr Zones::named(const std::string& zone) {
  const auto known = clocks_.find(zone);
  if (known != clocks_.end()) return known->second;
  const auto* found = find_zone(zone);
  if (clocks_.size() >= max_clocks) clocks_.clear();
  return clocks_.emplace(zone, found ? clock_of(*found, made_at_) : nullptr).first->second;
}

ClockPtr Zones::of(const engine::Contact& contact) {
  const auto* field = flows::find(contact.fields, "timezone");
  const auto* name = field ? std::get_if<std::string>(field) : nullptr;
  auto clock = name ? named(*name) : nullptr;
  return clock ? clock : default_;
}

}  // namespace answerback::server
