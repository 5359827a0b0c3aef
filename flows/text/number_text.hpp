// Numbers in the form that every reader of JSON keeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace answerback::flows {

// Every reader of JSON keeps 15 digits of a number and no more (RFC 8259 section 6: numbers are doubles to most). What has more is no
// number but a name made of digits, and is kept as a text.
inline constexpr std::size_t max_significant_digits = 15;
bool keeps_its_digits(std::int64_t value);
bool keeps_its_digits(double value);

// The one spelling that JSON.parse and JSON.stringify keep (ECMA-262, Number::toString): 12, 0.5, 1e+21; 0 for -0, "null" for what is no
// number.
std::string number_text(double value);

}  // namespace answerback::flows
