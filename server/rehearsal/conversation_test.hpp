// Conversation tests: a file that says what a contact does and what must come back, played on a Rehearsal.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/model.hpp"
#include "flows/flow.hpp"
#include "flows/issue.hpp"

namespace answerback::server {

struct Mismatch {
  std::size_t turn = 0;        // counted from 1; 0 = the outcome
  std::string what;            // "reply \"3\""
  std::vector<std::string> expected;
  std::vector<std::string> got;
  bool can_be_rewritten = true;  // false: the turn itself makes no sense there, such as an answer to a call that nobody made
};

struct TestResult {
  std::vector<flows::Issue> issues;     // of the test file itself, or "no flow"
  std::vector<Mismatch> mismatches;
  flows::FlowPtr flow;
  std::vector<flows::FlowPtr> subflows;  // that it may run, each once
  std::map<std::string, std::vector<flows::Passage>> inner_passages;  // the steps passed in those, by the flow's name
  std::vector<std::string> passed;      // steps that were reached
  std::vector<engine::Conversation> conversations;  // with the flow, as they ended up
  // The file with what really came back, for --update: what fits stays as the author wrote it.
  std::string rewritten;
  bool ok() const { return issues.empty() && mismatches.empty(); }
  bool can_be_rewritten() const;        // and then passes
};

// Gives the flow that a test names and behind it those that it runs; nothing when it can't be loaded. `path` is as written.
using FlowsOf = std::function<std::vector<flows::FlowPtr>(const std::string& path)>;

TestResult run_conversation_test(const std::string& source, const FlowsOf& flows_of);

}  // namespace answerback::server
