// Candidate days for dates that leave something out, and the arithmetic of days.
#pragma once

#include <chrono>
#include <vector>

#include "flows/understand/date_words.hpp"

namespace answerback::flows {

using Days = std::vector<std::chrono::sys_days>;

Days with_year(int year, unsigned month, unsigned day);                        // none when there is no such day
Days without_year(std::chrono::sys_days today, unsigned month, unsigned day);  // the two coming ones, then the past one
Days without_month(std::chrono::sys_days today, unsigned day);                 // the two coming ones, then the past one
int full_year(std::chrono::sys_days today, int two_digits);                    // 26 -> 2026, 85 -> 1985

// Jan 31 + 1 month = end of February. Working days are Monday to Friday.
std::chrono::sys_days shifted(std::chrono::sys_days from, int count, DateUnit unit);

std::chrono::sys_days first_of_month(std::chrono::sys_days day);
std::chrono::sys_days last_of_month(std::chrono::sys_days day);
std::chrono::sys_days monday_of(std::chrono::sys_days day);                        // a week begins on Monday (ISO 8601)
std::chrono::sys_days in_week_of(std::chrono::sys_days day, unsigned wanted);     // that day of the same week
std::chrono::sys_days coming_weekday(std::chrono::sys_days today, unsigned wanted);  // after today
std::chrono::sys_days past_weekday(std::chrono::sys_days today, unsigned wanted);    // before today

// "second monday": the n-th of the month that `month` lies in, from its end when n is negative. None when there are fewer.
Days nth_weekday(std::chrono::sys_days month, int n, unsigned wanted);
std::chrono::sys_days easter(int year);

}  // namespace answerback::flows
