// Drawings of a flow. The same flow gives the same bytes.
#pragma once

#include <string>

#include "flows/flow.hpp"

namespace answerback::flows {

std::string to_mermaid(const Flow& flow);

}  // namespace answerback::flows
