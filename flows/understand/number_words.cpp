#include "flows/understand/number_words.hpp"

namespace answerback::flows {

namespace {

Vocabulary english_numbers() {
  using enum Role;
  return Vocabulary({
      {"zero", unit, 0}, {"nought", unit, 0}, {"naught", unit, 0}, {"one", unit, 1}, {"two", unit, 2}, {"three", unit, 3}, {"four", unit, 4},
      {"five", unit, 5}, {"six", unit, 6}, {"seven", unit, 7}, {"eight", unit, 8}, {"nine", unit, 9}, {"ten", teen, 10}, {"eleven", teen, 11},
      {"twelve", teen, 12}, {"thirteen", teen, 13}, {"fourteen", teen, 14}, {"fifteen", teen, 15}, {"sixteen", teen, 16},
      {"seventeen", teen, 17}, {"eighteen", teen, 18}, {"nineteen", teen, 19}, {"twenty", ten, 20}, {"thirty", ten, 30}, {"forty", ten, 40},
      {"fourty", ten, 40}, {"fifty", ten, 50}, {"sixty", ten, 60}, {"seventy", ten, 70}, {"eighty", ten, 80}, {"ninety", ten, 90},
      {"ninty", ten, 90}, {"hundred", hundred, 100}, {"hundreds", hundred, 100}, {"thousand", big, 1e3}, {"thousands", big, 1e3},
      {"grand", big, 1e3}, {"lakh", big, 1e5}, {"lakhs", big, 1e5}, {"crore", big, 1e7}, {"crores", big, 1e7}, {"million", big, 1e6},
      {"millions", big, 1e6}, {"billion", big, 1e9}, {"billions", big, 1e9}, {"trillion", big, 1e12}, {"dozen", collective, 12},
      {"dozens", collective, 12}, {"half", half, 2}, {"halves", half, 2}, {"quarter", part, 4}, {"quarters", part, 4}, {"third", part, 3},
      {"thirds", part, 3}, {"fourths", part, 4}, {"fifths", part, 5}, {"sixths", part, 6}, {"sevenths", part, 7}, {"eighths", part, 8},
      {"ninths", part, 9}, {"tenths", part, 10}, {"tenth", part, 10}, {"eighth", part, 8}, {"fifth", part, 5}, {"sixth", part, 6},
      {"fourth", part, 4}, {"first", ordinal, 1}, {"second", ordinal, 2}, {"third", ordinal, 3}, {"fourth", ordinal, 4},
      {"fifth", ordinal, 5}, {"sixth", ordinal, 6}, {"seventh", ordinal, 7}, {"eighth", ordinal, 8}, {"ninth", ordinal, 9},
      {"tenth", ordinal, 10}, {"eleventh", ordinal, 11}, {"twelfth", ordinal, 12}, {"thirteenth", ordinal, 13}, {"fourteenth", ordinal, 14},
      {"fifteenth", ordinal, 15}, {"sixteenth", ordinal, 16}, {"seventeenth", ordinal, 17}, {"eighteenth", ordinal, 18},
      {"nineteenth", ordinal, 19}, {"twentieth", ordinal, 20}, {"thirtieth", ordinal, 30}, {"a", article, 1}, {"an", article, 1},
      {"couple", couple, 2}, {"pair", couple, 2}, {"minus", minus}, {"negative", minus}, {"point", point}, {"oh", oh}, {"o", oh},
      {"and", joint}, {"&", joint}, {"n", joint}, {"year", time_unit}, {"month", time_unit}, {"week", time_unit}, {"day", time_unit},
      {"hour", time_unit}, {"minute", time_unit}, {"decade", time_unit, 10}, {"years", time_unit}, {"months", time_unit},
  });
}

Vocabulary spanish_numbers() {
  using enum Role;
  return Vocabulary({
      {"cero", unit, 0}, {"un", unit, 1}, {"uno", unit, 1}, {"una", unit, 1}, {"dos", unit, 2}, {"tres", unit, 3}, {"cuatro", unit, 4},
      {"cinco", unit, 5}, {"seis", unit, 6}, {"siete", unit, 7}, {"ocho", unit, 8}, {"nueve", unit, 9}, {"diez", teen, 10}, {"once", teen, 11},
      {"doce", teen, 12}, {"trece", teen, 13}, {"catorce", teen, 14}, {"quince", teen, 15}, {"dieciseis", teen, 16}, {"diecisiete", teen, 17},
      {"dieciocho", teen, 18}, {"diecinueve", teen, 19}, {"veintiuno", teen, 21}, {"veintiun", teen, 21}, {"veintiuna", teen, 21},
      {"veintidos", teen, 22}, {"veintitres", teen, 23}, {"veinticuatro", teen, 24}, {"veinticinco", teen, 25}, {"veintiseis", teen, 26},
      {"veintisiete", teen, 27}, {"veintiocho", teen, 28}, {"veintinueve", teen, 29}, {"veinte", ten, 20}, {"treinta", ten, 30},
      {"cuarenta", ten, 40}, {"cincuenta", ten, 50}, {"sesenta", ten, 60}, {"setenta", ten, 70}, {"ochenta", ten, 80}, {"noventa", ten, 90},
      {"cien", hundred, 100}, {"ciento", hundred, 100}, {"cientos", hundred, 100}, {"doscientos", hundreds, 200}, {"doscientas", hundreds, 200},
      {"trescientos", hundreds, 300}, {"trescientas", hundreds, 300}, {"cuatrocientos", hundreds, 400}, {"cuatrocientas", hundreds, 400},
      {"quinientos", hundreds, 500}, {"quinientas", hundreds, 500}, {"seiscientos", hundreds, 600}, {"seiscientas", hundreds, 600},
      {"setecientos", hundreds, 700}, {"setecientas", hundreds, 700}, {"ochocientos", hundreds, 800}, {"ochocientas", hundreds, 800},
      {"novecientos", hundreds, 900}, {"novecientas", hundreds, 900}, {"mil", big, 1e3}, {"miles", big, 1e3}, {"millon", big, 1e6},
      {"millones", big, 1e6}, {"billon", big, 1e12}, {"billones", big, 1e12}, {"docena", collective, 12}, {"docenas", collective, 12},
      {"decena", collective, 10}, {"decenas", collective, 10}, {"quincena", collective, 15}, {"veintena", collective, 20}, {"centenar", collective, 100},
      {"centenares", collective, 100}, {"centena", collective, 100}, {"millar", collective, 1e3}, {"millares", collective, 1e3}, {"medio", half, 2},
      {"media", half, 2}, {"mitad", half, 2}, {"tercio", part, 3}, {"tercios", part, 3}, {"cuarto", part, 4}, {"cuartos", part, 4},
      {"quinto", part, 5}, {"quintos", part, 5}, {"octavo", part, 8}, {"octavos", part, 8}, {"decimo", part, 10}, {"decimos", part, 10},
      {"primero", ordinal, 1}, {"primer", ordinal, 1}, {"primera", ordinal, 1}, {"segundo", ordinal, 2}, {"segunda", ordinal, 2},
      {"tercero", ordinal, 3}, {"tercer", ordinal, 3}, {"tercera", ordinal, 3}, {"cuarto", ordinal, 4}, {"cuarta", ordinal, 4},
      {"quinto", ordinal, 5}, {"quinta", ordinal, 5}, {"sexto", ordinal, 6}, {"sexta", ordinal, 6}, {"septimo", ordinal, 7},
      {"septima", ordinal, 7}, {"octavo", ordinal, 8}, {"octava", ordinal, 8}, {"noveno", ordinal, 9}, {"novena", ordinal, 9},
      {"decimo", ordinal, 10}, {"decima", ordinal, 10}, {"un", article, 1}, {"una", article, 1}, {"par", couple, 2},
      {"menos", minus}, {"coma", point}, {"punto", point}, {"con", point}, {"y", joint}, {"e", joint}, {"ano", time_unit}, {"mes", time_unit},
      {"semana", time_unit}, {"dia", time_unit}, {"hora", time_unit}, {"minuto", time_unit}, {"anos", time_unit}, {"meses", time_unit},
  });
}

Vocabulary french_numbers() {
  using enum Role;
  return Vocabulary({
      {"zero", unit, 0}, {"un", unit, 1}, {"une", unit, 1}, {"deux", unit, 2}, {"trois", unit, 3}, {"quatre", unit, 4}, {"cinq", unit, 5},
      {"six", unit, 6}, {"sept", unit, 7}, {"huit", unit, 8}, {"neuf", unit, 9}, {"dix", teen, 10}, {"onze", teen, 11}, {"douze", teen, 12},
      {"treize", teen, 13}, {"quatorze", teen, 14}, {"quinze", teen, 15}, {"seize", teen, 16}, {"vingt", ten, 20}, {"vingts", ten, 20},
      {"trente", ten, 30}, {"quarante", ten, 40}, {"cinquante", ten, 50}, {"soixante", ten, 60}, {"septante", ten, 70}, {"huitante", ten, 80},
      {"octante", ten, 80}, {"nonante", ten, 90}, {"cent", hundred, 100}, {"cents", hundred, 100}, {"mille", big, 1e3}, {"mil", big, 1e3},
      {"million", big, 1e6}, {"millions", big, 1e6}, {"milliard", big, 1e9}, {"milliards", big, 1e9}, {"billion", big, 1e12},
      {"billions", big, 1e12}, {"douzaine", collective, 12}, {"douzaines", collective, 12}, {"dizaine", collective, 10},
      {"dizaines", collective, 10}, {"quinzaine", collective, 15}, {"vingtaine", collective, 20}, {"trentaine", collective, 30},
      {"quarantaine", collective, 40}, {"cinquantaine", collective, 50}, {"soixantaine", collective, 60}, {"centaine", collective, 100},
      {"centaines", collective, 100}, {"millier", collective, 1e3}, {"milliers", collective, 1e3}, {"demi", half, 2}, {"demie", half, 2},
      {"moitie", half, 2}, {"tiers", part, 3}, {"quart", part, 4}, {"quarts", part, 4}, {"cinquiemes", part, 5}, {"huitiemes", part, 8},
      {"dixieme", part, 10}, {"dixiemes", part, 10}, {"premier", ordinal, 1}, {"premiere", ordinal, 1}, {"deuxieme", ordinal, 2},
      {"second", ordinal, 2}, {"seconde", ordinal, 2}, {"troisieme", ordinal, 3}, {"quatrieme", ordinal, 4}, {"cinquieme", ordinal, 5},
      {"sixieme", ordinal, 6}, {"septieme", ordinal, 7}, {"huitieme", ordinal, 8}, {"neuvieme", ordinal, 9}, {"dixieme", ordinal, 10},
      {"onzieme", ordinal, 11}, {"douzieme", ordinal, 12}, {"treizieme", ordinal, 13}, {"quatorzieme", ordinal, 14}, {"quinzieme", ordinal, 15},
      {"seizieme", ordinal, 16}, {"vingtieme", ordinal, 20}, {"trentieme", ordinal, 30}, {"unieme", ordinal, 1}, {"un", article, 1},
      {"une", article, 1}, {"paire", couple, 2}, {"moins", minus}, {"virgule", point}, {"point", point}, {"et", joint},
      {"an", time_unit}, {"annee", time_unit}, {"mois", time_unit}, {"semaine", time_unit}, {"jour", time_unit}, {"heure", time_unit},
      {"minute", time_unit}, {"ans", time_unit}, {"annees", time_unit},
  });
}

}  // namespace

const Vocabulary& number_words(Language language) {
  static const auto english = english_numbers();
  static const auto spanish = spanish_numbers();
  static const auto french = french_numbers();
  switch (language) {
    case Language::en: return english;
    case Language::es: return spanish;
    case Language::fr: return french;
  }
  return english;
}

}  // namespace answerback::flows
