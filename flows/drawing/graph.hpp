// Drawings in the formats that people look at. The same drawing gives the same bytes; whatever an author wrote stays text.
#pragma once

#include <string>

#include "flows/drawing/drawing.hpp"

namespace answerback::flows {

std::string to_mermaid(const Drawing& drawing);
std::string to_dot(const Drawing& drawing);
std::string to_svg(const Drawing& drawing);  // complete, with a layout of its own

}  // namespace answerback::flows
