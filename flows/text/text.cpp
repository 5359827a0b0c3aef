#include "flows/text/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

bool is_dropped_control(char32_t value) {
  return value < 0x20 && value != U'\t' && value != U'\n' && value != U'\r';
}

// An apostrophe belongs to the word when letters stand on both sides of it: "don't", but not the quotes of 'stop'.
bool is_inner_apostrophe(std::string_view folded, std::size_t at, bool after_word) {
  if (folded[at] != '\'' || !after_word || at + 1 >= folded.size()) return false;
  return is_word_character(first_code_point(folded.substr(at + 1)).value);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What fold_words() leaves of folded ASCII, written over it: never longer than what was read.
void keep_words(std::string& folded) {
  std::size_t end = 0;
  bool after_word = false;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const bool is_apostrophe = folded[at] == '\'' && after_word && at + 1 < folded.size() && is_word_character(static_cast<unsigned char>(folded[at + 1]));
    const bool keep = is_word_character(static_cast<unsigned char>(folded[at])) || is_apostrophe;
    if (keep && !after_word && end > 0) folded[end++] = ' ';
    if (keep) folded[end++] = folded[at];
    after_word = keep;
  }
  folded.resize(end);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_code_point(text.substr(at));
    if (!character.valid) return false;
    at += character.size;
  }
  return true;
}

std::string clean_utf8(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_code_point(text.substr(at));
    if (!character.valid) {
      append_utf8(character.value, clean);
    } else if (!is_dropped_control(character.value)) {
      clean.append(text.substr(at, character.size));
    }
    at += character.size;
  }
  return clean;
}

std::string fold_words(std::string_view text) {
  std::string folded = fold(text);
  if (is_ascii(folded)) {
    keep_words(folded);
    return folded;
  }
  std::string words;
  words.reserve(folded.size());
  bool after_word = false;
  for (std::size_t at = 0; at < folded.size();) {
    const auto character = first_code_point(std::string_view(folded).substr(at));
    const bool keep = is_word_character(character.value) || is_inner_apostrophe(folded, at, after_word);
    if (keep) {
      if (!after_word && !words.empty()) words.push_back(' ');
      words.append(folded, at, character.size);
    }
    after_word = keep;
    at += character.size;
  }
  return words;
}

std::vector<std::string_view> split_words(std::string_view folded) {
  std::vector<std::string_view> words;
  while (!folded.empty()) {
    const auto end = std::min(folded.find(' '), folded.size());
    if (end > 0) words.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

std::string trim(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_code_point(text.substr(at));
    if (!is_space(character.value)) {
      begin = std::min(begin, at);
      end = at + character.size;
    }
    at += character.size;
  }
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

std::string_view clipped(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += first_code_point(text.substr(at)).size;
  return count;
}

namespace {

bool are_far_apart(std::string_view a, std::string_view b, std::size_t limit) {
  const auto difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  return difference > limit || least_distance(bytes_in(a), bytes_in(b)) > limit;
}

// Three rows of numbers: on the stack for words, since this is asked for every pair of them.
class Rows {
 public:
  explicit Rows(std::size_t width) : width_(width) {
    if (3 * width > short_.size()) long_.resize(3 * width);
  }
  std::size_t* row(std::size_t index) { return (long_.empty() ? short_.data() : long_.data()) + index * width_; }

 private:
  std::size_t width_;
  std::array<std::size_t, 96> short_;
  std::vector<std::size_t> long_;
};

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (are_far_apart(a, b, limit)) return limit + 1;
  const auto width = b.size() + 1;
  Rows rows(width);
  std::size_t* before = rows.row(0);
  std::size_t* previous = rows.row(1);
  std::size_t* current = rows.row(2);
  for (std::size_t j = 0; j < width; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, substitution});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    if (*std::min_element(current, current + width) > limit) return limit + 1;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], limit + 1);
}

std::string fold_phrase(std::string_view text) {
  auto words = fold_words(text);
  return words.empty() ? fold(text) : words;
}

}  // namespace answerback::flows
