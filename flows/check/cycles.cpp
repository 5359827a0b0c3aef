#include "flows/check/cycles.hpp"

#include <algorithm>

namespace answerback::flows {

namespace {

Successors reversed(const Successors& successors) {
  Successors predecessors(successors.size());
  for (StepIndex from = 0; from < successors.size(); ++from) {
    for (const auto to : successors[from]) predecessors[to].push_back(from);
  }
  return predecessors;
}

// Takes away what leads nowhere (Kahn's order, backwards) until only cycles and what leads into them is left.
class Remains {
 public:
  explicit Remains(const Successors& successors)
      : successors_(successors), predecessors_(reversed(successors)), alive_(successors.size(), true) {
    for (StepIndex step = 0; step < successors.size(); ++step) ways_left_.push_back(successors[step].size());
    for (StepIndex step = 0; step < successors.size(); ++step) {
      if (ways_left_[step] == 0 && alive_[step]) remove(step);
    }
  }

  bool has(StepIndex step) const { return alive_[step]; }

  // From a step that is left every walk comes round.
  std::vector<StepIndex> cycle_from(StepIndex step) const {
    std::vector<StepIndex> walk;
    std::vector<bool> seen(successors_.size(), false);
    while (!seen[step]) {
      seen[step] = true;
      walk.push_back(step);
      step = *std::find_if(successors_[step].begin(), successors_[step].end(), [this](StepIndex next) { return alive_[next]; });
    }
    walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), step));
    std::rotate(walk.begin(), std::min_element(walk.begin(), walk.end()), walk.end());
    return walk;
  }

  void remove(StepIndex first) {
    std::vector<StepIndex> leaving{first};
    alive_[first] = false;
    while (!leaving.empty()) {
      const auto step = leaving.back();
      leaving.pop_back();
      for (const auto from : predecessors_[step]) {
        if (!alive_[from] || --ways_left_[from] > 0) continue;
        alive_[from] = false;
        leaving.push_back(from);
      }
    }
  }

 private:
  const Successors& successors_;
  Successors predecessors_;
  std::vector<bool> alive_;
  std::vector<std::size_t> ways_left_;
};

}  // namespace

std::vector<std::vector<StepIndex>> find_cycles(const Successors& successors) {
  std::vector<std::vector<StepIndex>> cycles;
  Remains remains(successors);
  for (StepIndex step = 0; step < successors.size(); ++step) {
    while (remains.has(step)) {
      cycles.push_back(remains.cycle_from(step));
      for (const auto on_cycle : cycles.back()) {
        if (remains.has(on_cycle)) remains.remove(on_cycle);
      }
    }
  }
  return cycles;
}

std::vector<bool> reached_from(const Successors& successors, const std::vector<StepIndex>& starts) {
  std::vector<bool> reached(successors.size(), false);
  std::vector<StepIndex> open = starts;
  while (!open.empty()) {
    const auto step = open.back();
    open.pop_back();
    if (reached[step]) continue;
    reached[step] = true;
    open.insert(open.end(), successors[step].begin(), successors[step].end());
  }
  return reached;
}

std::vector<bool> can_reach(const Successors& successors, const std::vector<StepIndex>& goals) {
  return reached_from(reversed(successors), goals);
}

}  // namespace answerback::flows
