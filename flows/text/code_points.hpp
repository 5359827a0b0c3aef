// Walks UTF-8 one character at a time. Bytes that are no UTF-8 come out one by one as U+FFFD, so a walk always ends.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace answerback::flows {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes it takes in the text, at least 1
  bool valid = true;
};

CodePoint first_of_several_bytes(std::string_view text);  // what begins with no ASCII

// `text` must not be empty.
inline CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  return lead < 0x80 ? CodePoint{lead, 1, true} : first_of_several_bytes(text);
}

void append_utf8(char32_t value, std::string& out);

bool is_space(char32_t value);
bool is_foreign_word_character(char32_t value);  // of what is no ASCII

// Letter, mark or number of any script.
inline bool is_word_character(char32_t value) {
  if (value >= 0x80) return is_foreign_word_character(value);
  return (value >= U'a' && value <= U'z') || (value >= U'A' && value <= U'Z') || (value >= U'0' && value <= U'9');
}

// The longest beginning of `text` that has at most `characters` code points.
std::string_view first_characters(std::string_view text, std::size_t characters);

}  // namespace answerback::flows
