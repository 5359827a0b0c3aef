// Letter case in any script, one character at a time.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_lower_ascii(std::string_view text);  // A to Z only: names of hosts, headers and schemes

// "ANA MARÍA" and "ana maría" become "Ana María"; a word that mixes its case, "McDonald", keeps all but its first letter.
std::string to_title(std::string_view text);

}  // namespace answerback::flows
