// What each kind makes of the parts of a range: a single value, two ends, a limit, a period with a name.
#pragma once

#include "flows/understand/kinds.hpp"
#include "flows/understand/range_bounds.hpp"
#include "flows/understand/range_ends.hpp"

namespace answerback::flows {

// Two ends as a Range; nothing when one of them says nothing.
Understood ends_range(const ExpectNumber& expect, const RangeHalves& halves, const ReplyContext& context);
Understood ends_range(const ExpectMoney& expect, const RangeHalves& halves, const ReplyContext& context);
Understood ends_range(const ExpectDate& expect, const RangeHalves& halves, const ReplyContext& context);
Understood ends_range(const ExpectTime& expect, const RangeHalves& halves, const ReplyContext& context);
Understood ends_range(const ExpectDateTime& expect, const RangeHalves& halves, const ReplyContext& context);

// "Morning", "next week", "in march", "friday from 2 to 4" as a Range.
Understood period_range(const ExpectTime& expect, const Reply& reply, const ReplyContext& context);
Understood period_range(const ExpectDate& expect, const Reply& reply, const ReplyContext& context);
Understood period_range(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context);
template <class Kind>
Understood period_range(const Kind&, const Reply&, const ReplyContext&) {
  return {};
}

inline Understood understand_single(const ExpectNumber& expect, const Reply& reply, const ReplyContext& context) { return understand_number(expect, reply, context); }
inline Understood understand_single(const ExpectMoney& expect, const Reply& reply, const ReplyContext& context) { return understand_money(expect, reply, context); }
inline Understood understand_single(const ExpectDate& expect, const Reply& reply, const ReplyContext& context) { return understand_date(expect, reply, context); }
inline Understood understand_single(const ExpectTime& expect, const Reply& reply, const ReplyContext& context) { return understand_time(expect, reply, context); }
inline Understood understand_single(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context) { return understand_datetime(expect, reply, context); }

// What stands behind "after" or "before": of an hour without its half of the day nobody means the small ones, of a part of the day it is
// the near end or, behind "after", the far one.
Understood understand_limit(const ExpectNumber& expect, const SaidBound& bound, const ReplyContext& context);
Understood understand_limit(const ExpectMoney& expect, const SaidBound& bound, const ReplyContext& context);
Understood understand_limit(const ExpectDate& expect, const SaidBound& bound, const ReplyContext& context);
Understood understand_limit(const ExpectTime& expect, const SaidBound& bound, const ReplyContext& context);
Understood understand_limit(const ExpectDateTime& expect, const SaidBound& bound, const ReplyContext& context);

// "10 to 5" may be ten to five: where a window is asked for it is one.
bool may_be_window(std::string_view reply);

}  // namespace answerback::flows
