// Periods that have a name, as windows: parts of the day, weeks, weekends, months.
#pragma once

#include <optional>
#include <utility>

#include "flows/understand/date_words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/range_times.hpp"

namespace answerback::flows {

// What people mean by a part of the day who name no hour.
TimePair usual_window(DayPart part);

// "Morning", where no hour is said.
std::optional<TimePair> part_of_day(const Reply& reply, const ReplyContext& context);

// "Any time", "todo el día", "n'importe quand", where nothing else is said.
bool means_any_time(const Reply& reply);

struct DayPair {
  std::chrono::sys_days from, to;
};
// "Next week", "this weekend", "in march", where no day of them is said.
std::optional<DayPair> named_days(const Reply& reply, const ReplyContext& context);

}  // namespace answerback::flows
