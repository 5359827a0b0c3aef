// Characters that word processors put into texts in place of plain ones, and that an SMS can only send at more than twice the price.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

// The character of GSM-7 that looks alike; "" for one that nobody sees; nothing when there is none.
std::optional<std::string_view> plain_for(std::string_view character);

// The different characters of the text that GSM-7 (3GPP 23.038) does not have, in order.
std::vector<std::string_view> beyond_gsm7(std::string_view text);

// The text with look-alikes in place of what has one.
std::string made_plain(std::string_view text);

}  // namespace answerback::flows
