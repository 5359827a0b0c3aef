#include "flows/load/source.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace answerback::flows {

namespace {

constexpr std::size_t columns_between_marks = 64;

// One character as it is spelled in the source, and how many bytes it is once decoded.
struct EscapeSpelling {
  std::size_t source_bytes = 1;
  std::size_t columns = 1;
  std::size_t decoded_bytes = 1;
};

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

unsigned hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10U;
}

// RFC 8259 section 7: \uXXXX, and a pair of them for characters beyond the basic plane.
EscapeSpelling unicode_escape(std::string_view rest) {
  unsigned unit = 0;
  for (const char c : rest.substr(2, 4)) unit = unit * 16 + hex_digit(c);
  if (unit >= 0xD800 && unit < 0xDC00) return {12, 12, 4};
  if (unit < 0x80) return {6, 6, 1};
  return {6, 6, unit < 0x800 ? std::size_t{2} : std::size_t{3}};
}

EscapeSpelling next_spelling(std::string_view rest) {
  if (rest[0] == '\\') return rest.size() > 5 && rest[1] == 'u' ? unicode_escape(rest) : EscapeSpelling{2, 2, 1};
  const auto length = utf8_length(static_cast<unsigned char>(rest[0]));
  return {length, 1, length};
}

}  // namespace

Source::Source(std::string_view text) : text_(text) {
  Position at{1, 1};
  for (std::size_t byte = 0; byte < text.size();) {
    if (at.column % columns_between_marks == 1) marks_.push_back({at, byte});
    const bool ends_line = text[byte] == '\n';
    byte += utf8_length(static_cast<unsigned char>(text[byte]));
    at = ends_line ? Position{at.line + 1, 1} : Position{at.line, at.column + 1};
  }
}

std::size_t Source::byte_at(Position at) const {
  const auto behind = std::upper_bound(marks_.begin(), marks_.end(), at, [](Position wanted, const Mark& mark) {
    return std::tie(wanted.line, wanted.column) < std::tie(mark.at.line, mark.at.column);
  });
  if (behind == marks_.begin() || std::prev(behind)->at.line != at.line) return text_.size();
  const auto& mark = *std::prev(behind);
  std::size_t byte = mark.byte;
  for (std::size_t column = mark.at.column; column < at.column && byte < text_.size(); ++column) {
    byte += utf8_length(static_cast<unsigned char>(text_[byte]));
  }
  return byte;
}

Position Source::inside(Position literal, std::size_t offset) const {
  std::size_t byte = byte_at(literal) + 1;
  Position at{literal.line, literal.column + 1};
  for (std::size_t decoded = 0; decoded < offset && byte < text_.size() && text_[byte] != '"';) {
    const auto spelling = next_spelling(text_.substr(byte));
    byte += spelling.source_bytes;
    at.column += spelling.columns;
    decoded += spelling.decoded_bytes;
  }
  return at;
}

}  // namespace answerback::flows
