// Number words of English, Spanish and French as data.
#pragma once

#include <optional>
#include <string_view>

namespace answerback::flows {

struct NumberWord {
  enum class Role : unsigned char {
    unit,        // 0 to 19, added: "twenty" + "one"
    ten,         // 20 to 90
    multiplier,  // hundred, thousand, million, dozen
  };
  std::string_view word;
  Role role;
  double value;
};

std::optional<NumberWord> number_word(std::string_view word, std::string_view language);

}  // namespace answerback::flows
