// What stands behind a kind's name in a flow, read by itself: the same reader, the same issues.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/expect.hpp"
#include "flows/load/load.hpp"

namespace answerback::flows {

struct LoadedExpect {
  std::optional<Expect> expect;  // nothing when any issue is an error
  std::vector<Issue> issues;
};

// `options` is JSON, places of issues are in it; empty = the kind by its name alone.
LoadedExpect load_expect(const std::string& kind, std::string_view options, const FlowLimits& limits = {});

}  // namespace answerback::flows
