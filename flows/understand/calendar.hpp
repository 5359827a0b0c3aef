// Candidate days for dates that leave something out.
#pragma once

#include <chrono>
#include <vector>

#include "flows/understand/date_words.hpp"

namespace answerback::flows {

using Days = std::vector<std::chrono::sys_days>;

Days with_year(int year, unsigned month, unsigned day);                               // none when there is no such day
Days without_year(std::chrono::sys_days today, unsigned month, unsigned day);         // the two coming ones, then the past one
Days without_month(std::chrono::sys_days today, unsigned day);                        // the two coming ones, then the past one
int full_year(std::chrono::sys_days today, int two_digits);                           // 26 -> 2026, 85 -> 1985
std::chrono::sys_days shifted(std::chrono::sys_days from, int count, DateUnit unit);  // Jan 31 + 1 month = end of February

enum class Which : unsigned char { coming, next, last };
std::chrono::sys_days weekday_near(std::chrono::sys_days today, unsigned weekday, Which which);

}  // namespace answerback::flows
