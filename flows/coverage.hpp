// Which steps and branches of a flow conversations have taken. A branch is one exit of a step, or one `anytime` entry that leads
// somewhere.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "flows/ways.hpp"

namespace answerback::flows {

struct BranchKey {
  std::optional<StepIndex> step;  // nothing: an anytime entry, whatever step it was said at
  ExitNumber exit = 0;
  auto operator<=>(const BranchKey&) const = default;
};

std::vector<BranchKey> branches_of(const Flow& flow);
BranchKey branch_of(const Passage& passage);

// "service: answers.service = inspection -> zip"
std::string describe(const Flow& flow, const BranchKey& branch);

class Coverage {
 public:
  // `flow` outlives this.
  explicit Coverage(const Flow& flow) : flow_(flow) {}

  void reach(StepIndex step) { steps_.insert(step); }
  void pass(const std::vector<Passage>& trail);

  bool took(const BranchKey& branch) const { return taken_.contains(branch); }
  std::vector<StepIndex> missed_steps() const;
  std::vector<BranchKey> missed_branches() const;

 private:
  const Flow& flow_;
  std::set<StepIndex> steps_;
  std::set<BranchKey> taken_;
};

}  // namespace answerback::flows
