// Reads what a flow says of itself: name, title, language, sender, hours, contact fields and variables of its own.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

void read_header(Loading& loading, Fields& flow);

}  // namespace answerback::flows
