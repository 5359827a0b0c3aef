#include "flows/load/ways.hpp"

namespace answerback::flows {

namespace {

const Branches& next_of(const Step& step) {
  static const Branches none;
  if (const auto* say = std::get_if<Say>(&step.verb)) return say->next;
  if (const auto* ask = std::get_if<Ask>(&step.verb)) return ask->next;
  if (const auto* route = std::get_if<Route>(&step.verb)) return route->next;
  if (const auto* set = std::get_if<Set>(&step.verb)) return set->next;
  return none;
}

std::vector<const Target*> targets_of(const Branches& branches) {
  std::vector<const Target*> targets;
  for (const auto& branch : branches) targets.push_back(&branch.to);
  return targets;
}

}  // namespace

bool is_question(const Step& step) { return std::holds_alternative<Ask>(step.verb); }

std::vector<const Target*> ways(const Step& step) {
  auto targets = targets_of(next_of(step));
  if (const auto* ask = std::get_if<Ask>(&step.verb)) {
    targets.push_back(&ask->unclear.then);
    targets.push_back(&ask->silent.then);
  }
  return targets;
}

std::vector<const Target*> ways_without_reply(const Step& step) {
  if (const auto* ask = std::get_if<Ask>(&step.verb)) return {&ask->silent.then};
  return ways(step);
}

std::vector<StepIndex> steps_among(const std::vector<const Target*>& targets) {
  std::vector<StepIndex> steps;
  for (const auto* target : targets) {
    if (const auto* step = std::get_if<StepIndex>(target)) steps.push_back(*step);
  }
  return steps;
}

}  // namespace answerback::flows
