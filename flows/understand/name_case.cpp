#include "flows/understand/name_case.hpp"

#include "flows/text/code_points.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/name_words.hpp"

namespace answerback::flows {

namespace {

bool is_roman(std::string_view folded) { return folded == "ii" || folded == "iii" || folded == "iv"; }

// "o'neil" -> "O'Neil", "jean-pierre" -> "Jean-Pierre"; French "d'arc" keeps its small d behind another name.
std::string capitalized(std::string_view word, bool leads, bool french) {
  if (is_roman(fold(word))) return to_upper(word);
  auto titled = to_title(word);
  auto at = titled.size();
  for (const std::string_view apostrophe : {"’", "'"}) {
    if (const auto found = titled.find(apostrophe); found != std::string::npos) at = found + apostrophe.size();
  }
  if (count_characters(std::string_view(titled).substr(at)) < 2) return titled;
  const auto front = std::string_view(titled).substr(0, at);
  const auto first = first_code_point(std::string_view(titled).substr(at)).size;
  const auto rest = to_upper(std::string_view(titled).substr(at, first)) + titled.substr(at + first);
  return (french && !leads && front.front() == 'D' ? to_lower(front) : std::string(front)) + rest;
}

std::string cased(std::string_view word, bool leads, bool shouted, bool french) {
  auto small = to_lower(word);
  if (word != small && !shouted) return std::string(word);
  if (!leads && is_particle(fold(word))) return small;
  return capitalized(small, leads, french);
}

}  // namespace

std::string name_case(std::string_view name, std::string_view language) {
  const bool several_letters = count_characters(name) > 2;  // "AJ" is written so
  const bool shouted = several_letters && to_upper(name) == name;
  std::string tidy;
  for (const char c : name) tidy.push_back(c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
  std::string result;
  for (const auto word : split_words(tidy)) {
    const bool leads = result.empty();
    if (!leads) result.push_back(' ');
    result += cased(word, leads, shouted, language.starts_with("fr"));
  }
  return result;
}

}  // namespace answerback::flows
