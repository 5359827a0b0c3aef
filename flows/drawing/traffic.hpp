// How conversations went through a flow, counted from their trails. For every step: entered = passed on + waiting + ended.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "flows/ways.hpp"

namespace answerback::flows {

struct StepTraffic {
  std::uint64_t passed = 0;
  std::uint64_t waiting = 0;
  std::array<std::uint64_t, 3> ended{};         // by Outcome
  std::map<ExitNumber, std::uint64_t> exits;    // how often each was taken, also as the last one

  std::uint64_t ended_here() const { return ended[0] + ended[1] + ended[2]; }
  std::uint64_t entered() const { return passed + waiting + ended_here(); }
};

// One conversation's way. It waits at a step, or it has ended.
struct Journey {
  std::vector<Passage> trail;
  bool whole = true;                    // false: the trail is cut off at its bound
  std::optional<StepIndex> waiting_at;
  std::optional<Outcome> ended;
};

class Traffic {
 public:
  // `flow` outlives this.
  explicit Traffic(const Flow& flow) : flow_(flow), steps_(flow.steps.size()) {}

  void add(const Journey& journey);

  const std::vector<StepTraffic>& steps() const { return steps_; }
  std::uint64_t conversations() const { return conversations_; }
  // Conversations of which it is not known where they wait or ended: the trail was cut off, or names no step.
  std::uint64_t lost() const { return lost_; }

 private:
  std::optional<StepIndex> place_of_end(const Journey& journey) const;

  const Flow& flow_;
  std::vector<StepTraffic> steps_;
  std::uint64_t conversations_ = 0;
  std::uint64_t lost_ = 0;
};

// Where an exit of a step leads; null for what is no exit of the flow's own, or leads back by what was said before.
const Target* target_of(const Flow& flow, const Passage& passage);

}  // namespace answerback::flows
