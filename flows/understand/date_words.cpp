#include "flows/understand/date_words.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "flows/text.hpp"

namespace answerback::flows {

namespace {

struct Named {
  std::string_view word;
  int value;
};

constexpr auto month_words = std::to_array<Named>({
    {"january", 1}, {"jan", 1}, {"enero", 1}, {"ene", 1}, {"janvier", 1}, {"february", 2}, {"feb", 2}, {"febrero", 2}, {"fevrier", 2}, {"march", 3},
    {"mar", 3}, {"marzo", 3}, {"mars", 3}, {"april", 4}, {"apr", 4}, {"abril", 4}, {"abr", 4}, {"avril", 4}, {"may", 5}, {"mayo", 5}, {"mai", 5},
    {"june", 6}, {"jun", 6}, {"junio", 6}, {"juin", 6}, {"july", 7}, {"jul", 7}, {"julio", 7}, {"juillet", 7}, {"august", 8}, {"aug", 8}, {"agosto", 8},
    {"ago", 8}, {"aout", 8}, {"september", 9}, {"sep", 9}, {"sept", 9}, {"septiembre", 9}, {"setiembre", 9}, {"septembre", 9}, {"october", 10},
    {"oct", 10}, {"octubre", 10}, {"octobre", 10}, {"november", 11}, {"nov", 11}, {"noviembre", 11}, {"novembre", 11}, {"december", 12}, {"dec", 12},
    {"diciembre", 12}, {"dic", 12}, {"decembre", 12},
});

constexpr auto weekdays = std::to_array<Named>({
    {"sunday", 0}, {"sun", 0}, {"domingo", 0}, {"dimanche", 0}, {"monday", 1}, {"mon", 1}, {"lunes", 1}, {"lundi", 1}, {"tuesday", 2}, {"tue", 2},
    {"tues", 2}, {"martes", 2}, {"mardi", 2}, {"wednesday", 3}, {"wed", 3}, {"weds", 3}, {"wensday", 3}, {"wendsday", 3}, {"miercoles", 3}, {"mercredi", 3}, {"thursday", 4}, {"thu", 4},
    {"thur", 4}, {"thurs", 4}, {"jueves", 4}, {"jeudi", 4}, {"friday", 5}, {"fri", 5}, {"viernes", 5}, {"vendredi", 5}, {"saturday", 6}, {"sat", 6},
    {"sabado", 6}, {"samedi", 6},
});

constexpr auto neighbours = std::to_array<Named>({
    {"today", 0}, {"tonight", 0}, {"2day", 0}, {"hoy", 0}, {"aujourd'hui", 0}, {"tomorrow", 1}, {"tomorow", 1}, {"tommorow", 1}, {"tommorrow", 1}, {"tmrw", 1},
    {"tmr", 1}, {"tmw", 1}, {"tmrow", 1}, {"manana", 1}, {"demain", 1}, {"yesterday", -1}, {"ayer", -1}, {"hier", -1},
});

constexpr auto ordinals = std::to_array<std::string_view>(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
     "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"});

constexpr auto units = std::to_array<Named>({
    {"day", 0}, {"days", 0}, {"dia", 0}, {"dias", 0}, {"jour", 0}, {"jours", 0}, {"week", 1}, {"weeks", 1}, {"wk", 1}, {"wks", 1}, {"semana", 1},
    {"semanas", 1}, {"semaine", 1}, {"semaines", 1}, {"month", 2}, {"months", 2}, {"mes", 2}, {"meses", 2}, {"mois", 2}, {"year", 3}, {"years", 3},
    {"yr", 3}, {"yrs", 3}, {"ano", 3}, {"anos", 3}, {"an", 3}, {"ans", 3},
});

std::optional<int> exact(std::span<const Named> names, std::string_view word) {
  const auto it = std::find_if(names.begin(), names.end(), [&](const Named& named) { return named.word == word; });
  return it == names.end() ? std::nullopt : std::optional(it->value);
}

// Only long names, and never the first letter: "march" and "match" are both words, "febuary" is not.
std::optional<int> misspelt(std::span<const Named> names, std::string_view word) {
  constexpr std::size_t shortest = 6;
  constexpr std::size_t long_name = 8;
  std::optional<int> found;
  for (const auto& named : names) {
    if (word.size() < shortest || named.word.size() < shortest || word.front() != named.word.front()) continue;
    const std::size_t limit = std::min(word.size(), named.word.size()) >= long_name ? 2 : 1;
    if (edit_distance(word, named.word, limit) > limit) continue;
    if (found && *found != named.value) return std::nullopt;
    found = named.value;
  }
  return found;
}

std::optional<NamedPart> part_named(std::span<const Named> names, std::string_view word) {
  if (const auto value = exact(names, word)) return NamedPart{static_cast<unsigned>(*value), true};
  if (const auto value = misspelt(names, word)) return NamedPart{static_cast<unsigned>(*value), false};
  return std::nullopt;
}

}  // namespace

std::optional<NamedPart> month_named(std::string_view word) { return part_named(month_words, word); }
std::optional<NamedPart> weekday_named(std::string_view word) { return part_named(weekdays, word); }
std::optional<int> days_from_today(std::string_view word) { return exact(neighbours, word); }

unsigned ordinal_named(std::string_view word) {
  const auto* it = std::find(ordinals.begin(), ordinals.end(), word);
  if (it != ordinals.end()) return static_cast<unsigned>(it - ordinals.begin()) + 1;
  return word == "thirtieth" ? 30 : 0;
}

std::optional<DateUnit> unit_named(std::string_view word) {
  const auto value = exact(units, word);
  return value ? std::optional(static_cast<DateUnit>(*value)) : std::nullopt;
}

}  // namespace answerback::flows
