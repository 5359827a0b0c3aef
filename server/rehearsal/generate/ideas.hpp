// What a contact could write so that a flow takes one way or another: replies that a question understands, chosen by the conditions
// that ask for its answer; values of contact fields and of what calls bring, chosen likewise.
#pragma once

#include <string>
#include <vector>

#include "flows/condition.hpp"
#include "flows/flow.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::server {

// Every comparison in the flow's conditions.
std::vector<const flows::Comparison*> comparisons_in(const flows::Flow& flow);

struct ReplyIdea {
  std::string text;
  std::vector<std::string> media;
};

// What is asked for, and under which name the answer is kept.
struct Asked {
  const flows::Expect& expect;
  const std::string& answer;
};

// Replies that it takes, each for another value. `prefix` stands before its answer's name in the flows around a subflow.
std::vector<ReplyIdea> reply_ideas(const Asked& asked, const std::string& prefix, const std::vector<const flows::Comparison*>& comparisons,
                                   const flows::ReplyContext& context);

// Values for a path, with and without which its conditions hold. The first is "not set".
std::vector<flows::Value> value_ideas(const flows::Path& path, const std::vector<const flows::Comparison*>& comparisons);

}  // namespace answerback::server
