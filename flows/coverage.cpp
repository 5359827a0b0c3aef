#include "flows/coverage.hpp"

#include <fmt/format.h>

#include "flows/drawing/drawing.hpp"

namespace answerback::flows {

namespace {

std::string name_of_target(const Flow& flow, const Target& target) {
  if (const auto* step = std::get_if<StepIndex>(&target)) return flow.steps[*step].name;
  const auto& ending = std::get<Ending>(target);
  return fmt::format("{} {}", to_string(ending.outcome), ending.reason);
}

std::string describe_anytime(const Flow& flow, const Anytime& entry) {
  const auto phrases = written_cues(entry.phrases);
  if (entry.kind == Anytime::Kind::correct) return fmt::format("at any time: {} -> the last question", phrases);
  return fmt::format("at any time: {} -> {}", phrases, name_of_target(flow, entry.to));
}

}  // namespace

std::vector<BranchKey> branches_of(const Flow& flow) {
  std::vector<BranchKey> branches;
  for (StepIndex i = 0; i < flow.steps.size(); ++i) {
    const auto count = exits(flow.steps[i]).size();
    for (std::size_t n = 0; n < count; ++n) branches.push_back({i, static_cast<ExitNumber>(n)});
  }
  for (std::size_t i = 0; i < flow.anytime.size(); ++i) {
    // A detour comes back to where it was said and leaves no trace in a trail.
    if (flow.anytime[i].kind != Anytime::Kind::resume) branches.push_back({std::nullopt, static_cast<ExitNumber>(exit_anytime + i)});
  }
  return branches;
}

BranchKey branch_of(const Passage& passage) {
  const bool anytime = passage.exit >= exit_anytime && passage.exit < exit_outside;
  return {anytime ? std::nullopt : std::optional(passage.step), passage.exit};
}

std::string describe(const Flow& flow, const BranchKey& branch) {
  if (!branch.step) return describe_anytime(flow, flow.anytime[static_cast<std::size_t>(branch.exit - exit_anytime)]);
  const auto& step = flow.steps[*branch.step];
  const auto exit = exits(step)[branch.exit];
  const auto label = exit_label(step, exit);
  return fmt::format("{}{} -> {}", step.name, label.empty() ? "" : ": " + label, name_of_target(flow, *exit.to));
}

void Coverage::pass(const std::vector<Passage>& trail) {
  for (const auto& passage : trail) {
    steps_.insert(passage.step);
    taken_.insert(branch_of(passage));
  }
}

std::vector<StepIndex> Coverage::missed_steps() const {
  std::vector<StepIndex> missed;
  for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
    if (!steps_.contains(i)) missed.push_back(i);
  }
  return missed;
}

std::vector<BranchKey> Coverage::missed_branches() const {
  std::vector<BranchKey> missed;
  for (const auto& branch : branches_of(flow_)) {
    if (!took(branch)) missed.push_back(branch);
  }
  return missed;
}

}  // namespace answerback::flows
