#include "flows/understand/date_word_values.hpp"
#include "flows/understand/date_words.hpp"

namespace answerback::flows {

namespace {

Vocabulary spanish_dates() {
  using enum Role;
  using namespace date_word_values;
  return Vocabulary({
      // Months
      {"enero", month, 1}, {"ene", month, 1}, {"febrero", month, 2}, {"feb", month, 2}, {"marzo", month, 3}, {"mar", month, 3}, {"abril", month, 4},
      {"abr", month, 4}, {"mayo", month, 5}, {"may", month, 5}, {"junio", month, 6}, {"jun", month, 6}, {"julio", month, 7}, {"jul", month, 7},
      {"agosto", month, 8}, {"ago", month, 8}, {"septiembre", month, 9}, {"setiembre", month, 9}, {"sept", month, 9}, {"sep", month, 9},
      {"octubre", month, 10}, {"oct", month, 10}, {"noviembre", month, 11}, {"nov", month, 11}, {"diciembre", month, 12}, {"dic", month, 12},
      // Days of the week, from Sunday
      {"domingo", weekday, 0}, {"dom", weekday, 0}, {"lunes", weekday, 1}, {"lun", weekday, 1}, {"martes", weekday, 2}, {"mar", weekday, 2},
      {"miercoles", weekday, 3}, {"mie", weekday, 3}, {"mier", weekday, 3}, {"jueves", weekday, 4}, {"jue", weekday, 4}, {"viernes", weekday, 5},
      {"vie", weekday, 5}, {"sabado", weekday, 6}, {"sab", weekday, 6},
      // Days from today
      {"hoy", neighbour, 0}, {"esta manana", neighbour, 0}, {"esta tarde", neighbour, 0}, {"esta noche", neighbour, 0}, {"hoy mismo", neighbour, 0},
      {"hoy dia", neighbour, 0}, {"manana", neighbour, 1}, {"manana mismo", neighbour, 1}, {"pasado manana", neighbour, 2}, {"ayer", neighbour, -1},
      {"anoche", neighbour, -1}, {"anteayer", neighbour, -2}, {"antier", neighbour, -2}, {"antes de ayer", neighbour, -2},
      {"antes de anoche", neighbour, -2},
      // Units of dates
      {"dia", date_unit, days}, {"dias", date_unit, days}, {"semana", date_unit, weeks}, {"semanas", date_unit, weeks}, {"mes", date_unit, months},
      {"meses", date_unit, months}, {"ano", date_unit, years}, {"anos", date_unit, years}, {"quincena", date_unit, fortnights},
      {"quincenas", date_unit, fortnights}, {"fin de semana", date_unit, weekends}, {"finde", date_unit, weekends},
      {"dia habil", date_unit, working_days}, {"dias habiles", date_unit, working_days}, {"dia laborable", date_unit, working_days},
      {"dias laborables", date_unit, working_days}, {"dias laborales", date_unit, working_days},
      // Units of times, in minutes
      {"hora", clock_unit, an_hour}, {"horas", clock_unit, an_hour}, {"hrs", clock_unit, an_hour}, {"h", clock_unit, an_hour},
      {"minuto", clock_unit, 1}, {"minutos", clock_unit, 1}, {"min", clock_unit, 1}, {"horita", clock_unit, an_hour}, {"minutitos", clock_unit, 1},
      // Which one, said before the name
      {"proximo", which, the_coming}, {"proxima", which, the_coming}, {"siguiente", which, the_next}, {"este", which, the_current},
      {"esta", which, the_current}, {"este proximo", which, the_coming}, {"pasado", which, the_last}, {"pasada", which, the_last},
      {"ultimo", which, the_last}, {"ultima", which, the_last},
      // Which one, said behind the name
      {"que viene", which_after, the_coming}, {"que entra", which_after, the_coming}, {"proximo", which_after, the_coming},
      {"proxima", which_after, the_coming}, {"siguiente", which_after, the_next}, {"entrante", which_after, the_coming},
      {"pasado", which_after, the_last}, {"pasada", which_after, the_last},
      // What joins a day to its month
      {"de", of}, {"del", of}, {"de la", of}, {"de este", of}, {"de esta", of}, {"en", of},
      // What points at a day of a month
      {"el", the}, {"el dia", the}, {"dia", the}, {"para el", the},
      // A count of units that is to come
      {"en", ahead}, {"dentro de", ahead}, {"de aqui a", ahead}, {"de hoy en", ahead}, {"de aqui en", ahead},
      // A count of units that is past
      {"atras", ago},
      // A count of units that is past, said before it
      {"hace", ago_before},
      // From where a count of units goes on
      {"despues de", since}, {"antes de", until}, {"antes del", until}, {"desde", since}, {"a partir de", since}, {"despues del", since}, {"a partir del", since}, {"a contar de", since},
      // Behind a count of units that is to come
      {"mas tarde", from_now}, {"despues", from_now},
      // The ends of a month
      {"fin", edge, the_end}, {"final", edge, the_end}, {"fines", edge, the_end}, {"finales", edge, the_end}, {"a finales", edge, the_end},
      {"a fines", edge, the_end}, {"principio", edge, the_beginning}, {"principios", edge, the_beginning}, {"comienzos", edge, the_beginning},
      {"inicio", edge, the_beginning}, {"inicios", edge, the_beginning}, {"mediados", edge, the_middle},
      // Holidays
      {"navidad", holiday, christmas_day}, {"nochebuena", holiday, christmas_eve}, {"noche buena", holiday, christmas_eve},
      {"nochevieja", holiday, new_years_eve}, {"noche vieja", holiday, new_years_eve}, {"ano nuevo", holiday, new_year_day},
      {"san valentin", holiday, valentine_day}, {"domingo de pascua", holiday, easter_day}, {"pascua", holiday, easter_day},
      // Halves of the day
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1},
      // Parts of the day
      {"de la manana", day_part, morning}, {"por la manana", day_part, morning}, {"en la manana", day_part, morning},
      {"la manana", day_part, morning}, {"esta manana", day_part, morning}, {"a la manana", day_part, morning},
      {"de la madrugada", day_part, morning}, {"madrugada", day_part, morning}, {"temprano", day_part, morning}, {"del mediodia", day_part, midday},
      {"de la tarde", day_part, afternoon}, {"por la tarde", day_part, afternoon}, {"en la tarde", day_part, afternoon},
      {"la tarde", day_part, afternoon}, {"tarde", day_part, afternoon}, {"esta tarde", day_part, afternoon}, {"a la tarde", day_part, afternoon},
      {"de tarde", day_part, afternoon}, {"tardecita", day_part, afternoon}, {"de la noche", day_part, night}, {"por la noche", day_part, night},
      {"en la noche", day_part, night}, {"la noche", day_part, night}, {"noche", day_part, night}, {"esta noche", day_part, night},
      {"a la noche", day_part, night}, {"de noche", day_part, night}, {"anoche", day_part, night},
      // What makes a number an hour
      {"en punto", o_clock}, {"horas", o_clock}, {"hora", o_clock}, {"hrs", o_clock}, {"h", o_clock}, {"hs", o_clock},
      // Times with a name, in minutes
      {"mediodia", clock_word, at_noon}, {"medio dia", clock_word, at_noon}, {"al mediodia", clock_word, at_noon},
      {"al medio dia", clock_word, at_noon}, {"a mediodia", clock_word, at_noon}, {"medianoche", clock_word, 0}, {"media noche", clock_word, 0},
      {"a medianoche", clock_word, 0}, {"a media noche", clock_word, 0},
      // Minutes with a name
      {"media", half_hour, 30},
      {"cuarto", quarter_hour, 15}, {"un cuarto", quarter_hour, 15},
      // After the hour
      {"y", past}, {"con", past},
      // Before the hour
      {"menos", to}, {"para las", to}, {"para la", to}, {"pa las", to},
      // Minutes said as such
      {"minutos", minutes}, {"minuto", minutes}, {"min", minutes},
      // What stands before a time
      {"las", at}, {"la", at}, {"a las", at}, {"a la", at}, {"sobre las", at}, {"a eso de las", at}, {"a eso de la", at}, {"tipo", at},
      {"como a las", at}, {"hacia las", at}, {"alrededor de las", at}, {"cerca de las", at}, {"para las", at}, {"por ahi de las", at},
      {"por ai de las", at}, {"como a la", at}, {"@", at}, {"~", at},
      // What only limits a time or date
      {"despues del trabajo", day_part, evening}, {"despues de trabajar", day_part, evening}, {"despues de las", bound, onwards}, {"despues de la", bound, onwards}, {"despues de", bound, onwards}, {"despues del", bound, onwards},
      {"a partir de las", bound, onwards}, {"a partir de la", bound, onwards}, {"a partir de", bound, onwards}, {"a partir del", bound, onwards},
      {"desde las", bound, onwards}, {"desde la", bound, onwards}, {"desde", bound, onwards}, {"desde el", bound, onwards},
      {"antes de las", bound, up_to}, {"antes de la", bound, up_to}, {"antes de", bound, up_to}, {"antes del", bound, up_to},
      {"hasta las", bound, up_to}, {"hasta la", bound, up_to}, {"hasta el", bound, up_to}, {"hasta", bound, up_to},
      // At once
      {"ahora", now}, {"ahora mismo", now}, {"ahorita", now}, {"ya", now},
  });
}

}  // namespace

const Vocabulary& spanish_date_words() {
  static const auto words = spanish_dates();
  return words;
}

}  // namespace answerback::flows
