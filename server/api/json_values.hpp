// Contact fields from outside: an object of plain values.
#pragma once

#include <string>

#include "engine/stimulus.hpp"
#include "flows/fields.hpp"
#include "flows/value.hpp"

namespace answerback::server {

// Names are [a-z][a-z0-9_]{0,63}; values are strings up to 1,000 bytes, numbers, booleans or null. At most 100.
flows::Values read_values(const flows::Json& object, const std::string& pointer, flows::Report& report);

// What callers tell of a contact.
struct ContactGiven {
  flows::Values fields;
  engine::References references;
};

// The members "external_id" and "source" of an object: texts of at most 128 bytes or whole numbers; null and "" take them away.
engine::References read_references(const flows::Json& object, const std::string& pointer, flows::Report& report);

// A contact as callers write it: {"first_name": "Ana", "external_id": "crm-7"}, or with the fields under "fields".
ContactGiven read_contact(const flows::Json& object, const std::string& pointer, flows::Report& report);

}  // namespace answerback::server
