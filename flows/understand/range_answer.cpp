#include "flows/understand/range_answer.hpp"

#include <algorithm>
#include <type_traits>

#include "flows/understand/range_answer_kinds.hpp"
#include "flows/understand/range_bounds.hpp"

namespace answerback::flows {

namespace {

// A single reading is both ends.
Understood from_itself_to_itself(Understood single) {
  const auto both = [](const Value& value) { return Value(Range(value, value)); };
  if (single.value) single.value = both(*single.value);
  for (auto& other : single.others) other = both(other);
  return single;
}

// One that leaves the other end open.
Understood open_ended(Understood single, bool is_lower) {
  const auto open = [&](const Value& value) { return is_lower ? Value(Range(value, Value{})) : Value(Range(Value{}, value)); };
  if (single.value) single.value = open(*single.value);
  for (auto& other : single.others) other = open(other);
  return single;
}

bool is_limited(const RangeHalves& halves, bool of_times) {
  const auto limits = [&](std::string_view half) { return !said_bounds(Reply(half), of_times).empty(); };
  return limits(halves.first) || limits(halves.second);
}

// How each kind reads one value and two ends.
struct RangesBy {
  const Reply& reply;
  const ReplyContext& context;

  template <class Kind>
  Understood operator()(const Kind& expect) const {
    if constexpr (requires { expect.range; }) return read(expect);
    return {};
  }

 private:
  template <class Kind>
  Understood read(const Kind& expect) const {
    auto plain = expect;
    plain.range = false;
    constexpr bool of_times = !std::is_same_v<Kind, ExpectNumber> && !std::is_same_v<Kind, ExpectMoney>;
    auto single = understand_single(plain, reply, context);
    if (may_have_ends(plain, single)) {
      if (auto ends = between_ends(plain, of_times); ends.value) return ends;
    }
    const auto bounds = said_bounds(reply, of_times);
    if (bounds.empty() || std::is_same_v<Kind, ExpectDateTime>) {
      if (auto period = period_range(plain, reply, context); period.value) return period;
    }
    if (!bounds.empty()) {
      if (auto open = limited(plain, bounds, single); open.value || is_contradiction(bounds)) return open;
    }
    return from_itself_to_itself(std::move(single));
  }

  // Where a single value is read, and surely, there are no two.
  template <class Kind>
  bool may_have_ends(const Kind&, const Understood& single) const {
    if (!single.value) return true;
    if constexpr (std::is_same_v<Kind, ExpectTime>) return may_be_window(reply.folded());
    return std::is_same_v<Kind, ExpectDate> && !single.sure && single.others.empty();  // "tomorrow or wednesday"
  }

  // "Before 9 or after 5" is no window.
  static bool is_contradiction(const std::vector<SaidBound>& bounds) { return bounds.size() == 2 && !bounds[0].is_lower && bounds[1].is_lower; }

  template <class Kind>
  Understood between_ends(const Kind& plain, bool of_times) const {
    for (const auto& halves : range_halves(reply)) {
      if (halves.is_choice && is_limited(halves, of_times)) continue;
      auto ends = ends_range(plain, halves, context);
      if (!ends.value) continue;
      ends.span = reply.trimmed();
      return ends;
    }
    return {};
  }

  template <class Kind>
  Understood limited(const Kind& plain, const std::vector<SaidBound>& bounds, const Understood& single) const {
    if (bounds.size() == 2 && bounds[0].is_lower != bounds[1].is_lower) {
      if (is_contradiction(bounds)) return {};
      const auto& lower = bounds[0].is_lower ? bounds[0] : bounds[1];
      const auto& upper = bounds[0].is_lower ? bounds[1] : bounds[0];
      auto ends = ends_range(plain, {lower.said, upper.said}, context);
      if (ends.value) ends.span = reply.trimmed();
      return ends;
    }
    const bool same_side = std::all_of(bounds.begin(), bounds.end(), [&](const SaidBound& bound) { return bound.is_lower == bounds.front().is_lower; });
    if (!same_side) return {};
    auto limit = understand_limit(plain, bounds.front(), context);
    // "Mornings before 10": what else is said settles it.
    if (!limit.others.empty() && single.value && single.others.empty()) limit = {single.value, true, {}};
    if (limit.value) limit.span = reply.trimmed();
    return open_ended(std::move(limit), bounds.front().is_lower);
  }
};

}  // namespace

Understood understand_range(const Expect& expect, const Reply& reply, const ReplyContext& context) {
  return std::visit(RangesBy{reply, context}, expect);
}

}  // namespace answerback::flows
