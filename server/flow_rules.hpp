// The limits and reserved words by which this process judges flow files; the same for `check`, publishing and start.
#pragma once

#include "flows/load.hpp"

namespace answerback::server {

flows::FlowLimits flow_rules();

}  // namespace answerback::server
