// The postcodes of each country: what they are made of, and which are in use.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace answerback::flows {

// A shape spells a code out: L for a letter, D for a digit, the joint where its halves meet ("LDL DLD", "DDDDD-DDDD").
std::span<const std::string_view> postcode_shapes(std::string_view country);  // none for a country that is not known

struct Postcode {
  std::string code;      // as the country writes it
  bool slipped = false;  // O for 0, I or l for 1, or the other way round
};

// `joined` is the code in lower case without spaces; nothing when it has another shape or breaks the country's rules.
std::optional<Postcode> postcode_of(std::string_view joined, std::string_view shape, std::string_view country);

}  // namespace answerback::flows
