// One event of each type as it is really rendered, for the schemas' `examples` and whoever wants to see one.
#pragma once

#include <optional>
#include <string_view>

#include "webhooks/event.hpp"

namespace answerback::webhooks {

std::optional<RenderedEvent> example_event(std::string_view type);

}  // namespace answerback::webhooks
