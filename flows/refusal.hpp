// Why a reply is no answer: what `unclear.because` names, and what the person who takes over is told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

enum class Refusal : std::uint8_t {
  not_understood,  // no such value in it
  too_small,       // below `min`
  too_big,         // above `max`
  not_whole,       // a fraction where `integer` is asked for
  too_short,       // a text below `min` characters
  too_long,        // a text above `max` characters
  no_match,        // a text that does not fit `matches`
  in_past,         // a day before today
  too_early,       // a day that is not after `after`
  too_late,        // a day that is not before `before`
  closed,          // outside `weekdays`, `between` or `hours`
  rejected,        // a no to the value that was read back
};

std::string_view to_string(Refusal refusal);  // "too_big"
std::optional<Refusal> parse_refusal(std::string_view word);
const std::vector<std::string>& refusal_words();

}  // namespace answerback::flows
