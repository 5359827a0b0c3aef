// The words of dates and times in each language, as data.
#pragma once

#include "flows/understand/language.hpp"
#include "flows/understand/lexicon.hpp"

namespace answerback::flows {

enum class DateUnit : unsigned char { day, week, month, year, fortnight, weekend, working_day };
enum class Which : signed char { last = -1, current = 0, next = 1, coming = 2, after_next = 3 };
enum class DayPart : unsigned char { morning, noon, afternoon, evening, night };
enum class Edge : signed char { beginning = -1, middle = 0, end = 1 };
enum class Holiday : unsigned char { new_year, valentine, independence, halloween, thanksgiving, christmas_eve, christmas, new_years_eve, easter };
// What only limits a time or date: "after", "before".
enum class Bound : unsigned char { after, before };

const Vocabulary& date_words(Language language);

const Vocabulary& english_date_words();
const Vocabulary& spanish_date_words();
const Vocabulary& french_date_words();

}  // namespace answerback::flows
