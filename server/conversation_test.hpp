// Conversation tests: a file that says what a contact does and what must come back, played on a Rehearsal.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flows/flow.hpp"
#include "flows/issue.hpp"

namespace answerback::server {

struct Mismatch {
  std::size_t turn = 0;        // counted from 1; 0 = the outcome
  std::string what;            // "reply \"3\""
  std::vector<std::string> expected;
  std::vector<std::string> got;
};

struct TestResult {
  std::vector<flows::Issue> issues;     // of the test file itself, or "no flow"
  std::vector<Mismatch> mismatches;
  flows::FlowPtr flow;
  std::vector<std::string> passed;      // steps that were reached
  std::string rewritten;                // the file with what really came back, for --update
  bool ok() const { return issues.empty() && mismatches.empty(); }
};

// Gives the flow that a test names, or null. `path` is as written in the test.
using FlowOf = std::function<flows::FlowPtr(const std::string& path)>;

TestResult run_conversation_test(const std::string& source, const FlowOf& flow_of);

}  // namespace answerback::server
