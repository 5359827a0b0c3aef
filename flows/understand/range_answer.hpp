// Ranges where a question wants one (`"range": true`): two ends ("between 2 and 4"), one that is open ("after 3"), a part of the day,
// a week, or a single value, which is both ends.
#pragma once

#include "flows/understand/reply.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

// The value is a Range. A range is sure when it has one sensible reading: "2 to 4" is the afternoon, "7 to 9" may be the evening too.
Understood understand_range(const Expect& expect, const Reply& reply, const ReplyContext& context);

}  // namespace answerback::flows
