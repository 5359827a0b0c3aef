// What is known of each path's values, out of the flow's questions, its sets and the types of contact fields.
#pragma once

#include <deque>
#include <map>

#include "flows/check/facts.hpp"
#include "flows/check/samples.hpp"

namespace answerback::flows {

class Domains {
 public:
  Domains(const Flow& flow, const Facts& facts);

  // Where a step leads on by its branches: an answer just given has the values of that question alone.
  Domain at(const Path& path, StepIndex index) const;

  // The same where a text that came during a pause leads on by the branches of its `reply`.
  Domain heard_at(const Path& path, StepIndex index) const;

 private:
  void add_answer(const std::string& name, const Expect& expect);
  Domain whole(const Path& path) const;
  const Flow& flow_;
  const Facts& facts_;
  std::deque<Expect> ends_;              // of ranges
  std::map<std::string, Domain> known_;  // answers and variables
};

}  // namespace answerback::flows
