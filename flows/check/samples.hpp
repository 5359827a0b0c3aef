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

inline constexpr std::size_t max_samples = 4'096;

// `comparisons` are those of one path. Beyond `max_samples` there is one more and the rest is left out.
std::vector<Sample> samples_of(const Domain& domain, const std::vector<const Comparison*>& comparisons);

// "it is one of a, b" for people; "" when there is nothing short to say.
std::string describe(const Domain& domain);

// Like `holds`; nothing when the sample stands for texts of which some fit and some do not.
std::optional<bool> holds_for(const Comparison& comparison, const Sample& sample);

// As much as one `holds_for` costs with samples of that many bytes; a plain comparison is 1.
std::size_t cost_of(const Comparison& comparison, std::size_t sample_bytes);
std::size_t text_bytes(const Sample& sample);

}  // namespace answerback::flows
