// The values that can stand at a path, as far as some comparisons can tell them apart: a few of them stand for all.
#pragma once

#include <vector>

#include "flows/condition.hpp"
#include "flows/flow.hpp"

namespace answerback::flows {

// What is known of the values at a path.
struct Domain {
  std::vector<const Expect*> kinds;  // of the questions that give it
  std::vector<Value> fixed;          // that some `set` gives
  FieldType type = FieldType::any;   // of a contact field
  bool open = false;                 // anything of that type
  bool may_be_unset = false;
  bool may_be_set = true;
};

struct Sample {
  Value value;          // nothing: not set
  bool unlisted = false;  // stands for texts that nobody wrote down: `contains` and `matches` may hold or not
};

// `comparisons` are those of one path.
std::vector<Sample> samples_of(const Domain& domain, const std::vector<const Comparison*>& comparisons);

// "it is one of a, b" for people; "" when there is nothing short to say.
std::string describe(const Domain& domain);

// Like `holds`; nothing when the sample stands for texts of which some fit and some do not.
std::optional<bool> holds_for(const Comparison& comparison, const Sample& sample);

}  // namespace answerback::flows
