// Values as numbers: what comparisons and calculations see of them.
#pragma once

#include <optional>

#include "flows/value.hpp"

namespace answerback::flows {

// Wide enough for every std::int64_t and every double on the platforms that we build for.
using Number = long double;

// Of a number, an amount of money, a text that spells a number; nothing of anything else.
std::optional<Number> as_number(const Value& value);

}  // namespace answerback::flows
