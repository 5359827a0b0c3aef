// The JSON Schema (draft 2020-12) of each event type, as served at /schemas/events/<type>.v1.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace answerback::webhooks {

std::optional<std::string> event_schema(std::string_view type);

}  // namespace answerback::webhooks
