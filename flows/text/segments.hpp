// How many SMS segments a text costs (3GPP 23.038): GSM-7 160/153 septets, UCS-2 70/67 units, no pair split.
#pragma once

#include <cstddef>
#include <string_view>

namespace answerback::flows {

struct Segments {
  enum class Encoding { gsm7, ucs2 };
  Encoding encoding = Encoding::gsm7;
  std::size_t count = 0;  // an empty text costs one
  std::size_t units = 0;  // septets or UTF-16 units
  std::string_view first_ucs2;  // the character that made it UCS-2, as it stands in the text; "" for GSM-7
  bool operator==(const Segments&) const = default;
};

Segments count_segments(std::string_view utf8);

}  // namespace answerback::flows
