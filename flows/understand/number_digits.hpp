// Numbers written in digits: "1,200.50", "1.200,50", "1 200", "1'200", "2 1/2", ".5".
#pragma once

#include <optional>

#include "flows/understand/token_view.hpp"

namespace answerback::flows {

// What a single mark with three digits behind it means: "1.200".
enum class DigitStyle : unsigned char {
  dot_decimal,    // 1,200 is a thousand and more, 1.200 a bit more than one: English, Mexican Spanish
  comma_decimal,  // the other way round: Spanish; French, which parts thousands by spaces
  money,          // no currency has thousandths in a text message: thousands either way
};

struct DigitNumber {
  double value = 0;
  std::optional<double> other{};  // what the same digits may mean elsewhere
  bool sure = true;
  std::size_t first = 0;        // tokens; `next` is the one behind it
  std::size_t next = 0;
  bool is_number = true;        // false: digits that are something else, such as a date, a time or a phone
};

// `at` is a token of digits. `spaces`: is "1 200" sure to be one number?
DigitNumber read_digits(const TokenView& tokens, std::size_t at, DigitStyle style, bool spaces);

// "1/2" at `at`, as a share; 0 when it is none.
double read_share(const TokenView& tokens, std::size_t at);

}  // namespace answerback::flows
