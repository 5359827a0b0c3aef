#include "flows/flow.hpp"

#include <algorithm>
#include <array>

namespace answerback::flows {

namespace {

constexpr std::array<std::string_view, 3> outcome_names{"completed", "bailed", "discarded"};

}  // namespace

std::optional<StepIndex> Flow::find(std::string_view step) const {
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.name == step; });
  if (found == steps.end()) return std::nullopt;
  return static_cast<StepIndex>(found - steps.begin());
}

std::optional<std::string> Flow::speaks(std::string_view tag) const {
  const auto fits = [&](std::string_view wanted) {
    return std::find_if(languages.begin(), languages.end(), [&](const auto& one) { return std::string_view(one).substr(0, one.find('-')) == wanted; });
  };
  const auto exact = std::find(languages.begin(), languages.end(), tag);
  const auto found = exact != languages.end() ? exact : fits(tag.substr(0, tag.find_first_of("-_")));
  return found == languages.end() ? std::nullopt : std::optional(*found);
}

const Wording* Unclear::said_to(Refusal refusal, std::uint32_t attempt) const {
  const auto found = because.find(refusal);
  const auto& retorts = found == because.end() ? say : found->second;
  if (retorts.empty()) return nullptr;
  return &retorts[std::min<std::size_t>(std::max(attempt, 1U) - 1U, retorts.size() - 1)];
}

bool Run::Failure::fits(const Ending& ending) const {
  const bool by_reason = reasons.empty() || std::find(reasons.begin(), reasons.end(), ending.reason) != reasons.end();
  return by_reason && (!outcome || *outcome == ending.outcome);
}

// An entry without reasons takes what those before it left, of its outcome or of both.
bool Run::may_end_the_conversation() const {
  const auto takes_all = [&](Outcome ending) {
    return std::any_of(failed.begin(), failed.end(), [&](const Failure& one) { return one.reasons.empty() && one.outcome.value_or(ending) == ending; });
  };
  return !takes_all(Outcome::bailed) || !takes_all(Outcome::discarded);
}

std::string_view to_string(Outcome outcome) { return outcome_names.at(static_cast<std::size_t>(outcome)); }

std::optional<Outcome> parse_outcome(std::string_view text) {
  const auto found = std::find(outcome_names.begin(), outcome_names.end(), text);
  if (found == outcome_names.end()) return std::nullopt;
  return static_cast<Outcome>(found - outcome_names.begin());
}

}  // namespace answerback::flows
