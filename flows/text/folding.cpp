#include "flows/text/folding.hpp"

#include <utf8proc.h>

#include <array>
#include <optional>

#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"

namespace answerback::flows {

namespace {

// Combining marks of Latin, Greek and Cyrillic (and of keycap emoji). Marks of other scripts are vowels, not accents.
bool is_accent(char32_t value) {
  return (value >= 0x0300 && value <= 0x036F) || (value >= 0x1AB0 && value <= 0x1AFF) || (value >= 0x1DC0 && value <= 0x1DFF) ||
         (value >= 0x20D0 && value <= 0x20FF) || (value >= 0xFE20 && value <= 0xFE2F);
}

// Quotes and dashes as phones type them. Unicode's own compatibility forms would turn some into a space with an accent.
char straightened(char32_t value) {
  if ((value >= 0x2018 && value <= 0x201B) || value == 0x2032 || value == 0xB4 || value == U'`' || value == 0x02BC) return '\'';
  if ((value >= 0x201C && value <= 0x201F) || value == 0x2033 || value == 0xAB || value == 0xBB) return '"';
  if ((value >= 0x2010 && value <= 0x2015) || value == 0x2212) return '-';
  if (value == 0x2044) return '/';
  return '\0';
}

bool is_decimal(char32_t value) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(value)) == UTF8PROC_CATEGORY_ND;
}

// Unicode lays the ten digits of a script out in a row that begins at a code point ending in 0 or in 6.
char32_t to_ascii_digit(char32_t value) {
  const char32_t row = value & ~char32_t{0xF};
  const char32_t zero = is_decimal(row) ? row : row + 6;
  return U'0' + (value - zero);
}

bool is_vulgar_fraction(char32_t value) {
  return (value >= 0xBC && value <= 0xBE) || (value >= 0x2150 && value <= 0x215E);
}

void append_decomposed(char32_t value, std::string& out) {
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  std::array<utf8proc_int32_t, 32> parts{};
  int boundary = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(value), parts.data(), parts.size(), options, &boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(parts.size()); ++i) {
    const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
    if (is_accent(part)) continue;
    if (const char plain = straightened(part)) {
      out.push_back(plain);
    } else {
      append_utf8(is_decimal(part) ? to_ascii_digit(part) : part, out);
    }
  }
}

// What an ASCII character is folded to; 0 where it is left out.
constexpr char folded_ascii(unsigned char value) {
  if (value == ' ' || (value >= 0x09 && value <= 0x0D)) return ' ';
  if (value < 0x20 || value == 0x7F) return '\0';
  if (value >= 'A' && value <= 'Z') return static_cast<char>(value - 'A' + 'a');
  return value == '`' ? '\'' : static_cast<char>(value);
}

void append_folded(char32_t value, std::string& out) {
  if (is_space(value)) {
    out.push_back(' ');
  } else if (const char plain = straightened(value)) {
    out.push_back(plain);
  } else {
    if (is_vulgar_fraction(value)) out.push_back(' ');  // "2½" is two and a half, not 21/2
    append_decomposed(value, out);
  }
}

// Folds character by character; `emit` gets each folded byte with the place of its character in the source.
template <class Emit>
void fold_each(std::string_view source, Emit emit) {
  std::string piece;
  for (std::size_t at = 0; at < source.size();) {
    if (const auto byte = static_cast<unsigned char>(source[at]); byte < 0x80) {
      if (const char plain = folded_ascii(byte)) emit(plain, at, at + 1);
      ++at;
      continue;
    }
    const auto character = first_code_point(source.substr(at));
    piece.clear();
    append_folded(character.value, piece);
    for (const char byte : piece) emit(byte, at, at + character.size);
    at += character.size;
  }
}

constexpr auto folded_ascii_table = [] {
  std::array<char, 128> table{};
  for (std::size_t value = 0; value < table.size(); ++value) table[value] = folded_ascii(static_cast<unsigned char>(value));
  return table;
}();

// Nearly every text is ASCII: folded without asking Unicode, byte by byte. `place` hears of each folded byte where it came from. Gives how
// many there are; nothing where the text is none. `out` has room for all.
template <class Place>
std::optional<std::size_t> fold_ascii(std::string_view text, char* out, Place place) {
  std::size_t size = 0;
  char last = ' ';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return std::nullopt;
    const char plain = folded_ascii_table[byte];
    if (plain == '\0' || (plain == ' ' && last == ' ')) continue;
    place(size, at);
    out[size++] = last = plain;
  }
  return size > 0 && last == ' ' ? size - 1 : size;
}

Folded traced_by_character(std::string_view source) {
  Folded folded;
  folded.text.reserve(source.size());
  folded.begin.reserve(source.size());
  folded.end.reserve(source.size());
  fold_each(source, [&](char byte, std::size_t begin, std::size_t end) {
    if (byte == ' ' && (folded.text.empty() || folded.text.back() == ' ')) return;
    folded.text.push_back(byte);
    folded.begin.push_back(static_cast<std::uint32_t>(begin));
    folded.end.push_back(static_cast<std::uint32_t>(end));
  });
  if (!folded.text.empty() && folded.text.back() == ' ') {
    folded.text.pop_back();
    folded.begin.pop_back();
    folded.end.pop_back();
  }
  return folded;
}

}  // namespace

Folded fold_traced(std::string_view source) {
  Folded folded;
  folded.text.resize(source.size());
  folded.begin.resize(source.size());
  folded.end.resize(source.size());
  const auto size = fold_ascii(source, folded.text.data(), [&](std::size_t index, std::size_t at) {
    folded.begin[index] = static_cast<std::uint32_t>(at);
    folded.end[index] = static_cast<std::uint32_t>(at + 1);
  });
  if (!size) return traced_by_character(source);
  folded.text.resize(*size);
  folded.begin.resize(*size);
  folded.end.resize(*size);
  return folded;
}

std::string fold(std::string_view text) {
  std::string folded(text.size(), '\0');
  if (const auto size = fold_ascii(text, folded.data(), [](std::size_t, std::size_t) {})) {
    folded.resize(*size);
    return folded;
  }
  folded.clear();
  folded.reserve(text.size());
  fold_each(text, [&](char byte, std::size_t, std::size_t) {
    if (byte == ' ' && (folded.empty() || folded.back() == ' ')) return;
    folded.push_back(byte);
  });
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

}  // namespace answerback::flows
