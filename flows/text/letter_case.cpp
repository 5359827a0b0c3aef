#include "flows/text/letter_case.hpp"

#include <utf8proc.h>

#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

char32_t upper(char32_t value) { return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(value))); }
char32_t lower(char32_t value) { return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(value))); }

template <typename Change>
std::string change_each(std::string_view text, Change change) {
  std::string changed;
  changed.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_code_point(text);
    append_utf8(change(character.value), changed);
    text.remove_prefix(character.size);
  }
  return changed;
}

std::string title_word(std::string_view word) {
  const auto size = word.empty() ? 0 : first_code_point(word).size;
  const auto rest = word.substr(size);
  const bool mixed = to_upper(rest) != rest && to_lower(rest) != rest;
  return to_upper(word.substr(0, size)) + (mixed ? std::string(rest) : to_lower(rest));
}

}  // namespace

std::string to_upper(std::string_view text) { return change_each(text, upper); }
std::string to_lower(std::string_view text) { return change_each(text, lower); }

std::string to_lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

std::string to_title(std::string_view text) {
  std::string titled;
  while (true) {
    const auto end = text.find_first_of(" -");
    titled += title_word(text.substr(0, end));
    if (end == std::string_view::npos) return titled;
    titled.push_back(text[end]);
    text.remove_prefix(end + 1);
  }
}

}  // namespace answerback::flows
