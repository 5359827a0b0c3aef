// Ranges and windows: "between 2 and 4", "9-12", "2-3k", "mon or tue", "del 3 al 5 de marzo". Each end is read by the kind's
// own reader; here lies what joins two ends, and what one end lends to the other ("pm", "march", "k", "$").
#pragma once

#include "flows/understand/reply.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

// `single` is what the kind's reader made of the reply. Where that is nothing, two ends give the first one as a guess, and the second one
// offered beside it.
Understood with_ranges(const Expect& expect, const Reply& reply, const ReplyContext& context, Understood single);

}  // namespace answerback::flows
