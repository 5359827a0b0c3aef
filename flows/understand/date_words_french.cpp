#include "flows/understand/date_word_values.hpp"
#include "flows/understand/date_words.hpp"

namespace answerback::flows {

namespace {

Vocabulary french_dates() {
  using enum Role;
  using namespace date_word_values;
  return Vocabulary({
      // Months
      {"janvier", month, 1}, {"janv", month, 1}, {"jan", month, 1}, {"fevrier", month, 2}, {"fevr", month, 2}, {"fev", month, 2},
      {"mars", month, 3}, {"avril", month, 4}, {"avr", month, 4}, {"mai", month, 5}, {"juin", month, 6}, {"juillet", month, 7}, {"juil", month, 7},
      {"aout", month, 8}, {"septembre", month, 9}, {"sept", month, 9}, {"sep", month, 9}, {"octobre", month, 10}, {"oct", month, 10},
      {"novembre", month, 11}, {"nov", month, 11}, {"decembre", month, 12}, {"dec", month, 12},
      // Days of the week, from Sunday
      {"dimanche", weekday, 0}, {"dim", weekday, 0}, {"lundi", weekday, 1}, {"lun", weekday, 1}, {"mardi", weekday, 2}, {"mar", weekday, 2},
      {"mercredi", weekday, 3}, {"mer", weekday, 3}, {"jeudi", weekday, 4}, {"jeu", weekday, 4}, {"vendredi", weekday, 5}, {"ven", weekday, 5},
      {"samedi", weekday, 6}, {"sam", weekday, 6},
      // Days from today
      {"aujourd'hui", neighbour, 0}, {"aujourdhui", neighbour, 0}, {"aujourd hui", neighbour, 0}, {"auj", neighbour, 0}, {"ce matin", neighbour, 0},
      {"ce midi", neighbour, 0}, {"cet apres midi", neighbour, 0}, {"cette apres midi", neighbour, 0}, {"cet aprem", neighbour, 0},
      {"ce soir", neighbour, 0}, {"cette nuit", neighbour, 0}, {"demain", neighbour, 1}, {"2 main", neighbour, 1},
      {"apres demain", neighbour, 2}, {"surlendemain", neighbour, 2}, {"hier", neighbour, -1}, {"hier soir", neighbour, -1},
      {"avant hier", neighbour, -2},
      // Units of dates
      {"jour", date_unit, days}, {"jours", date_unit, days}, {"j", date_unit, days}, {"semaine", date_unit, weeks}, {"semaines", date_unit, weeks},
      {"mois", date_unit, months}, {"an", date_unit, years}, {"ans", date_unit, years}, {"annee", date_unit, years}, {"annees", date_unit, years},
      {"quinzaine", date_unit, fortnights}, {"week end", date_unit, weekends}, {"weekend", date_unit, weekends}, {"we", date_unit, weekends},
      {"fin de semaine", date_unit, weekends}, {"jour ouvre", date_unit, working_days}, {"jours ouvres", date_unit, working_days},
      {"jours ouvrables", date_unit, working_days},
      // Units of times, in minutes
      {"heure", clock_unit, an_hour}, {"heures", clock_unit, an_hour}, {"h", clock_unit, an_hour}, {"minute", clock_unit, 1},
      {"minutes", clock_unit, 1}, {"min", clock_unit, 1}, {"mn", clock_unit, 1},
      // Which one, said before the name
      {"prochain", which, the_coming}, {"prochaine", which, the_coming}, {"ce", which, the_current}, {"cet", which, the_current},
      {"cette", which, the_current}, {"dernier", which, the_last}, {"derniere", which, the_last},
      // Which one, said behind the name
      {"prochain", which_after, the_coming}, {"prochaine", which_after, the_coming}, {"qui vient", which_after, the_coming},
      {"suivant", which_after, the_next}, {"suivante", which_after, the_next}, {"dernier", which_after, the_last},
      {"derniere", which_after, the_last}, {"passe", which_after, the_last}, {"passee", which_after, the_last},
      // What joins a day to its month
      {"de", of}, {"du", of}, {"de la", of}, {"de ce", of}, {"de cette", of}, {"en", of},
      // What points at a day of a month
      {"le", the}, {"pour le", the},
      // A count of units that is to come
      {"dans", ahead}, {"ici", ahead}, {"sous", ahead}, {"aujourd'hui en", ahead},
      // A count of units that is past, said before it
      {"il y a", ago_before}, {"y a", ago_before},
      // From where a count of units goes on
      {"apres", since}, {"avant", until}, {"avant le", until}, {"a partir de", since}, {"a compter de", since},
      // Behind a count of units that is to come
      {"plus tard", from_now}, {"apres", from_now},
      // The ends of a month
      {"fin", edge, the_end}, {"la fin", edge, the_end}, {"debut", edge, the_beginning}, {"au debut", edge, the_beginning},
      {"mi", edge, the_middle}, {"milieu", edge, the_middle},
      // Holidays
      {"noel", holiday, christmas_day}, {"veille de noel", holiday, christmas_eve}, {"reveillon de noel", holiday, christmas_eve},
      {"jour de an", holiday, new_year_day}, {"nouvel an", holiday, new_year_day}, {"saint sylvestre", holiday, new_years_eve},
      {"saint valentin", holiday, valentine_day}, {"paques", holiday, easter_day},
      // Halves of the day
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1},
      // Parts of the day
      {"du matin", day_part, morning}, {"le matin", day_part, morning}, {"matin", day_part, morning}, {"au matin", day_part, morning},
      {"dans la matinee", day_part, morning}, {"en matinee", day_part, morning}, {"matinee", day_part, morning}, {"ce matin", day_part, morning},
      {"de apres midi", day_part, afternoon}, {"apres midi", day_part, afternoon}, {"dans apres midi", day_part, afternoon},
      {"cet apres midi", day_part, afternoon}, {"cette apres midi", day_part, afternoon}, {"aprem", day_part, afternoon},
      {"cet aprem", day_part, afternoon}, {"du soir", day_part, evening}, {"le soir", day_part, evening}, {"soir", day_part, evening},
      {"soiree", day_part, evening}, {"en soiree", day_part, evening}, {"dans la soiree", day_part, evening}, {"ce soir", day_part, evening},
      {"au soir", day_part, evening}, {"hier soir", day_part, evening}, {"de la nuit", day_part, night}, {"la nuit", day_part, night},
      {"nuit", day_part, night}, {"cette nuit", day_part, night},
      // What makes a number an hour
      {"heures", o_clock}, {"heure", o_clock}, {"h", o_clock}, {"heures pile", o_clock}, {"heures precises", o_clock}, {"hrs", o_clock},
      {"pile", o_clock},
      // Times with a name, in minutes
      {"midi", clock_word, at_noon}, {"ce midi", clock_word, at_noon}, {"minuit", clock_word, 0},
      // Minutes with a name
      {"demi", half_hour, 30}, {"demie", half_hour, 30},
      {"quart", quarter_hour, 15}, {"le quart", quarter_hour, 15}, {"un quart", quarter_hour, 15},
      // After the hour
      {"et", past},
      // Before the hour
      {"moins", to},
      // Minutes said as such
      {"minutes", minutes}, {"min", minutes},
      // What stands before a time
      {"a", at}, {"vers", at}, {"vers les", at}, {"aux environs de", at}, {"environ", at}, {"@", at}, {"~", at}, {"autour de", at}, {"sur les", at},
      // What only limits a time or date
      {"apres le travail", day_part, evening}, {"apres le boulot", day_part, evening}, {"apres", bound, onwards}, {"a partir de", bound, onwards}, {"a partir du", bound, onwards}, {"des", bound, onwards},
      {"depuis", bound, onwards}, {"avant", bound, up_to}, {"jusqu'a", bound, up_to}, {"jusqu'au", bound, up_to}, {"avant le", bound, up_to},
      {"apres le", bound, onwards},
      // At once
      {"maintenant", now}, {"tout de suite", now}, {"immediatement", now},
      // A day of the week, and a week more
      {"en huit", week_after, weeks}, {"en quinze", week_after, fortnights},
  });
}

}  // namespace

const Vocabulary& french_date_words() {
  static const auto words = french_dates();
  return words;
}

}  // namespace answerback::flows
