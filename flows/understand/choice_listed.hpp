// Replies to choices that come from a list, which nobody could give synonyms: "monday" for "Monday 9:00", "3:30 pm" for "15:30".
#pragma once

#include "flows/understand/choice_match.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

// The one entry that has all the words of the reply, or its time; of several the first, unsure, with the others.
Understood understand_listed(const ExpectChoice& expect, const ChoiceReply& reply, const ReplyContext& context);

}  // namespace answerback::flows
