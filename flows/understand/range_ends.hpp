// Where a reply falls apart into two ends, and the two ends read together by one kind's reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/understand/reply.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

// What stands before and behind a joint.
struct RangeHalves {
  std::string_view first, second;  // of the raw reply
  bool is_choice = false;
  bool is_named = false;  // joined by a word or led by one: "from 5 to 2", not "twenty-one"
};

// In the order in which they are to be tried; few.
std::vector<RangeHalves> range_halves(const Reply& reply);

struct RangeEnds {
  Value from, to;
};

// The two halves of a date with what one lends to the other: "march 3-5", "del 3 al 5 de marzo".
struct WholeHalves {
  std::string first, second;
};
WholeHalves whole_dates(const RangeHalves& halves);

// Every time that each half may mean; the first may have what the second says of the half of the day.
struct TimeHalves {
  std::vector<int> first, second;
};
std::optional<TimeHalves> time_halves(const RangeHalves& halves, const ReplyContext& context);

// Nothing when one of the ends says nothing, or they do not go together.
std::optional<RangeEnds> read_ends(const ExpectNumber& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectMoney& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context);
std::optional<RangeEnds> read_ends(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context);

}  // namespace answerback::flows
