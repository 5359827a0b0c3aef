// Dates, times and amounts as people in a text message write them, from the spelling in which answers are kept. English.
// A text that is none of these comes back unchanged.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

// "2026-03-02" and "2026-03-02T15:00:00-06:00" become "March 2, 2026".
std::string speak_date(std::string_view text);

// "15:00" and "2026-03-02T15:00:00-06:00" become "3:00 PM": the hour as it is spelled, in the zone that it was given in.
std::string speak_time(std::string_view text);

// "1234.5" becomes "1,234.50", with USD "$1,234.50", with CHF "1,234.50 CHF" (ISO 4217 codes).
std::string speak_money(std::string_view number, std::string_view currency);

}  // namespace answerback::flows
