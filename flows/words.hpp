// The letters that names are made of, and lists of words: small questions that every reader of text asks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace answerback::flows {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As much of a name of the author's as a message repeats.
inline constexpr std::size_t max_shown_characters = 40;

template <typename Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace answerback::flows
