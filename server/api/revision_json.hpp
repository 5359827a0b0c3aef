// What differs between two revisions as JSON, the same over the API and on the command line.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "flows/revisions.hpp"

namespace answerback::server {

// {"added", "removed", "changed": [{"step", "changes": [{"pointer", "before", "after", "text"}]}], "around": [changes]}
nlohmann::ordered_json to_json(const flows::Difference& difference);

}  // namespace answerback::server
