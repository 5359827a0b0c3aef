// A checked flow, linked: steps in one flat vector, every reference an index. Immutable once loaded, shared by pointer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/condition.hpp"
#include "flows/expect.hpp"
#include "flows/text_template.hpp"
#include "flows/time.hpp"

namespace answerback::flows {

enum class Outcome : std::uint8_t { completed, bailed, discarded };

struct Ending {
  Outcome outcome = Outcome::completed;
  std::string reason;  // one word: "estimate_requested"
  bool operator==(const Ending&) const = default;
};

using StepIndex = std::uint32_t;

// Where a branch leads: on to a step, or to the conversation's end.
using Target = std::variant<StepIndex, Ending>;

struct Branch {
  Condition when;  // empty = always
  Target to;
};
// The first branch that holds is taken. When none does the conversation ends bailed / flow_error.
using Branches = std::vector<Branch>;

struct Reminder {
  Duration after;  // since the question was last put
  Text say;
};
struct Silent {
  std::vector<Reminder> remind;  // by rising `after`, all below Silent::after
  Duration after;                // since the question was last put
  Target then;
};
struct Unclear {
  std::optional<Text> say;  // nothing: the question itself is put again
  std::uint32_t times = 2;  // replies that are asked again before `then`
  Target then;
};

struct Say {
  Text text;
  Branches next;
};
struct Ask {
  Text question;
  std::string answer;
  Expect expect;
  Unclear unclear;
  Silent silent;
  Branches next;
};
struct Route {
  Branches next;
};
struct Assignment {
  Path to;  // contact or vars
  std::variant<Value, Text> value;
};
struct Set {
  std::vector<Assignment> assignments;
  Branches next;
};
struct End {
  Ending ending;
};

struct Step {
  std::string name;
  std::variant<Say, Ask, Route, Set, End> verb;
  Position at;
};

struct Anytime {
  std::vector<std::string> phrases;  // as written; fold_words() of each beside
  std::vector<std::string> folded;
  Target to;
};

struct Triggers {
  std::vector<std::string> keywords;  // as written; fold_words() of each beside, or fold() of one that has no words
  std::vector<std::string> folded;
  bool any = false;
  bool interrupts = false;
};

struct Flow {
  std::string name;
  std::string title;
  std::string language = "en";
  std::string sender;  // the brand that texts name
  Triggers triggers;
  StepIndex start = 0;
  std::vector<Step> steps;  // in the order of the file
  std::vector<Anytime> anytime;

  std::optional<StepIndex> find(std::string_view step) const;
};

using FlowPtr = std::shared_ptr<const Flow>;

std::string_view to_string(Outcome outcome);  // "completed"
std::optional<Outcome> parse_outcome(std::string_view text);

}  // namespace answerback::flows
