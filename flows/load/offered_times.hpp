// Reads when a question offers something: `"weekdays": ["mon-fri"]`, `"between": ["08:00", "17:00"]`, `"hours": true` or open hours of
// its own.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `fields`: the options of a kind that has days (`weekdays`, `hours`) or times (`between`, `hours`).
enum class Offering : unsigned char { days, times, moments };
OfferedTimes read_offered_times(Loading& loading, Fields& fields, Offering what);

}  // namespace answerback::flows
