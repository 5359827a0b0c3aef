// What can be judged only once the whole flow is read. Each adds its issues to the loading's report.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// Paths of texts and conditions: is there such an answer, variable, contact field?
void check_paths(Loading& loading);

// Steps that cannot be reached, ways round that never end. Needs a linked flow.
void check_graph(Loading& loading);

// The first text to a contact names the sender and the way out (CTIA Messaging Principles; carriers filter what does not).
void check_first_message(Loading& loading);

}  // namespace answerback::flows
