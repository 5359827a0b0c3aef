#include "server/zone.hpp"

#include <date/tz.h>

namespace answerback::server {

namespace {

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::chrono::minutes utc_offset(const engine::Contact& contact, engine::Instant at, const std::string& default_zone) {
  const auto* field = flows::find(contact.fields, "timezone");
  const auto* named = field ? std::get_if<std::string>(field) : nullptr;
  if (!named && default_zone == "UTC") return std::chrono::minutes{0};
  const auto* zone = named ? find_zone(*named) : nullptr;
  if (!zone) zone = find_zone(default_zone);
  if (!zone) return std::chrono::minutes{0};
  const auto info = zone->get_info(date::sys_time<std::chrono::milliseconds>(at.time_since_epoch()));
  return std::chrono::duration_cast<std::chrono::minutes>(info.offset);
}

}  // namespace answerback::server
