// Words of dates as data: months, days of the week, units and neighbours of today, in English, Spanish and French.
#pragma once

#include <optional>
#include <string_view>

namespace answerback::flows {

struct NamedPart {
  unsigned value = 0;
  bool sure = true;  // false: a slip of the hand ("wensday")
};

std::optional<NamedPart> month_named(std::string_view word);    // 1 to 12
std::optional<NamedPart> weekday_named(std::string_view word);  // 0 = Sunday
std::optional<int> days_from_today(std::string_view word);      // tomorrow is 1
unsigned ordinal_named(std::string_view word);                  // "fifth" is 5, "twentieth" is 20; 0 for none

enum class DateUnit : unsigned char { day, week, month, year };
std::optional<DateUnit> unit_named(std::string_view word);

}  // namespace answerback::flows
