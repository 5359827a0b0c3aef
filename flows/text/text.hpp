// Texts as people type them, brought to a form that can be compared. Never throws, any bytes may come in.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

bool is_valid_utf8(std::string_view text);

// Invalid sequences become U+FFFD, NUL and other C0 controls but tab, CR and LF are dropped.
std::string clean_utf8(std::string_view text);

// NFKC case fold, accents and invisible characters dropped, curly quotes straightened, white space collapsed and trimmed.
// "  ＳＴＯＰ " -> "stop", "Arrêt" -> "arret". Punctuation stays.
std::string fold(std::string_view text);

// fold(), then everything that is no letter, digit or apostrophe inside a word becomes one space; edges trimmed.
// "Yes, please!!" -> "yes please", "opt-out" -> "opt out", "don't" -> "don't".
std::string fold_words(std::string_view text);

// How keywords, phrases and synonyms are compared: by words, or by its signs when there is no word ("👍").
std::string fold_phrase(std::string_view text);

std::vector<std::string_view> split_words(std::string_view folded);

std::string trim(std::string_view text);  // ASCII and Unicode white space at both ends

// Number of Unicode characters (code points) of valid UTF-8.
std::size_t count_characters(std::string_view text);

// The longest beginning of valid UTF-8 that has at most so many bytes and ends with a whole character.
std::string_view clipped(std::string_view text, std::size_t bytes);

// Optimal string alignment distance over bytes of folded text; stops at `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// One bit for each byte that occurs in a text; several bytes share one. Two texts are never nearer to each other than their bytes: for who
// compares one text with a list.
constexpr std::uint64_t bytes_in(std::string_view text) {
  std::uint64_t bits = 0;
  for (const char c : text) bits |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64U);
  return bits;
}
constexpr std::size_t least_distance(std::uint64_t bytes_in_a, std::uint64_t bytes_in_b) {
  return static_cast<std::size_t>(std::max(std::popcount(bytes_in_a & ~bytes_in_b), std::popcount(bytes_in_b & ~bytes_in_a)));
}

}  // namespace answerback::flows
