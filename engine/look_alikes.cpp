#include "engine/look_alikes.hpp"

#include <algorithm>
#include <array>

#include "flows/text/code_points.hpp"

namespace answerback::engine {

namespace {

struct LookAlike {
  char32_t letter;
  char latin;
};

// After Unicode Technical Standard 39, confusables.txt (version 15), cut to Cyrillic and Greek letters that phones offer.
// Capitals and small letters differ: the capital Ν looks like N, the small ν like v. Sorted by code point.
constexpr std::array look_alikes{
    LookAlike{0x0131, 'i'}, LookAlike{0x0251, 'a'}, LookAlike{0x0261, 'g'}, LookAlike{0x0391, 'a'}, LookAlike{0x0392, 'b'},
    LookAlike{0x0395, 'e'}, LookAlike{0x0396, 'z'}, LookAlike{0x0397, 'h'}, LookAlike{0x0399, 'i'}, LookAlike{0x039A, 'k'},
    LookAlike{0x039C, 'm'}, LookAlike{0x039D, 'n'}, LookAlike{0x039F, 'o'}, LookAlike{0x03A1, 'p'}, LookAlike{0x03A4, 't'},
    LookAlike{0x03A5, 'y'}, LookAlike{0x03A7, 'x'}, LookAlike{0x03B1, 'a'}, LookAlike{0x03B9, 'i'}, LookAlike{0x03BD, 'v'},
    LookAlike{0x03BF, 'o'}, LookAlike{0x03C1, 'p'}, LookAlike{0x03C4, 't'}, LookAlike{0x03C5, 'u'}, LookAlike{0x0405, 's'},
    LookAlike{0x0406, 'i'}, LookAlike{0x0408, 'j'}, LookAlike{0x0410, 'a'}, LookAlike{0x0412, 'b'}, LookAlike{0x0415, 'e'},
    LookAlike{0x041A, 'k'}, LookAlike{0x041C, 'm'}, LookAlike{0x041D, 'h'}, LookAlike{0x041E, 'o'}, LookAlike{0x0420, 'p'},
    LookAlike{0x0421, 'c'}, LookAlike{0x0422, 't'}, LookAlike{0x0423, 'y'}, LookAlike{0x0425, 'x'}, LookAlike{0x0430, 'a'},
    LookAlike{0x0435, 'e'}, LookAlike{0x043A, 'k'}, LookAlike{0x043C, 'm'}, LookAlike{0x043E, 'o'}, LookAlike{0x043F, 'n'},
    LookAlike{0x0440, 'p'}, LookAlike{0x0441, 'c'}, LookAlike{0x0442, 't'}, LookAlike{0x0443, 'y'}, LookAlike{0x0445, 'x'},
    LookAlike{0x0455, 's'}, LookAlike{0x0456, 'i'}, LookAlike{0x0458, 'j'}, LookAlike{0x0501, 'd'}, LookAlike{0x051B, 'q'},
};

char latin_of(char32_t letter) {
  constexpr char32_t negative_circled_a = 0x1F150;
  constexpr char32_t negative_squared_a = 0x1F170;
  for (const char32_t first : {negative_circled_a, negative_squared_a}) {
    if (letter >= first && letter < first + 26) return static_cast<char>('a' + (letter - first));
  }
  const auto before = [](const LookAlike& entry, char32_t value) { return entry.letter < value; };
  const auto* it = std::lower_bound(look_alikes.begin(), look_alikes.end(), letter, before);
  return it != look_alikes.end() && it->letter == letter ? it->latin : '\0';
}

}  // namespace

std::string latinised(std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto character = flows::first_code_point(text.substr(at));
    const char latin = character.value < 0x80 ? '\0' : latin_of(character.value);
    if (latin) {
      out.push_back(latin);
    } else {
      out.append(text.substr(at, character.size));
    }
    at += character.size;
  }
  return out;
}

}  // namespace answerback::engine
