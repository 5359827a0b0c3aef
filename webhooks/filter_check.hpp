// Whether an endpoint's filter can ever hold for the events that it subscribes to. A filter that never holds is a slip that nobody would
// notice: nothing comes, and nothing says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/issue.hpp"

namespace answerback::webhooks {

// Everything wrong with a filter, by itself (check_filter) and for these patterns; the pointers are relative to the filter.
std::vector<flows::Issue> check_filter_for(std::string_view json, const std::vector<std::string>& patterns);

}  // namespace answerback::webhooks
