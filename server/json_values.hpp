// Contact fields from outside: an object of plain values.
#pragma once

#include <string>

#include "flows/fields.hpp"
#include "flows/value.hpp"

namespace answerback::server {

// Names are [a-z][a-z0-9_]{0,63}; values are strings up to 1,000 bytes, numbers, booleans or null. At most 100.
flows::Values read_values(const flows::Json& object, const std::string& pointer, flows::Report& report);

// A contact's fields as callers write them: {"first_name": "Ana"}, or the same under "fields".
flows::Values read_contact_fields(const flows::Json& object, const std::string& pointer, flows::Report& report);

}  // namespace answerback::server
