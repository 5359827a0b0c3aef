// The words that join two ends of a range, as data: English, Spanish, French, in folded spelling.
#pragma once

#include <span>
#include <string_view>

namespace answerback::flows {

struct RangeJoint {
  std::string_view word;
  bool needs_lead = false;  // joins two ends only behind "between": else "and" adds
  bool is_choice = false;   // "or": the ends may come in any order
};

std::span<const RangeJoint> range_joints();
std::span<const std::string_view> range_leads();  // "between", "from": before the first end

}  // namespace answerback::flows
