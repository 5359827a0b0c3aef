// A phone as an integer: the digits of its E.164 form, which is a far smaller key than the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace answerback::storage {

// Throws StoreError when the text is not "+" and 1 to 15 digits without a leading zero (ITU-T E.164, 6.1).
std::int64_t phone_digits(std::string_view e164);
std::string phone_text(std::int64_t digits);

}  // namespace answerback::storage
