// Words that leave one end of a range open, as data and as found in a reply: "after 3", "up to 10", "9 or later", "5+".
#pragma once

#include <string_view>
#include <vector>

#include "flows/understand/reply.hpp"

namespace answerback::flows {

// What a reply limits, and on which side.
struct SaidBound {
  bool is_lower = false;  // "after", "at least": the range begins there
  std::string_view said;  // of the raw reply: what is read for the value
  bool is_behind_it = false;  // "after lunch" begins at its end
};

// `of_times`: "before" and "by" limit times, "more than" and "max" amounts; some words do both. Few, in the order of the reply.
std::vector<SaidBound> said_bounds(const Reply& reply, bool of_times);

}  // namespace answerback::flows
