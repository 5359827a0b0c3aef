// Finds every number in a reply, in one language.
#pragma once

#include "flows/understand/number_reader.hpp"

namespace answerback::flows {

// "over 10", "less than 10", "menos de 10", "jusqu'a 10": a bound and no number of its own. `at` is where the number begins.
bool is_bounded(const TokenView& tokens, std::size_t at);

// "10 to 12", "between 10 and 12": the first number takes tokens `first` to `last`, the second begins at `second`.
bool is_range(const TokenView& tokens, std::size_t first, std::size_t last, std::size_t second);

struct NumberScan {
  std::vector<FoundNumber> numbers;
  bool other_digits = false;  // something looks like a number but is none: a date, a time, a version, a phone number
  bool range = false;         // "10 to 12": two numbers, neither of which is meant alone
};

NumberScan scan_numbers(const TokenView& tokens, const NumberReader& reader);

}  // namespace answerback::flows
