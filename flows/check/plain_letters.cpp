#include "flows/check/plain_letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "flows/text/code_points.hpp"
#include "flows/text/segments.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 31> look_alikes_in_gsm7{{
    {"’", "'"}, {"‘", "'"}, {"‚", ","}, {"′", "'"}, {"´", "'"}, {"`", "'"}, {"ʼ", "'"}, {"“", "\""}, {"”", "\""}, {"„", "\""}, {"″", "\""},
    {"«", "\""}, {"»", "\""}, {"–", "-"}, {"—", "-"}, {"‐", "-"}, {"‑", "-"}, {"−", "-"}, {"…", "..."}, {"•", "-"}, {"·", "."},
    {"\u00A0", " "}, {"\u202F", " "}, {"\u2009", " "}, {"\t", " "},
    {"\u200B", ""}, {"\u200C", ""}, {"\u200D", ""}, {"\uFEFF", ""}, {"\u00AD", ""},
    {"×", "x"},
}};

template <typename Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const auto size = first_code_point(text.substr(at)).size;
    visit(text.substr(at, size));
    at += size;
  }
}

}  // namespace

std::optional<std::string_view> plain_for(std::string_view character) {
  const auto found = std::find_if(look_alikes_in_gsm7.begin(), look_alikes_in_gsm7.end(), [&](const Pair& pair) { return pair.first == character; });
  return found == look_alikes_in_gsm7.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> beyond_gsm7(std::string_view text) {
  std::vector<std::string_view> found;
  each_character(text, [&](std::string_view character) {
    const bool is_plain = character.size() == 1 && (is_letter(character[0]) || is_digit(character[0]) || character[0] == ' ');
    if (!is_plain && !count_segments(character).first_ucs2.empty() && !is_one_of(character, found)) found.push_back(character);
  });
  return found;
}

std::string made_plain(std::string_view text) {
  std::string plain;
  each_character(text, [&](std::string_view character) {
    const bool keeps = count_segments(character).first_ucs2.empty();
    plain += keeps ? character : plain_for(character).value_or(character);
  });
  return plain;
}

}  // namespace answerback::flows
