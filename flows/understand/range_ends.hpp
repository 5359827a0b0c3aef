// Where a reply falls apart into two ends, and the two ends read together by one kind's reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/understand.hpp"
#include "flows/understand/reply.hpp"

namespace answerback::flows {

// What stands before and behind a joint.
struct RangeHalves {
  std::string_view first, second;  // of the raw reply
  bool is_choice = false;
};

// In the order in which they are to be tried; few.
std::vector<RangeHalves> range_halves(const Reply& reply);

struct RangeEnds {
  Value from, to;
};

// Nothing when one of the ends says nothing, or they do not go together.
std::optional<RangeEnds> read_ends(const ExpectNumber& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectMoney& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context);

}  // namespace answerback::flows
