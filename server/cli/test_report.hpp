// What `answerback test` tells of the tests that were played, as lines or as one JSON object.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "flows/coverage.hpp"
#include "server/cli/flow_family.hpp"
#include "server/rehearsal/conversation_test.hpp"

namespace answerback::server {

class TestReport {
 public:
  TestReport(bool json, bool coverage, const FlowShelf& shelf);
  ~TestReport();

  // `updated`: it did not pass, and its file now says what came back. It is no pass: a person looks at the difference.
  void add(const std::string& file, const TestResult& result, bool updated);
  void finish();
  std::size_t failed() const { return failed_; }

 private:
  struct Document;
  struct Covered {
    flows::FlowPtr flow;
    std::unique_ptr<flows::Coverage> coverage;
  };

  void print_text(const std::string& file, const TestResult& result, bool updated) const;
  void add_json(const std::string& file, const TestResult& result, bool updated);
  Covered& covered(const flows::FlowPtr& flow);
  void cover(const TestResult& result);
  void report(const std::string& name, const Covered& covered);

  bool json_, coverage_;
  const FlowShelf& shelf_;
  std::size_t passed_ = 0, failed_ = 0, updated_ = 0;
  std::unique_ptr<Document> document_;  // of --json
  std::map<std::string, Covered> covered_;  // by flow
};

}  // namespace answerback::server
