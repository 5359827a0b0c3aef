// Numbers written in digits: "1,200.50", "2 1/2", "-3", "2k", "5th".
#pragma once

#include <optional>
#include <string_view>

#include "flows/understand/number_scan.hpp"

namespace answerback::flows {

// The number that begins at digits token `at`. `decimal_comma`: "1.200,5" is the country's way.
struct DigitsResult {
  std::optional<FoundNumber> number;  // nothing: it is something else, such as a date
  std::size_t next = 0;               // token after it
};

DigitsResult read_digits(const Reply& reply, std::size_t at, bool decimal_comma);

}  // namespace answerback::flows
