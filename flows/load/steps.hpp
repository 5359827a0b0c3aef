// Reads the steps of a flow: each an object with one verb, linked to the others by index.
#pragma once

#include "flows/load/questions.hpp"

namespace answerback::flows {

// Makes the names known, so that a step may lead to a later one. False when there are none, or too many to read.
bool collect_steps(Loading& loading, const Part& steps);

void read_steps(Loading& loading, const Part& steps, const QuestionDefaults& defaults);

}  // namespace answerback::flows
