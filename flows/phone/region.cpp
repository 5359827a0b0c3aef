#include "flows/phone/region.hpp"

#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// Spanish with a decimal point: Mexico, Central America, the Caribbean, Peru, the United States.
constexpr auto spanish_points = std::to_array<std::string_view>(
    {"es-MX", "es-US", "es-419", "es-GT", "es-HN", "es-SV", "es-NI", "es-PA", "es-DO", "es-PR", "es-PE", "es-CU"});
constexpr auto spanish_12_hours = std::to_array<std::string_view>(
    {"es-MX", "es-US", "es-419", "es-GT", "es-HN", "es-SV", "es-NI", "es-PA", "es-DO", "es-PR", "es-CO", "es-VE"});
constexpr auto english_day_first =
    std::to_array<std::string_view>({"en-GB", "en-AU", "en-NZ", "en-IE", "en-IN", "en-ZA", "en-SG", "en-HK", "en-MT", "en-NG", "en-KE", "en-PK"});

// Everywhere else English dates begin with the day; Canada has both.
constexpr auto english_month_first = std::to_array<std::string_view>({"US", "CA", "PH", "PR", "GU", "VI", "AS", "MP", "MH", "FM", "PW", "BZ"});

}  // namespace

std::string_view primary_language(std::string_view tag) { return tag.substr(0, tag.find_first_of("-_")); }

bool has_decimal_comma(std::string_view tag) {
  const auto language = primary_language(tag);
  return language == "fr" || (language == "es" && !is_one_of(tag, spanish_points));
}

bool puts_month_first(std::string_view tag) {
  const auto language = primary_language(tag);
  return language != "es" && language != "fr" && !is_one_of(tag, english_day_first);
}

bool puts_month_first(std::string_view tag, std::string_view country) {
  const bool names_region = primary_language(tag).size() < tag.size();
  if (names_region || country.empty() || !puts_month_first(tag)) return puts_month_first(tag);
  return is_one_of(country, english_month_first);
}

bool has_12_hours(std::string_view tag) {
  const auto language = primary_language(tag);
  return language != "fr" && (language != "es" || is_one_of(tag, spanish_12_hours));
}

}  // namespace answerback::flows
