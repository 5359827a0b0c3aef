// Dates, times and amounts as people in a text message write them, from the spelling in which answers are kept, in the language
// of a tag such as "es-MX" (English, Spanish, French; English for any other). A text that is none of these comes back unchanged.
// Only letters of the GSM alphabet are used, so that no value makes a text message longer (3GPP TS 23.038).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "flows/value.hpp"

namespace answerback::flows {

enum class DateStyle : unsigned char {
  usual,    // "March 2, 2026", "2 de marzo de 2026", "2 mars 2026"
  weekday,  // "Monday, March 2", "lunes 2 de marzo", "lundi 2 mars"
  full,     // "Monday, March 2, 2026", "lunes 2 de marzo de 2026", "lundi 2 mars 2026"
};
std::optional<DateStyle> parse_date_style(std::string_view word);  // "weekday", "full"; "" is the usual one

// Of "2026-03-02" and "2026-03-02T15:00:00-06:00".
std::string speak_date(std::string_view text, std::string_view language = "en", DateStyle style = DateStyle::usual);

// "15:00" and "2026-03-02T15:00:00-06:00" become "3:00 PM", "3:00 p. m." or "15:00": the hour as it is spelled, in the zone that
// it was given in.
std::string speak_time(std::string_view text, std::string_view language = "en");

// "1234.5" becomes "1,234.50", with USD "$1,234.50", with CHF "1,234.50 CHF" (ISO 4217 codes); in French "1 234,50 CHF". An amount
// that names its own currency, "1234.5 EUR", keeps it.
std::string speak_money(std::string_view number, std::string_view currency, std::string_view language = "en");

// "from 2:00 PM to 4:00 PM", "del 3 de marzo de 2026 al 5 de marzo de 2026", "à partir de 15:00": each end by `speak`.
std::string speak_range(const Range& range, const std::function<std::string(const Value&)>& speak, std::string_view language = "en");

// A value as a person would say it, by what its spelling shows: "March 2, 2026", "3:00 PM", "$1,234.50".
std::string speak_plainly(const Value& value, std::string_view language = "en");

}  // namespace answerback::flows
