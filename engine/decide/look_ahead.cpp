#include "engine/decide/look_ahead.hpp"

#include <algorithm>
#include <array>

namespace answerback::engine {

namespace {

// The most telling first: a postcode is also a number, so that it must have been taken when numbers are looked for. Texts, names and
// yes_no are never read ahead: nearly every word would answer them.
constexpr std::array<std::string_view, 9> kinds_by_certainty{"email", "phone", "datetime", "date", "time", "money", "postcode", "number", "choice"};

struct Open {
  const flows::Step* step;
  const flows::Ask* ask;
};

std::vector<Open> open_questions(const flows::Flow& flow, flows::StepIndex current, const IsKnown& is_known) {
  std::vector<Open> open;
  for (flows::StepIndex i = 0; i < flow.steps.size(); ++i) {
    const auto* ask = std::get_if<flows::Ask>(&flow.steps[i].verb);
    if (i != current && ask != nullptr && !is_known(flow.steps[i], *ask)) open.push_back({&flow.steps[i], ask});
  }
  return open;
}

void blank(std::string& text, flows::Span span) {
  for (auto at = span.begin; at < std::min(span.end, text.size()); ++at) text[at] = ' ';
}

// Two questions of a kind: which of them is meant? Two choices differ in their words, so that only one may understand.
std::vector<Open> of_kind(const std::vector<Open>& open, std::string_view kind) {
  std::vector<Open> found;
  std::copy_if(open.begin(), open.end(), std::back_inserter(found), [&](const Open& one) { return flows::kind_name(one.ask->expect) == kind; });
  return found.size() > 1 && kind != "choice" ? std::vector<Open>{} : found;
}

}  // namespace

std::vector<FoundAhead> find_ahead(const flows::Flow& flow, flows::StepIndex current, std::string_view reply, flows::Span used,
                                   const flows::ReplyContext& context, const IsKnown& is_known) {
  std::vector<FoundAhead> found;
  const auto open = open_questions(flow, current, is_known);
  std::string rest(reply);
  blank(rest, used);
  for (const auto kind : kinds_by_certainty) {
    for (const auto& question : of_kind(open, kind)) {
      auto understood = flows::understand(question.ask->expect, rest, context);
      if (!understood.value || !understood.sure) continue;
      blank(rest, understood.span);
      found.push_back({question.step->name, std::move(*understood.value)});
    }
  }
  return found;
}

}  // namespace answerback::engine
