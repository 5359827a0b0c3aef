// Which country a phone number belongs to, by its calling code; in North America by its area code.
#pragma once

#include <string_view>

namespace answerback::flows {

// The ISO 3166 code, "GB" of "+447700900123"; "" when nobody knows, and for numbers of no country. Where several share a calling code the
// largest of them.
std::string_view country_of_phone(std::string_view e164);

}  // namespace answerback::flows
