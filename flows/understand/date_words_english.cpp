#include "flows/understand/date_word_values.hpp"
#include "flows/understand/date_words.hpp"

namespace answerback::flows {

namespace {

Vocabulary english_dates() {
  using enum Role;
  using namespace date_word_values;
  return Vocabulary({
      // Months
      {"january", month, 1}, {"jan", month, 1}, {"february", month, 2}, {"feb", month, 2}, {"march", month, 3}, {"mar", month, 3},
      {"april", month, 4}, {"apr", month, 4}, {"may", month, 5}, {"june", month, 6}, {"jun", month, 6}, {"july", month, 7}, {"jul", month, 7},
      {"august", month, 8}, {"aug", month, 8}, {"september", month, 9}, {"sep", month, 9}, {"sept", month, 9}, {"october", month, 10},
      {"oct", month, 10}, {"november", month, 11}, {"nov", month, 11}, {"december", month, 12}, {"dec", month, 12},
      // Days of the week, from Sunday
      {"sunday", weekday, 0}, {"sundays", weekday, 0}, {"sun", weekday, 0}, {"monday", weekday, 1}, {"mon", weekday, 1}, {"tuesday", weekday, 2},
      {"tue", weekday, 2}, {"tues", weekday, 2}, {"wednesday", weekday, 3}, {"wed", weekday, 3}, {"weds", weekday, 3}, {"wensday", weekday, 3},
      {"wendsday", weekday, 3}, {"thursday", weekday, 4}, {"thu", weekday, 4}, {"thur", weekday, 4}, {"thurs", weekday, 4}, {"friday", weekday, 5},
      {"fri", weekday, 5}, {"saturday", weekday, 6}, {"sat", weekday, 6},
      // Days from today
      {"today", neighbour, 0}, {"tonight", neighbour, 0}, {"2 day", neighbour, 0}, {"tonite", neighbour, 0},
      {"this morning", neighbour, 0}, {"this afternoon", neighbour, 0}, {"this evening", neighbour, 0},
      {"later today", neighbour, 0}, {"tomorrow", neighbour, 1}, {"tomorow", neighbour, 1}, {"tommorow", neighbour, 1}, {"tommorrow", neighbour, 1},
      {"tomorro", neighbour, 1}, {"tmrw", neighbour, 1}, {"tmr", neighbour, 1}, {"tmw", neighbour, 1}, {"tmrow", neighbour, 1},
      {"tmro", neighbour, 1}, {"2 morrow", neighbour, 1}, {"2 moro", neighbour, 1}, {"overmorrow", neighbour, 2},
      {"day after tomorrow", neighbour, 2}, {"day after tmrw", neighbour, 2}, {"day after tmr", neighbour, 2}, {"yesterday", neighbour, -1},
      {"last night", neighbour, -1}, {"day before yesterday", neighbour, -2},
      // Units of dates
      {"day", date_unit, days}, {"days", date_unit, days}, {"d", date_unit, days}, {"night", date_unit, days}, {"nights", date_unit, days},
      {"week", date_unit, weeks}, {"weeks", date_unit, weeks}, {"wk", date_unit, weeks}, {"wks", date_unit, weeks}, {"week's", date_unit, weeks},
      {"month's", date_unit, months}, {"year's", date_unit, years}, {"month", date_unit, months}, {"months", date_unit, months},
      {"year", date_unit, years}, {"years", date_unit, years}, {"yr", date_unit, years}, {"yrs", date_unit, years},
      {"fortnight", date_unit, fortnights}, {"fortnights", date_unit, fortnights}, {"weekend", date_unit, weekends},
      {"business day", date_unit, working_days}, {"business days", date_unit, working_days}, {"working day", date_unit, working_days},
      {"working days", date_unit, working_days}, {"workday", date_unit, working_days}, {"workdays", date_unit, working_days},
      {"work day", date_unit, working_days}, {"work days", date_unit, working_days}, {"weekdays", date_unit, working_days},
      // Units of times, in minutes
      {"hour", clock_unit, an_hour}, {"hours", clock_unit, an_hour}, {"hr", clock_unit, an_hour}, {"hrs", clock_unit, an_hour},
      {"h", clock_unit, an_hour}, {"minute", clock_unit, 1}, {"minutes", clock_unit, 1}, {"min", clock_unit, 1}, {"mins", clock_unit, 1},
      // Which one, said before the name
      {"next", which, the_next}, {"nxt", which, the_next}, {"following", which, the_next}, {"this", which, the_current},
      {"this coming", which, the_coming}, {"this next", which, the_coming}, {"coming", which, the_coming}, {"upcoming", which, the_coming},
      {"the coming", which, the_coming}, {"last", which, the_last}, {"past", which, the_last}, {"previous", which, the_last},
      {"this past", which, the_last},
      // Which one, said behind the name
      {"after next", which_after, the_one_after_next}, {"next", which_after, the_next},
      // What joins a day to its month
      {"of", of}, {"in", of}, {"of the", of}, {"in the", of}, {"of this", of},
      // What points at a day of a month
      {"the", the}, {"on the", the},
      // A count of units that is to come
      {"in", ahead}, {"within", ahead},
      // A count of units that is past
      {"ago", ago}, {"back", ago},
      // From where a count of units goes on
      {"from", since}, {"after", since}, {"before", until}, {"prior to", until},
      // Behind a count of units that is to come
      {"from now", from_now}, {"from today", from_now}, {"hence", from_now}, {"later", from_now}, {"out", from_now}, {"time", from_now},
      // The ends of a month
      {"end", edge, the_end}, {"the end", edge, the_end}, {"late", edge, the_end}, {"beginning", edge, the_beginning},
      {"start", edge, the_beginning}, {"early", edge, the_beginning}, {"middle", edge, the_middle}, {"mid", edge, the_middle},
      // Holidays
      {"christmas", holiday, christmas_day}, {"christmas day", holiday, christmas_day}, {"xmas", holiday, christmas_day},
      {"xmas day", holiday, christmas_day}, {"christmas eve", holiday, christmas_eve}, {"xmas eve", holiday, christmas_eve},
      {"new year's day", holiday, new_year_day}, {"new years day", holiday, new_year_day}, {"new year's", holiday, new_year_day},
      {"new years", holiday, new_year_day}, {"new year's eve", holiday, new_years_eve}, {"new years eve", holiday, new_years_eve},
      {"nye", holiday, new_years_eve}, {"valentine's day", holiday, valentine_day}, {"valentines day", holiday, valentine_day},
      {"valentine's", holiday, valentine_day}, {"independence day", holiday, independence_day}, {"halloween", holiday, halloween_day},
      {"thanksgiving", holiday, thanksgiving_day}, {"thanksgiving day", holiday, thanksgiving_day}, {"easter", holiday, easter_day},
      {"easter sunday", holiday, easter_day},
      // Halves of the day
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"a", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1}, {"p", meridiem, 1},
      // Parts of the day
      {"in the morning", day_part, morning}, {"morning", day_part, morning}, {"mornings", day_part, morning}, {"the morning", day_part, morning},
      {"this morning", day_part, morning}, {"early morning", day_part, morning}, {"in the am", day_part, morning}, {"lunch", day_part, midday},
      {"lunchtime", day_part, midday}, {"lunch time", day_part, midday}, {"in the afternoon", day_part, afternoon},
      {"afternoon", day_part, afternoon}, {"afternoons", day_part, afternoon}, {"the afternoon", day_part, afternoon},
      {"this afternoon", day_part, afternoon}, {"in the pm", day_part, afternoon}, {"arvo", day_part, afternoon},
      {"in the evening", day_part, evening}, {"evening", day_part, evening}, {"evenings", day_part, evening}, {"the evening", day_part, evening},
      {"this evening", day_part, evening}, {"eve", day_part, evening}, {"after work", day_part, evening}, {"at night", day_part, night},
      {"night", day_part, night}, {"in the night", day_part, night}, {"tonight", day_part, night}, {"tonite", day_part, night},
      // What makes a number an hour
      {"o'clock", o_clock}, {"oclock", o_clock}, {"o clock", o_clock}, {"hours", o_clock}, {"hrs", o_clock}, {"h", o_clock}, {"sharp", o_clock},
      // Not to the minute
      {"ish", about},
      // Times with a name, in minutes
      {"noon", clock_word, at_noon}, {"midday", clock_word, at_noon}, {"noonish", clock_word, at_noon}, {"noontime", clock_word, at_noon},
      {"high noon", clock_word, at_noon}, {"mid day", clock_word, at_noon}, {"midnight", clock_word, 0}, {"12 noon", clock_word, at_noon},
      {"twelve noon", clock_word, at_noon}, {"12 midnight", clock_word, 0}, {"twelve midnight", clock_word, 0},
      // Minutes with a name
      {"half", half_hour, 30},
      {"quarter", quarter_hour, 15}, {"a quarter", quarter_hour, 15},
      // After the hour
      {"past", past}, {"after", past}, {"passed", past},
      // Before the hour
      {"to", to}, {"of", to}, {"til", to}, {"till", to}, {"until", to}, {"before", to},
      // Minutes said as such
      {"minutes", minutes}, {"minute", minutes}, {"mins", minutes}, {"min", minutes},
      // What stands before a time
      {"at", at}, {"@", at}, {"around", at}, {"about", at}, {"approx", at}, {"approximately", at}, {"by", at}, {"like", at}, {"at around", at},
      {"at about", at}, {"~", at}, {"say", at}, {"maybe", at},
      // What only limits a time or date
      {"after", bound, onwards}, {"past", bound, onwards}, {"before", bound, up_to}, {"until", bound, up_to}, {"till", bound, up_to},
      {"til", bound, up_to}, {"from", bound, onwards}, {"since", bound, onwards}, {"anytime after", bound, onwards},
      // At once
      {"now", now}, {"right now", now}, {"immediately", now},
      // A day of the week, and a week more
      {"a week", week_after, weeks}, {"week", week_after, weeks}, {"fortnight", week_after, fortnights},
  });
}

}  // namespace

const Vocabulary& english_date_words() {
  static const auto words = english_dates();
  return words;
}

}  // namespace answerback::flows
