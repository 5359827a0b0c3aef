// Reads what starts a flow, and what a contact may say at any time while it runs.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `triggers`, and `interrupts`, which may also stand beside it.
Triggers read_triggers(Loading& loading, Fields& flow);

// Needs the steps' names.
std::vector<Anytime> read_anytime(Loading& loading, Fields& flow);

}  // namespace answerback::flows
