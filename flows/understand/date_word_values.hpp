// The values of Role for the words of dates and times, with names that read well in a table.
#pragma once

#include "flows/understand/date_words.hpp"

namespace answerback::flows::date_word_values {

constexpr double value_of(DateUnit unit) { return static_cast<double>(unit); }
constexpr double value_of(Which which) { return static_cast<double>(which); }
constexpr double value_of(DayPart part) { return static_cast<double>(part); }
constexpr double value_of(Edge edge) { return static_cast<double>(edge); }
constexpr double value_of(Holiday holiday) { return static_cast<double>(holiday); }
constexpr double value_of(Bound limit) { return static_cast<double>(limit); }

inline constexpr double an_hour = 60;
inline constexpr double at_noon = 12 * an_hour;

inline constexpr double days = value_of(DateUnit::day);
inline constexpr double weeks = value_of(DateUnit::week);
inline constexpr double months = value_of(DateUnit::month);
inline constexpr double years = value_of(DateUnit::year);
inline constexpr double fortnights = value_of(DateUnit::fortnight);
inline constexpr double weekends = value_of(DateUnit::weekend);
inline constexpr double working_days = value_of(DateUnit::working_day);

inline constexpr double the_last = value_of(Which::last);
inline constexpr double the_current = value_of(Which::current);
inline constexpr double the_next = value_of(Which::next);
inline constexpr double the_coming = value_of(Which::coming);
inline constexpr double the_one_after_next = value_of(Which::after_next);

inline constexpr double morning = value_of(DayPart::morning);
inline constexpr double midday = value_of(DayPart::noon);
inline constexpr double afternoon = value_of(DayPart::afternoon);
inline constexpr double evening = value_of(DayPart::evening);
inline constexpr double night = value_of(DayPart::night);

inline constexpr double the_beginning = value_of(Edge::beginning);
inline constexpr double the_middle = value_of(Edge::middle);
inline constexpr double the_end = value_of(Edge::end);

inline constexpr double onwards = value_of(Bound::after);
inline constexpr double up_to = value_of(Bound::before);

inline constexpr double new_year_day = value_of(Holiday::new_year);
inline constexpr double valentine_day = value_of(Holiday::valentine);
inline constexpr double independence_day = value_of(Holiday::independence);
inline constexpr double halloween_day = value_of(Holiday::halloween);
inline constexpr double thanksgiving_day = value_of(Holiday::thanksgiving);
inline constexpr double christmas_eve = value_of(Holiday::christmas_eve);
inline constexpr double christmas_day = value_of(Holiday::christmas);
inline constexpr double new_years_eve = value_of(Holiday::new_years_eve);
inline constexpr double easter_day = value_of(Holiday::easter);

}  // namespace answerback::flows::date_word_values
