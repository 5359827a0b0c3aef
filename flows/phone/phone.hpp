// Phone numbers in E.164. "Possible" is enough: an inbound text is never dropped because a table is old.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace answerback::flows {

// "+15125550142" from "+1 (512) 555-0142", "512-555-0142" (country "US") and the like; nothing when it can't be one.
// Countries known for national spelling: US CA GB ES FR MX. Short codes (3 to 6 digits) are not phones.
std::optional<std::string> parse_phone(std::string_view text, std::string_view country);

// "(512) 555-0142" for NANP numbers, else E.164 as it is.
std::string format_phone(std::string_view e164);

// "+1******42": what may stand in a log.
std::string mask_phone(std::string_view e164);

// A sender may also be a short code ("72345") or letters ("ACME").
bool is_sender(std::string_view text);

}  // namespace answerback::flows
