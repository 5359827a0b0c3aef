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

// `text` must not be empty.
CodePoint first_code_point(std::string_view text);

void append_utf8(char32_t value, std::string& out);

bool is_space(char32_t value);
bool is_word_character(char32_t value);  // letter, mark or number of any script

// The longest beginning of `text` that has at most `characters` code points.
std::string_view first_characters(std::string_view text, std::size_t characters);

}  // namespace answerback::flows
