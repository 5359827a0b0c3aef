// A flow file's bytes -> a checked, linked flow, or every issue that it has, all at once.
#pragma once

#include <string_view>
#include <vector>

#include "flows/flow.hpp"
#include "flows/issue.hpp"

namespace answerback::flows {

struct FlowLimits {
  std::size_t max_bytes = 1'048'576;
  std::size_t max_steps = 1'000;
  std::size_t max_text_characters = 1'600;
};

struct LoadResult {
  FlowPtr flow;               // null when any issue is an error
  std::vector<Issue> issues;  // warnings too; by position
};

LoadResult load_flow(std::string_view source, const FlowLimits& limits = {});

}  // namespace answerback::flows
