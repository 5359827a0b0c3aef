// `answerback test --generate`: writes conversation tests that together take every branch of a flow.
#pragma once

#include <string>
#include <vector>

#include "server/cli/cli.hpp"

namespace answerback::server {

// For each flow file, or each in the folders: `FLOW.generated-1.test.json` … beside it, instead of those that were there.
void generate_tests(const std::vector<std::string>& paths, Command& command);

}  // namespace answerback::server
