// Why a reply is no answer to a question, for a reply that `understand` gave no value for.
#pragma once

#include "flows/expect.hpp"
#include "flows/refusal.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

// What the same question would understand without its bounds tells which of them is in the way.
Refusal why_refused(const Expect& expect, std::string_view reply, const ReplyContext& context);

}  // namespace answerback::flows
