// An endpoint's filter: a condition, written as in flows, over what an event is about.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "flows/condition.hpp"
#include "flows/issue.hpp"
#include "webhooks/event.hpp"

namespace answerback::webhooks {

// What a filter may name: flow, outcome, reason, campaign (its name). An event without one makes comparisons with it false.
// Everything wrong with a filter; the pointers are relative to the filter itself.
std::vector<flows::Issue> check_filter(std::string_view json);

// The compiled filter, or nothing when check_filter() would complain.
std::optional<flows::Condition> parse_filter(std::string_view json);

bool passes(const flows::Condition& filter, const RenderedEvent& event);

}  // namespace answerback::webhooks
