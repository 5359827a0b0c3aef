// Reads `wait`: a pause for a while, or until a time of day, a date, a value that holds one, or the next open hour.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

// `fields` is the step's object; the caller reports what is left over in it.
// `step`: its name, under which a reply is kept that is given no other.
Wait read_wait(Loading& loading, Fields& fields, const std::string& step);

}  // namespace answerback::flows
