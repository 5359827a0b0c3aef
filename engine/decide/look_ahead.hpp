// Finds in one reply what it says about questions that a flow has not come to yet.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/flow.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::engine {

struct FoundAhead {
  std::string step;
  flows::Value value;
};

using IsKnown = std::function<bool(const flows::Step& step, const flows::Ask& ask)>;

// Only what is certain: a kind that one open question alone expects, a value that has one reading, in words that gave nothing else.
// `used` gave the answer to the step at `current`.
std::vector<FoundAhead> find_ahead(const flows::Flow& flow, flows::StepIndex current, std::string_view reply, flows::Span used,
                                   const flows::ReplyContext& context, const IsKnown& is_known);

}  // namespace answerback::engine
