#include "flows/understand/number_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace answerback::flows {

namespace {

using enum NumberWord::Role;

constexpr auto english = std::to_array<NumberWord>({
    {"zero", unit, 0}, {"one", unit, 1}, {"two", unit, 2}, {"three", unit, 3}, {"four", unit, 4}, {"five", unit, 5}, {"six", unit, 6},
    {"seven", unit, 7}, {"eight", unit, 8}, {"nine", unit, 9}, {"ten", unit, 10}, {"eleven", unit, 11}, {"twelve", unit, 12},
    {"thirteen", unit, 13}, {"fourteen", unit, 14}, {"fifteen", unit, 15}, {"sixteen", unit, 16}, {"seventeen", unit, 17},
    {"eighteen", unit, 18}, {"nineteen", unit, 19}, {"twenty", ten, 20}, {"thirty", ten, 30}, {"forty", ten, 40}, {"fourty", ten, 40},
    {"fifty", ten, 50}, {"sixty", ten, 60}, {"seventy", ten, 70}, {"eighty", ten, 80}, {"ninety", ten, 90}, {"hundred", multiplier, 100},
    {"hundreds", multiplier, 100}, {"thousand", multiplier, 1e3}, {"grand", multiplier, 1e3}, {"million", multiplier, 1e6},
    {"billion", multiplier, 1e9}, {"dozen", multiplier, 12},
});

constexpr auto spanish = std::to_array<NumberWord>({
    {"cero", unit, 0}, {"un", unit, 1}, {"uno", unit, 1}, {"una", unit, 1}, {"dos", unit, 2}, {"tres", unit, 3}, {"cuatro", unit, 4},
    {"cinco", unit, 5}, {"seis", unit, 6}, {"siete", unit, 7}, {"ocho", unit, 8}, {"nueve", unit, 9}, {"diez", unit, 10}, {"once", unit, 11},
    {"doce", unit, 12}, {"trece", unit, 13}, {"catorce", unit, 14}, {"quince", unit, 15}, {"dieciseis", unit, 16}, {"diecisiete", unit, 17},
    {"dieciocho", unit, 18}, {"diecinueve", unit, 19}, {"veinte", ten, 20}, {"veintiuno", unit, 21}, {"veintiun", unit, 21},
    {"veintidos", unit, 22}, {"veintitres", unit, 23}, {"veinticuatro", unit, 24}, {"veinticinco", unit, 25}, {"veintiseis", unit, 26},
    {"veintisiete", unit, 27}, {"veintiocho", unit, 28}, {"veintinueve", unit, 29}, {"treinta", ten, 30}, {"cuarenta", ten, 40},
    {"cincuenta", ten, 50}, {"sesenta", ten, 60}, {"setenta", ten, 70}, {"ochenta", ten, 80}, {"noventa", ten, 90}, {"cien", unit, 100},
    {"ciento", unit, 100}, {"mil", multiplier, 1e3}, {"millon", multiplier, 1e6}, {"millones", multiplier, 1e6}, {"docena", multiplier, 12},
});

constexpr auto french = std::to_array<NumberWord>({
    {"zero", unit, 0}, {"un", unit, 1}, {"une", unit, 1}, {"deux", unit, 2}, {"trois", unit, 3}, {"quatre", unit, 4}, {"cinq", unit, 5},
    {"six", unit, 6}, {"sept", unit, 7}, {"huit", unit, 8}, {"neuf", unit, 9}, {"dix", unit, 10}, {"onze", unit, 11}, {"douze", unit, 12},
    {"treize", unit, 13}, {"quatorze", unit, 14}, {"quinze", unit, 15}, {"seize", unit, 16}, {"vingt", ten, 20}, {"trente", ten, 30},
    {"quarante", ten, 40}, {"cinquante", ten, 50}, {"soixante", ten, 60}, {"cent", multiplier, 100}, {"cents", multiplier, 100},
    {"mille", multiplier, 1e3}, {"million", multiplier, 1e6}, {"millions", multiplier, 1e6}, {"douzaine", multiplier, 12},
});

std::optional<NumberWord> look_up(std::span<const NumberWord> words, std::string_view word) {
  const auto it = std::find_if(words.begin(), words.end(), [&](const NumberWord& entry) { return entry.word == word; });
  return it == words.end() ? std::nullopt : std::optional(*it);
}

}  // namespace

std::optional<NumberWord> number_word(std::string_view word, std::string_view language) {
  const auto primary = language.substr(0, language.find_first_of("-_"));
  std::optional<NumberWord> found;
  if (primary == "es") found = look_up(spanish, word);
  if (primary == "fr") found = look_up(french, word);
  return found ? found : look_up(english, word);
}

}  // namespace answerback::flows
