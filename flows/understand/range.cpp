#include "flows/understand/range.hpp"

#include "flows/understand/range_ends.hpp"

namespace answerback::flows {

namespace {

// Nothing for the kinds that have no ends.
struct EndsBy {
  const Reply& reply;
  const ReplyContext& context;
  template <class Kind>
  std::optional<RangeEnds> operator()(const Kind& expect) const {
    if constexpr (requires(const RangeHalves& halves) { read_ends(expect, halves, context); }) {
      for (const auto& halves : range_halves(reply)) {
        if (auto ends = read_ends(expect, halves, context)) return ends;
      }
    }
    return std::nullopt;
  }
};

}  // namespace

Understood with_ranges(const Expect& expect, const Reply& reply, const ReplyContext& context, Understood single) {
  const bool may_be_two = std::holds_alternative<ExpectDate>(expect) && !single.sure && single.others.empty();  // "tomorrow or wednesday"
  if (single.value && !may_be_two) return single;
  const auto ends = std::visit(EndsBy{reply, context}, expect);
  if (!ends) return single;
  return {ends->from, false, reply.trimmed(), {ends->to}};
}

}  // namespace answerback::flows
