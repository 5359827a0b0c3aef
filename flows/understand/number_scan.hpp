// Finds every number in a reply, in digits and in words.
#pragma once

#include <vector>

#include "flows/understand/reply.hpp"

namespace answerback::flows {

struct FoundNumber {
  double value = 0;
  std::size_t first = 0;  // tokens, both included
  std::size_t last = 0;
  bool sure = true;       // false for "over 10", "a couple", a comma that could be either
};

// Nothing when something in the reply looks like a number but is none: a date, a time, a version, a phone number.
std::vector<FoundNumber> scan_numbers(const Reply& reply, const ReplyContext& context);

}  // namespace answerback::flows
