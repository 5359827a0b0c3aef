// One comparison of a condition with the value that stands at its path. Total: what cannot be compared does not hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/condition.hpp"

namespace answerback::flows {

std::optional<Comparison::Operator> parse_operator(std::string_view word);
const std::vector<std::string>& operator_names();

// `value` is null when nothing is set there. Numbers compare as numbers, also when one side is text that spells one; money by its
// amount, but not with money of another currency; texts are equal when they fold alike, and stand in order by their bytes, which is right for
// ISO dates and times.
// `other`: the value that a comparison with a path compares with, null when nothing is set there; of no meaning to any other.
bool holds(const Comparison& comparison, const Value* value, const Value* other = nullptr);

std::string to_label(const Comparison& comparison);

}  // namespace answerback::flows
