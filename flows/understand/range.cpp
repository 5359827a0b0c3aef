#include "flows/understand/range.hpp"

#include "flows/understand/range_ends.hpp"

namespace answerback::flows {

namespace {

struct EndsBy {
  const RangeHalves& halves;
  const ReplyContext& context;
  template <class Kind>
  std::optional<RangeEnds> operator()(const Kind& expect) const {
    if constexpr (requires { read_ends(expect, halves, context); }) return read_ends(expect, halves, context);
    return std::nullopt;
  }
};

std::optional<RangeEnds> ends_in(const Expect& expect, const Reply& reply, const ReplyContext& context) {
  for (const auto& halves : range_halves(reply)) {
    if (auto ends = std::visit(EndsBy{halves, context}, expect)) return ends;
  }
  return std::nullopt;
}

}  // namespace

Understood with_ranges(const Expect& expect, const Reply& reply, const ReplyContext& context, Understood single) {
  const bool may_be_two = std::holds_alternative<ExpectDate>(expect) && !single.sure && single.others.empty();  // "tomorrow or wednesday"
  if (single.value && !may_be_two) return single;
  const auto ends = ends_in(expect, reply, context);
  if (!ends) return single;
  return {ends->from, false, reply.trimmed(), {ends->to}};
}

}  // namespace answerback::flows
