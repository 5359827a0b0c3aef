// The letters that names are made of, and lists of words: small questions that every reader of text asks.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace answerback::flows {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr char lower_ascii(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As much of a name of the author's as a message repeats.
inline constexpr std::size_t max_shown_characters = 40;

template <typename Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Of a word, to find it in a table (FNV-1a).
constexpr std::uint32_t word_hash(std::string_view word) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return hash;
}

// A long list of words for a word that every reply asks about: hashed when the program is compiled.
template <std::size_t Count>
class WordTable {
 public:
  constexpr explicit WordTable(const std::array<std::string_view, Count>& words) : words_(words) {
    for (std::size_t i = 0; i < Count; ++i) {
      auto slot = word_hash(words[i]) & mask;
      while (slots_[slot] != 0 && words[slots_[slot] - 1] != words[i]) slot = (slot + 1) & mask;
      if (slots_[slot] == 0) slots_[slot] = static_cast<std::uint16_t>(i + 1);  // of a word that stands there twice the first
    }
  }
  // Its index in the list, `Count` when it is not there. Half of the slots are empty, so that the search ends.
  constexpr std::size_t place(std::string_view word) const {
    for (auto slot = word_hash(word) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
      if (words_[slots_[slot] - 1] == word) return slots_[slot] - 1U;
    }
    return Count;
  }
  constexpr bool has(std::string_view word) const { return place(word) < Count; }

 private:
  static constexpr std::size_t mask = std::bit_ceil(Count * 2) - 1;
  std::array<std::string_view, Count> words_;
  std::array<std::uint16_t, mask + 1> slots_{};
};

// The first words of a list of pairs.
template <typename Pairs>
constexpr auto first_words(const Pairs& pairs) {
  std::array<std::string_view, std::tuple_size_v<Pairs>> words{};
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = pairs[i].first;
  return words;
}

}  // namespace answerback::flows
