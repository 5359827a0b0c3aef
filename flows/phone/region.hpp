// How a language's country writes numbers and dates, from its tag ("es-MX"). Source: CLDR 42.
#pragma once

#include <string_view>

namespace answerback::flows {

std::string_view primary_language(std::string_view tag);  // "es" of "es-MX"
bool has_decimal_comma(std::string_view tag);             // "1.234,50"
bool puts_month_first(std::string_view tag);              // 3/15, "March 15"
// The same for somebody of that country ("GB"; "" = not known), which counts where the tag names none.
bool puts_month_first(std::string_view tag, std::string_view country);
bool has_12_hours(std::string_view tag);                  // "3:00 PM"

}  // namespace answerback::flows
