#include "flows/understand/date_words.hpp"

namespace answerback::flows {

namespace {

using enum Role;
using enum Which;

constexpr double value_of(DateUnit unit) { return static_cast<double>(unit); }
constexpr double value_of(Which which) { return static_cast<double>(which); }
constexpr double value_of(DayPart part) { return static_cast<double>(part); }
constexpr double value_of(Edge edge) { return static_cast<double>(edge); }
constexpr double value_of(Holiday holiday) { return static_cast<double>(holiday); }
constexpr double value_of(Bound limit) { return static_cast<double>(limit); }

constexpr double noon_minutes = 12 * 60;
constexpr double hour_minutes = 60;

constexpr double days = value_of(DateUnit::day);
constexpr double weeks = value_of(DateUnit::week);
constexpr double months = value_of(DateUnit::month);
constexpr double years = value_of(DateUnit::year);
constexpr double fortnights = value_of(DateUnit::fortnight);
constexpr double weekends = value_of(DateUnit::weekend);
constexpr double working_days = value_of(DateUnit::working_day);

constexpr double morning = value_of(DayPart::morning);
constexpr double midday = value_of(DayPart::noon);
constexpr double afternoon = value_of(DayPart::afternoon);
constexpr double evening = value_of(DayPart::evening);
constexpr double night = value_of(DayPart::night);

std::vector<Phrase> english_dates() {
  return make_lexicon({
      {"january", month, 1}, {"jan", month, 1}, {"february", month, 2}, {"feb", month, 2}, {"march", month, 3}, {"mar", month, 3}, {"april", month, 4},
      {"apr", month, 4}, {"may", month, 5}, {"june", month, 6}, {"jun", month, 6}, {"july", month, 7}, {"jul", month, 7}, {"august", month, 8},
      {"aug", month, 8}, {"september", month, 9}, {"sep", month, 9}, {"sept", month, 9}, {"october", month, 10}, {"oct", month, 10},
      {"november", month, 11}, {"nov", month, 11}, {"december", month, 12}, {"dec", month, 12},
      {"sunday", weekday, 0}, {"sundays", weekday, 0}, {"sun", weekday, 0}, {"monday", weekday, 1}, {"mon", weekday, 1}, {"tuesday", weekday, 2},
      {"tue", weekday, 2}, {"tues", weekday, 2}, {"wednesday", weekday, 3}, {"wed", weekday, 3}, {"weds", weekday, 3}, {"wensday", weekday, 3},
      {"wendsday", weekday, 3}, {"thursday", weekday, 4}, {"thu", weekday, 4}, {"thur", weekday, 4}, {"thurs", weekday, 4}, {"friday", weekday, 5},
      {"fri", weekday, 5}, {"saturday", weekday, 6}, {"sat", weekday, 6},
      {"today", neighbour, 0}, {"tonight", neighbour, 0}, {"2day", neighbour, 0}, {"2 day", neighbour, 0}, {"tonite", neighbour, 0},
      {"2nite", neighbour, 0}, {"this morning", neighbour, 0}, {"this afternoon", neighbour, 0}, {"this evening", neighbour, 0}, {"later today", neighbour, 0},
      {"tomorrow", neighbour, 1}, {"tomorow", neighbour, 1}, {"tommorow", neighbour, 1}, {"tommorrow", neighbour, 1}, {"tomorro", neighbour, 1},
      {"tmrw", neighbour, 1}, {"tmr", neighbour, 1}, {"tmw", neighbour, 1}, {"tmrow", neighbour, 1}, {"tmro", neighbour, 1}, {"2morrow", neighbour, 1},
      {"2 morrow", neighbour, 1}, {"2 moro", neighbour, 1}, {"overmorrow", neighbour, 2}, {"day after tomorrow", neighbour, 2}, {"day after tmrw", neighbour, 2},
      {"day after tmr", neighbour, 2}, {"yesterday", neighbour, -1}, {"last night", neighbour, -1}, {"day before yesterday", neighbour, -2},
      {"day", date_unit, days}, {"days", date_unit, days}, {"d", date_unit, days}, {"night", date_unit, days}, {"nights", date_unit, days},
      {"week", date_unit, weeks}, {"weeks", date_unit, weeks}, {"wk", date_unit, weeks}, {"wks", date_unit, weeks}, {"week's", date_unit, weeks}, {"month's", date_unit, months}, {"year's", date_unit, years},
      {"month", date_unit, months}, {"months", date_unit, months}, {"year", date_unit, years}, {"years", date_unit, years}, {"yr", date_unit, years},
      {"yrs", date_unit, years}, {"fortnight", date_unit, fortnights}, {"fortnights", date_unit, fortnights}, {"weekend", date_unit, weekends},
      {"business day", date_unit, working_days}, {"business days", date_unit, working_days}, {"working day", date_unit, working_days},
      {"working days", date_unit, working_days}, {"workday", date_unit, working_days}, {"workdays", date_unit, working_days},
      {"work day", date_unit, working_days}, {"work days", date_unit, working_days}, {"weekdays", date_unit, working_days},
      {"hour", clock_unit, hour_minutes}, {"hours", clock_unit, hour_minutes}, {"hr", clock_unit, hour_minutes}, {"hrs", clock_unit, hour_minutes},
      {"h", clock_unit, hour_minutes}, {"minute", clock_unit, 1}, {"minutes", clock_unit, 1}, {"min", clock_unit, 1}, {"mins", clock_unit, 1},
      {"next", which, value_of(next)}, {"nxt", which, value_of(next)}, {"following", which, value_of(next)}, {"this", which, value_of(current)},
      {"this coming", which, value_of(coming)}, {"this next", which, value_of(coming)}, {"coming", which, value_of(coming)},
      {"upcoming", which, value_of(coming)}, {"the coming", which, value_of(coming)}, {"last", which, value_of(last)}, {"past", which, value_of(last)},
      {"previous", which, value_of(last)}, {"this past", which, value_of(last)}, {"after next", which_after, value_of(after_next)},
      {"next", which_after, value_of(next)}, {"of", of}, {"in", of}, {"of the", of}, {"in the", of}, {"of this", of}, {"the", the}, {"on the", the}, {"in", ahead}, {"within", ahead}, {"ago", ago},
      {"back", ago}, {"from", since}, {"after", since}, {"from now", from_now}, {"from today", from_now}, {"hence", from_now}, {"later", from_now},
      {"out", from_now}, {"time", from_now},
      {"end", edge, value_of(Edge::end)}, {"the end", edge, value_of(Edge::end)}, {"late", edge, value_of(Edge::end)}, {"beginning", edge, value_of(Edge::beginning)},
      {"start", edge, value_of(Edge::beginning)}, {"early", edge, value_of(Edge::beginning)}, {"middle", edge, value_of(Edge::middle)},
      {"mid", edge, value_of(Edge::middle)},
      {"christmas", holiday, value_of(Holiday::christmas)}, {"christmas day", holiday, value_of(Holiday::christmas)}, {"xmas", holiday, value_of(Holiday::christmas)},
      {"xmas day", holiday, value_of(Holiday::christmas)}, {"christmas eve", holiday, value_of(Holiday::christmas_eve)},
      {"xmas eve", holiday, value_of(Holiday::christmas_eve)}, {"new year's day", holiday, value_of(Holiday::new_year)},
      {"new years day", holiday, value_of(Holiday::new_year)}, {"new year's", holiday, value_of(Holiday::new_year)}, {"new years", holiday, value_of(Holiday::new_year)},
      {"new year's eve", holiday, value_of(Holiday::new_years_eve)}, {"new years eve", holiday, value_of(Holiday::new_years_eve)},
      {"nye", holiday, value_of(Holiday::new_years_eve)}, {"valentine's day", holiday, value_of(Holiday::valentine)},
      {"valentines day", holiday, value_of(Holiday::valentine)}, {"valentine's", holiday, value_of(Holiday::valentine)},
      {"independence day", holiday, value_of(Holiday::independence)}, {"halloween", holiday, value_of(Holiday::halloween)},
      {"thanksgiving", holiday, value_of(Holiday::thanksgiving)}, {"thanksgiving day", holiday, value_of(Holiday::thanksgiving)},
      {"easter", holiday, value_of(Holiday::easter)}, {"easter sunday", holiday, value_of(Holiday::easter)},
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"a", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1}, {"p", meridiem, 1},
      {"in the morning", day_part, morning}, {"morning", day_part, morning}, {"mornings", day_part, morning}, {"the morning", day_part, morning},
      {"this morning", day_part, morning}, {"early morning", day_part, morning}, {"in the am", day_part, morning}, {"lunch", day_part, midday},
      {"lunchtime", day_part, midday}, {"lunch time", day_part, midday}, {"in the afternoon", day_part, afternoon}, {"afternoon", day_part, afternoon},
      {"afternoons", day_part, afternoon}, {"the afternoon", day_part, afternoon}, {"this afternoon", day_part, afternoon}, {"in the pm", day_part, afternoon},
      {"arvo", day_part, afternoon}, {"in the evening", day_part, evening}, {"evening", day_part, evening}, {"evenings", day_part, evening},
      {"the evening", day_part, evening}, {"this evening", day_part, evening}, {"eve", day_part, evening}, {"after work", day_part, evening},
      {"at night", day_part, night}, {"night", day_part, night}, {"in the night", day_part, night}, {"tonight", day_part, night}, {"tonite", day_part, night},
      {"o'clock", o_clock}, {"oclock", o_clock}, {"o clock", o_clock}, {"hours", o_clock}, {"hrs", o_clock}, {"h", o_clock}, {"sharp", o_clock}, {"ish", about},
      {"noon", clock_word, noon_minutes}, {"midday", clock_word, noon_minutes}, {"noonish", clock_word, noon_minutes}, {"noontime", clock_word, noon_minutes}, {"high noon", clock_word, noon_minutes}, {"mid day", clock_word, noon_minutes},
      {"midnight", clock_word, 0}, {"12 noon", clock_word, noon_minutes}, {"twelve noon", clock_word, noon_minutes}, {"12 midnight", clock_word, 0},
      {"twelve midnight", clock_word, 0}, {"half", half_hour, 30}, {"quarter", quarter_hour, 15}, {"a quarter", quarter_hour, 15}, {"past", past}, {"after", past}, {"passed", past},
      {"to", to}, {"of", to}, {"til", to}, {"till", to}, {"until", to}, {"before", to}, {"minutes", minutes}, {"minute", minutes}, {"mins", minutes},
      {"min", minutes}, {"at", at}, {"@", at}, {"around", at}, {"about", at}, {"approx", at}, {"approximately", at}, {"by", at}, {"like", at}, {"at around", at}, {"at about", at}, {"~", at},
      {"say", at}, {"maybe", at}, {"after", bound, value_of(Bound::after)}, {"past", bound, value_of(Bound::after)}, {"before", bound, value_of(Bound::before)},
      {"until", bound, value_of(Bound::before)}, {"till", bound, value_of(Bound::before)}, {"til", bound, value_of(Bound::before)},
      {"from", bound, value_of(Bound::after)}, {"since", bound, value_of(Bound::after)}, {"anytime after", bound, value_of(Bound::after)},
      {"now", now}, {"right now", now}, {"immediately", now},
      {"a week", week_after, weeks}, {"week", week_after, weeks}, {"fortnight", week_after, fortnights},
  });
}

std::vector<Phrase> spanish_dates() {
  return make_lexicon({
      {"enero", month, 1}, {"ene", month, 1}, {"febrero", month, 2}, {"feb", month, 2}, {"marzo", month, 3}, {"mar", month, 3}, {"abril", month, 4},
      {"abr", month, 4}, {"mayo", month, 5}, {"may", month, 5}, {"junio", month, 6}, {"jun", month, 6}, {"julio", month, 7}, {"jul", month, 7},
      {"agosto", month, 8}, {"ago", month, 8}, {"septiembre", month, 9}, {"setiembre", month, 9}, {"sept", month, 9}, {"sep", month, 9}, {"octubre", month, 10},
      {"oct", month, 10}, {"noviembre", month, 11}, {"nov", month, 11}, {"diciembre", month, 12}, {"dic", month, 12},
      {"domingo", weekday, 0}, {"dom", weekday, 0}, {"lunes", weekday, 1}, {"lun", weekday, 1}, {"martes", weekday, 2}, {"mar", weekday, 2},
      {"miercoles", weekday, 3}, {"mie", weekday, 3}, {"mier", weekday, 3}, {"jueves", weekday, 4}, {"jue", weekday, 4}, {"viernes", weekday, 5},
      {"vie", weekday, 5}, {"sabado", weekday, 6}, {"sab", weekday, 6},
      {"hoy", neighbour, 0}, {"esta manana", neighbour, 0}, {"esta tarde", neighbour, 0}, {"esta noche", neighbour, 0}, {"hoy mismo", neighbour, 0}, {"hoy dia", neighbour, 0},
      {"manana", neighbour, 1}, {"manana mismo", neighbour, 1}, {"pasado manana", neighbour, 2}, {"ayer", neighbour, -1}, {"anoche", neighbour, -1}, {"anteayer", neighbour, -2},
      {"antier", neighbour, -2}, {"antes de ayer", neighbour, -2}, {"antes de anoche", neighbour, -2},
      {"dia", date_unit, days}, {"dias", date_unit, days}, {"semana", date_unit, weeks}, {"semanas", date_unit, weeks}, {"mes", date_unit, months},
      {"meses", date_unit, months}, {"ano", date_unit, years}, {"anos", date_unit, years}, {"quincena", date_unit, fortnights},
      {"quincenas", date_unit, fortnights}, {"fin de semana", date_unit, weekends}, {"finde", date_unit, weekends}, {"dia habil", date_unit, working_days},
      {"dias habiles", date_unit, working_days}, {"dia laborable", date_unit, working_days}, {"dias laborables", date_unit, working_days},
      {"dias laborales", date_unit, working_days}, {"hora", clock_unit, hour_minutes}, {"horas", clock_unit, hour_minutes}, {"hrs", clock_unit, hour_minutes}, {"h", clock_unit, hour_minutes},
      {"minuto", clock_unit, 1}, {"minutos", clock_unit, 1}, {"min", clock_unit, 1}, {"horita", clock_unit, hour_minutes}, {"minutitos", clock_unit, 1},
      {"proximo", which, value_of(coming)}, {"proxima", which, value_of(coming)}, {"siguiente", which, value_of(next)}, {"este", which, value_of(current)},
      {"esta", which, value_of(current)}, {"este proximo", which, value_of(coming)}, {"pasado", which, value_of(last)}, {"pasada", which, value_of(last)},
      {"ultimo", which, value_of(last)}, {"ultima", which, value_of(last)}, {"que viene", which_after, value_of(coming)}, {"que entra", which_after, value_of(coming)},
      {"proximo", which_after, value_of(coming)}, {"proxima", which_after, value_of(coming)}, {"siguiente", which_after, value_of(next)}, {"entrante", which_after, value_of(coming)},
      {"pasado", which_after, value_of(last)}, {"pasada", which_after, value_of(last)}, {"de", of}, {"del", of}, {"de la", of}, {"de este", of}, {"de esta", of}, {"en", of}, {"el", the}, {"el dia", the}, {"dia", the}, {"para el", the},
      {"en", ahead}, {"dentro de", ahead}, {"de aqui a", ahead}, {"de hoy en", ahead}, {"de aqui en", ahead}, {"atras", ago}, {"hace", ago_before}, {"despues de", since}, {"desde", since},
      {"a partir de", since}, {"despues del", since}, {"a partir del", since}, {"a contar de", since}, {"mas tarde", from_now}, {"despues", from_now},
      {"fin", edge, value_of(Edge::end)}, {"final", edge, value_of(Edge::end)}, {"fines", edge, value_of(Edge::end)}, {"finales", edge, value_of(Edge::end)},
      {"a finales", edge, value_of(Edge::end)}, {"a fines", edge, value_of(Edge::end)}, {"principio", edge, value_of(Edge::beginning)}, {"principios", edge, value_of(Edge::beginning)},
      {"comienzos", edge, value_of(Edge::beginning)}, {"inicio", edge, value_of(Edge::beginning)}, {"inicios", edge, value_of(Edge::beginning)}, {"mediados", edge, value_of(Edge::middle)},
      {"navidad", holiday, value_of(Holiday::christmas)}, {"nochebuena", holiday, value_of(Holiday::christmas_eve)}, {"noche buena", holiday, value_of(Holiday::christmas_eve)},
      {"nochevieja", holiday, value_of(Holiday::new_years_eve)}, {"noche vieja", holiday, value_of(Holiday::new_years_eve)}, {"ano nuevo", holiday, value_of(Holiday::new_year)},
      {"san valentin", holiday, value_of(Holiday::valentine)}, {"domingo de pascua", holiday, value_of(Holiday::easter)}, {"pascua", holiday, value_of(Holiday::easter)},
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1},
      {"de la manana", day_part, morning}, {"por la manana", day_part, morning}, {"en la manana", day_part, morning}, {"la manana", day_part, morning},
      {"esta manana", day_part, morning}, {"a la manana", day_part, morning}, {"de la madrugada", day_part, morning}, {"madrugada", day_part, morning}, {"temprano", day_part, morning},
      {"del mediodia", day_part, midday}, {"de la tarde", day_part, afternoon}, {"por la tarde", day_part, afternoon}, {"en la tarde", day_part, afternoon},
      {"la tarde", day_part, afternoon}, {"tarde", day_part, afternoon}, {"esta tarde", day_part, afternoon}, {"a la tarde", day_part, afternoon}, {"de tarde", day_part, afternoon}, {"tardecita", day_part, afternoon},
      {"de la noche", day_part, night}, {"por la noche", day_part, night}, {"en la noche", day_part, night}, {"la noche", day_part, night}, {"noche", day_part, night},
      {"esta noche", day_part, night}, {"a la noche", day_part, night}, {"de noche", day_part, night}, {"anoche", day_part, night},
      {"en punto", o_clock}, {"horas", o_clock}, {"hora", o_clock}, {"hrs", o_clock}, {"h", o_clock}, {"hs", o_clock},
      {"mediodia", clock_word, noon_minutes}, {"medio dia", clock_word, noon_minutes}, {"al mediodia", clock_word, noon_minutes}, {"al medio dia", clock_word, noon_minutes}, {"a mediodia", clock_word, noon_minutes}, {"medianoche", clock_word, 0}, {"media noche", clock_word, 0},
      {"a medianoche", clock_word, 0}, {"a media noche", clock_word, 0}, {"media", half_hour, 30}, {"cuarto", quarter_hour, 15}, {"un cuarto", quarter_hour, 15}, {"y", past}, {"con", past}, {"menos", to},
      {"para las", to}, {"para la", to}, {"pa las", to}, {"minutos", minutes}, {"minuto", minutes}, {"min", minutes}, {"las", at}, {"la", at}, {"a las", at}, {"a la", at},
      {"sobre las", at}, {"a eso de las", at}, {"a eso de la", at}, {"tipo", at}, {"como a las", at}, {"hacia las", at}, {"alrededor de las", at}, {"cerca de las", at}, {"para las", at},
      {"por ahi de las", at}, {"por ai de las", at}, {"como a la", at}, {"@", at}, {"~", at}, {"despues de las", bound, value_of(Bound::after)}, {"despues de la", bound, value_of(Bound::after)},
      {"despues de", bound, value_of(Bound::after)}, {"despues del", bound, value_of(Bound::after)}, {"a partir de las", bound, value_of(Bound::after)}, {"a partir de la", bound, value_of(Bound::after)},
      {"a partir de", bound, value_of(Bound::after)}, {"a partir del", bound, value_of(Bound::after)}, {"desde las", bound, value_of(Bound::after)}, {"desde la", bound, value_of(Bound::after)}, {"desde", bound, value_of(Bound::after)},
      {"desde el", bound, value_of(Bound::after)}, {"antes de las", bound, value_of(Bound::before)}, {"antes de la", bound, value_of(Bound::before)}, {"antes de", bound, value_of(Bound::before)},
      {"antes del", bound, value_of(Bound::before)}, {"hasta las", bound, value_of(Bound::before)}, {"hasta la", bound, value_of(Bound::before)}, {"hasta el", bound, value_of(Bound::before)}, {"hasta", bound, value_of(Bound::before)},
      {"ahora", now}, {"ahora mismo", now}, {"ahorita", now}, {"ya", now},
  });
}

