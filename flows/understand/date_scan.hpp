// Finds every date in a reply. A date without a year, or with day and month in doubt, comes as several candidates.
#pragma once

#include <chrono>
#include <vector>

#include "flows/understand/reply.hpp"

namespace answerback::flows {

struct FoundDate {
  std::vector<std::chrono::sys_days> candidates;  // likeliest first
  std::size_t first = 0;                          // tokens, both included
  std::size_t last = 0;
  bool sure = true;
  bool several = false;  // more days follow: "March 2 or 3"
  bool weekday = false;  // only a day of the week, which may go with a full date: "Friday, March 6"
};

std::vector<FoundDate> scan_dates(const Reply& reply, const ReplyContext& context);

}  // namespace answerback::flows
