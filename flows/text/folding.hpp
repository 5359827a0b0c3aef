// Folding that remembers where every folded byte came from, so that a match can be shown in the text as it was typed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

struct Folded {
  std::string text;                  // what fold() gives
  std::vector<std::uint32_t> begin;  // per byte of `text`: where its character begins in the source
  std::vector<std::uint32_t> end;    // and ends
};

Folded fold_traced(std::string_view source);

}  // namespace answerback::flows
