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

std::string_view to_string(Outcome outcome) { return outcome_names.at(static_cast<std::size_t>(outcome)); }

std::optional<Outcome> parse_outcome(std::string_view text) {
  const auto found = std::find(outcome_names.begin(), outcome_names.end(), text);
  if (found == outcome_names.end()) return std::nullopt;
  return static_cast<Outcome>(found - outcome_names.begin());
}

}  // namespace answerback::flows
