// What the readers of one flow file share: the flow that grows, the issues so far, and what can be judged only at the end.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flows/fields.hpp"
#include "flows/load/load.hpp"
#include "flows/load/source.hpp"

namespace answerback::flows {

// A value of the file and where it stands.
struct Part {
  const Json& json;
  std::string pointer;

  Part member(const JsonMember& member) const { return {member.value, pointer_append(pointer, member.key)}; }
  Part item(std::size_t index) const { return {json.items[index], pointer_append(pointer, std::to_string(index))}; }
};

struct PathUse {
  Path path;
  std::string pointer;
  Position at;
  bool compared = false;  // in a condition: its value or its operators stand at `pointer`
};

// A message that some step sends, in all its languages.
struct ReadWording {
  Part part;
  Wording wording;
};

struct Loading {
  Loading(std::string_view text, const FlowLimits& flow_limits) : source(text), limits(flow_limits) {}

  Source source;
  const Json* root = nullptr;  // the whole file
  const FlowLimits& limits;
  Report report;
  Flow flow;
  std::map<std::string, StepIndex, std::less<>> step_index;
  std::vector<std::string> step_names;
  std::vector<PathUse> path_uses;
  std::vector<ReadWording> wordings;
  std::map<StepIndex, Part> text_parts;  // of the steps that send one
  std::size_t hints_left = 100;
  bool has_hours = false;      // the flow says when its office is open, however badly
  bool linked = true;          // false: some reference leads nowhere, so that the graph says nothing
  bool conditions_read = true; // false: some condition is not what it was meant to be
  bool all_steps_read = true;  // false: a step is unknown that may set answers and variables

  void error(const Part& part, std::string code, std::string message);
  void warning(const Part& part, std::string code, std::string message);
  void wrong_type(const Part& part, std::string_view expected);
  // True when there are at most `max`; else reports `limit`, naming what there are too many of.
  bool within(const Part& part, std::size_t count, std::size_t max, std::string_view what);
  PathCheck path_check();
  void language_seen(const std::string& language);
  // "did you mean" for the first hundred slips; a file full of them is no slip, and each costs a look at every candidate.
  std::string hint(std::string_view word, const std::vector<std::string>& candidates);
};

std::string_view kind_of(const Json& json);  // for messages: "a number"

}  // namespace answerback::flows