std::vector<Phrase> french_dates() {
  return make_lexicon({
      {"janvier", month, 1}, {"janv", month, 1}, {"jan", month, 1}, {"fevrier", month, 2}, {"fevr", month, 2}, {"fev", month, 2}, {"mars", month, 3},
      {"avril", month, 4}, {"avr", month, 4}, {"mai", month, 5}, {"juin", month, 6}, {"juillet", month, 7}, {"juil", month, 7}, {"aout", month, 8},
      {"septembre", month, 9}, {"sept", month, 9}, {"sep", month, 9}, {"octobre", month, 10}, {"oct", month, 10}, {"novembre", month, 11}, {"nov", month, 11},
      {"decembre", month, 12}, {"dec", month, 12},
      {"dimanche", weekday, 0}, {"dim", weekday, 0}, {"lundi", weekday, 1}, {"lun", weekday, 1}, {"mardi", weekday, 2}, {"mar", weekday, 2},
      {"mercredi", weekday, 3}, {"mer", weekday, 3}, {"jeudi", weekday, 4}, {"jeu", weekday, 4}, {"vendredi", weekday, 5}, {"ven", weekday, 5},
      {"samedi", weekday, 6}, {"sam", weekday, 6},
      {"aujourd'hui", neighbour, 0}, {"aujourdhui", neighbour, 0}, {"aujourd hui", neighbour, 0}, {"auj", neighbour, 0}, {"ce matin", neighbour, 0},
      {"ce midi", neighbour, 0}, {"cet apres midi", neighbour, 0}, {"cette apres midi", neighbour, 0}, {"cet aprem", neighbour, 0}, {"ce soir", neighbour, 0},
      {"cette nuit", neighbour, 0}, {"demain", neighbour, 1}, {"2main", neighbour, 1}, {"2 main", neighbour, 1}, {"apres demain", neighbour, 2}, {"surlendemain", neighbour, 2},
      {"hier", neighbour, -1}, {"hier soir", neighbour, -1}, {"avant hier", neighbour, -2},
      {"jour", date_unit, days}, {"jours", date_unit, days}, {"j", date_unit, days}, {"semaine", date_unit, weeks}, {"semaines", date_unit, weeks}, {"mois", date_unit, months},
      {"an", date_unit, years}, {"ans", date_unit, years}, {"annee", date_unit, years}, {"annees", date_unit, years}, {"quinzaine", date_unit, fortnights},
      {"week end", date_unit, weekends}, {"weekend", date_unit, weekends}, {"we", date_unit, weekends}, {"fin de semaine", date_unit, weekends},
      {"jour ouvre", date_unit, working_days}, {"jours ouvres", date_unit, working_days}, {"jours ouvrables", date_unit, working_days},
      {"heure", clock_unit, hour_minutes}, {"heures", clock_unit, hour_minutes}, {"h", clock_unit, hour_minutes}, {"minute", clock_unit, 1},
      {"minutes", clock_unit, 1}, {"min", clock_unit, 1}, {"mn", clock_unit, 1},
      {"prochain", which, value_of(coming)}, {"prochaine", which, value_of(coming)}, {"ce", which, value_of(current)}, {"cet", which, value_of(current)},
      {"cette", which, value_of(current)}, {"dernier", which, value_of(last)}, {"derniere", which, value_of(last)}, {"prochain", which_after, value_of(coming)},
      {"prochaine", which_after, value_of(coming)}, {"qui vient", which_after, value_of(coming)}, {"suivant", which_after, value_of(next)}, {"suivante", which_after, value_of(next)},
      {"dernier", which_after, value_of(last)}, {"derniere", which_after, value_of(last)}, {"passe", which_after, value_of(last)}, {"passee", which_after, value_of(last)}, {"de", of}, {"du", of},
      {"de la", of}, {"de ce", of}, {"de cette", of}, {"en", of}, {"le", the}, {"pour le", the}, {"dans", ahead}, {"ici", ahead}, {"sous", ahead},
      {"aujourd'hui en", ahead}, {"il y a", ago_before}, {"y a", ago_before}, {"apres", since}, {"a partir de", since}, {"a compter de", since}, {"plus tard", from_now}, {"apres", from_now},
      {"fin", edge, value_of(Edge::end)}, {"la fin", edge, value_of(Edge::end)}, {"debut", edge, value_of(Edge::beginning)}, {"au debut", edge, value_of(Edge::beginning)}, {"mi", edge, value_of(Edge::middle)},
      {"milieu", edge, value_of(Edge::middle)}, {"noel", holiday, value_of(Holiday::christmas)}, {"veille de noel", holiday, value_of(Holiday::christmas_eve)},
      {"reveillon de noel", holiday, value_of(Holiday::christmas_eve)}, {"jour de an", holiday, value_of(Holiday::new_year)}, {"nouvel an", holiday, value_of(Holiday::new_year)},
      {"saint sylvestre", holiday, value_of(Holiday::new_years_eve)}, {"saint valentin", holiday, value_of(Holiday::valentine)}, {"paques", holiday, value_of(Holiday::easter)},
      {"am", meridiem, 0}, {"a m", meridiem, 0}, {"pm", meridiem, 1}, {"p m", meridiem, 1},
      {"du matin", day_part, morning}, {"le matin", day_part, morning}, {"matin", day_part, morning}, {"au matin", day_part, morning}, {"dans la matinee", day_part, morning},
      {"en matinee", day_part, morning}, {"matinee", day_part, morning}, {"ce matin", day_part, morning}, {"de apres midi", day_part, afternoon}, {"apres midi", day_part, afternoon},
      {"dans apres midi", day_part, afternoon}, {"cet apres midi", day_part, afternoon}, {"cette apres midi", day_part, afternoon}, {"aprem", day_part, afternoon}, {"cet aprem", day_part, afternoon},
      {"du soir", day_part, evening}, {"le soir", day_part, evening}, {"soir", day_part, evening}, {"soiree", day_part, evening}, {"en soiree", day_part, evening}, {"dans la soiree", day_part, evening}, {"ce soir", day_part, evening},
      {"au soir", day_part, evening}, {"hier soir", day_part, evening}, {"de la nuit", day_part, night}, {"la nuit", day_part, night}, {"nuit", day_part, night}, {"cette nuit", day_part, night},
      {"heures", o_clock}, {"heure", o_clock}, {"h", o_clock}, {"heures pile", o_clock}, {"heures precises", o_clock}, {"hrs", o_clock}, {"pile", o_clock},
      {"midi", clock_word, noon_minutes}, {"ce midi", clock_word, noon_minutes}, {"minuit", clock_word, 0}, {"demi", half_hour, 30}, {"demie", half_hour, 30}, {"quart", quarter_hour, 15}, {"le quart", quarter_hour, 15}, {"un quart", quarter_hour, 15},
      {"et", past}, {"moins", to}, {"minutes", minutes}, {"min", minutes}, {"a", at}, {"vers", at}, {"vers les", at}, {"aux environs de", at}, {"environ", at}, {"@", at}, {"~", at}, {"autour de", at}, {"sur les", at},
      {"apres", bound, value_of(Bound::after)}, {"a partir de", bound, value_of(Bound::after)}, {"a partir du", bound, value_of(Bound::after)}, {"des", bound, value_of(Bound::after)}, {"depuis", bound, value_of(Bound::after)},
      {"avant", bound, value_of(Bound::before)}, {"jusqu'a", bound, value_of(Bound::before)}, {"jusqu'au", bound, value_of(Bound::before)}, {"avant le", bound, value_of(Bound::before)}, {"apres le", bound, value_of(Bound::after)},
      {"maintenant", now}, {"tout de suite", now}, {"immediatement", now}, {"en huit", week_after, weeks}, {"en quinze", week_after, fortnights},
  });
}

}  // namespace

std::span<const Phrase> date_words(Language language) {
  static const auto english = english_dates();
  static const auto spanish = spanish_dates();
  static const auto french = french_dates();
  switch (language) {
    case Language::en: return english;
    case Language::es: return spanish;
    case Language::fr: return french;
  }
  return english;
}

}  // namespace answerback::flows
