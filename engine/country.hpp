// Where a contact is at home: what their numbers without a calling code and their dates of figures alone are read by.
#pragma once

#include <string>

#include "engine/model.hpp"

namespace answerback::engine {

// The field `country` when it is an ISO 3166 code, "GB"; else that of the phone number; "" when neither says.
std::string country_of(const Contact& contact);

}  // namespace answerback::engine
