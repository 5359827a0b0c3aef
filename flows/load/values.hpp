// Reads the contact fields and variables that a flow declares.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `contact_fields`: a list of names, or an object of names with their types.
void read_contact_fields(Loading& loading, Fields& flow);

// `variables`: what `vars` begin with.
void read_variables(Loading& loading, Fields& flow);

}  // namespace answerback::flows
