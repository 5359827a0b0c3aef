// The targets that a step can lead to: what the checks of the graph walk along.
#pragma once

#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

std::vector<const Target*> ways(const Step& step);

// Only those taken without a word from the contact: of a question, the way that silence takes.
std::vector<const Target*> ways_without_reply(const Step& step);

// The steps among the targets.
std::vector<StepIndex> steps_among(const std::vector<const Target*>& targets);

bool is_question(const Step& step);

}  // namespace answerback::flows
