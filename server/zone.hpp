// The local time of a contact: its `timezone` field when that names a zone, else the configured one.
#pragma once

#include <chrono>
#include <string>

#include "engine/model.hpp"

namespace answerback::server {

// Minutes east of UTC at this instant. Unknown names fall back to `default_zone`, unknown defaults to UTC.
std::chrono::minutes utc_offset(const engine::Contact& contact, engine::Instant at, const std::string& default_zone);

}  // namespace answerback::server
