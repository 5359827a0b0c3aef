// Reads the options of every kind of question but `choice`: bounds, countries, currencies, patterns.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `part` is what stands behind the kind's name: an object, or `true` for an empty one; a country for those that have one.
Expect read_options(Loading& loading, const std::string& kind, const Part& part);

}  // namespace answerback::flows
