#include "server/cli/test_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "server/cli/cli.hpp"
#include "server/cli/text_diff.hpp"
#include "server/cli/visible.hpp"

namespace answerback::server {

namespace {

using ReportJson = nlohmann::ordered_json;

double percent(std::size_t part, std::size_t whole) { return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole); }

std::size_t line_of(const flows::Flow& flow, const flows::BranchKey& branch) { return branch.step ? flow.steps[*branch.step].at.line : 0; }

}  // namespace

struct TestReport::Document {
  ReportJson tests = ReportJson::array();
  ReportJson never_reached = ReportJson::object();
  ReportJson flows = ReportJson::object();
};

TestReport::TestReport(bool json, bool coverage, const FlowShelf& shelf)
    : json_(json), coverage_(coverage), shelf_(shelf), document_(std::make_unique<Document>()) {}

TestReport::~TestReport() = default;

void TestReport::add(const std::string& file, const TestResult& result, bool updated) {
  (updated ? updated_ : result.ok() ? passed_ : failed_) += 1;
  if (result.flow) cover(result);
  json_ ? add_json(file, result, updated) : print_text(file, result, updated);
}

void TestReport::print_text(const std::string& file, const TestResult& result, bool updated) const {
  print_out(fmt::format("{} {}\n", updated ? "updated" : result.ok() ? "ok  " : "FAIL", file));
  for (const auto& issue : result.issues) print_out("  " + visible(flows::to_line(issue, file)) + "\n");
  for (const auto& mismatch : result.mismatches) {
    print_out(mismatch.turn == 0 ? "  outcome\n" : fmt::format("  turn {}: {}\n", mismatch.turn, mismatch.what));
    for (const auto& line : text_diff(mismatch.expected, mismatch.got)) print_out("    " + visible(line) + "\n");
  }
}

void TestReport::add_json(const std::string& file, const TestResult& result, bool updated) {
  auto problems = ReportJson::array();
  for (const auto& issue : result.issues) problems.push_back({{"code", issue.code}, {"message", issue.message}, {"line", issue.at.line}, {"column", issue.at.column}});
  for (const auto& mismatch : result.mismatches) {
    problems.push_back({{"code", "mismatch"}, {"turn", mismatch.turn}, {"what", mismatch.what}, {"expected", mismatch.expected}, {"got", mismatch.got}});
  }
  document_->tests.push_back({{"file", file}, {"ok", result.ok()}, {"updated", updated}, {"problems", problems}});
}

TestReport::Covered& TestReport::covered(const flows::FlowPtr& flow) {
  auto& covered = covered_[flow->name];
  if (!covered.flow) {
    covered.flow = flow;
    covered.coverage = std::make_unique<flows::Coverage>(*flow);
  }
  return covered;
}

void TestReport::cover(const TestResult& result) {
  auto& own = covered(result.flow);
  for (const auto& conversation : result.conversations) own.coverage->pass(conversation.trail);
  for (const auto& step : result.passed) {
    if (const auto index = own.flow->find(step)) own.coverage->reach(*index);
  }
  for (const auto& flow : result.subflows) {
    auto& inner = covered(flow);
    const auto passed = result.inner_passages.find(flow->name);
    if (passed != result.inner_passages.end()) inner.coverage->pass(passed->second);
  }
}

void TestReport::report(const std::string& name, const Covered& covered) {
  const auto& flow = *covered.flow;
  const auto file = shelf_.file_of(flow);
  const auto steps = covered.coverage->missed_steps();
  const auto branches = covered.coverage->missed_branches();
  const auto total = flows::branches_of(flow).size();
  auto missed_steps = ReportJson::array(), missed_branches = ReportJson::array();
  for (const auto step : steps) missed_steps.push_back({{"step", flow.steps[step].name}, {"line", flow.steps[step].at.line}});
  for (const auto& branch : branches) missed_branches.push_back({{"branch", flows::describe(flow, branch)}, {"line", line_of(flow, branch)}});
  for (const auto step : steps) document_->never_reached[name].push_back(flow.steps[step].name);
  if (steps.empty()) document_->never_reached[name] = ReportJson::array();
  const auto part = percent(total - branches.size(), total);
  document_->flows[name] = {{"file", file},
                  {"steps", {{"reached", flow.steps.size() - steps.size()}, {"total", flow.steps.size()}}},
                  {"branches", {{"taken", total - branches.size()}, {"total", total}}},
                  {"percent", part},
                  {"missed_steps", missed_steps},
                  {"missed_branches", missed_branches}};
  if (json_) return;
  print_out(fmt::format("{}: {} of {} steps reached, {} of {} branches taken ({:.0f} %)\n", name, flow.steps.size() - steps.size(), flow.steps.size(),
                        total - branches.size(), total, part));
  for (const auto step : steps) print_out(fmt::format("  never reached: {}  {}:{}\n", flow.steps[step].name, file, flow.steps[step].at.line));
  for (const auto& branch : branches) {
    const auto line = line_of(flow, branch);
    print_out(fmt::format("  never taken: {}  {}\n", flows::describe(flow, branch), line == 0 ? file : fmt::format("{}:{}", file, line)));
  }
}

void TestReport::finish() {
  if (coverage_) {
    for (const auto& [name, covered] : covered_) report(name, covered);
  }
  const auto updated = updated_ == 0 ? std::string() : fmt::format(", {} updated: look at the difference before you keep it", updated_);
  if (!json_) return print_out(fmt::format("{} passed, {} failed{}\n", passed_, failed_, updated));
  ReportJson all{{"passed", passed_}, {"failed", failed_}, {"updated", updated_}, {"tests", document_->tests}, {"never_reached", document_->never_reached}};
  if (coverage_) all["coverage"] = document_->flows;
  print_out(all.dump(2, ' ', false, ReportJson::error_handler_t::replace) + "\n");
}

}  // namespace answerback::server
