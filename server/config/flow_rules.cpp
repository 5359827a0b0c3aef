#include "server/config/flow_rules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/keywords.hpp"

namespace answerback::server {

namespace {

flows::ReservedWord reserved(std::string_view text) {
  const auto keyword = engine::collides(text);
  switch (keyword.what) {
    case engine::KeywordClass::none: return flows::ReservedWord::none;
    case engine::KeywordClass::stop: return keyword.ordinary ? flows::ReservedWord::ordinary_stop : flows::ReservedWord::stop;
    case engine::KeywordClass::start: return flows::ReservedWord::start;
    case engine::KeywordClass::help: return flows::ReservedWord::help;
  }
  return flows::ReservedWord::none;
}

bool stands_before(const flows::Issue& a, const flows::Issue& b) {
  return a.at.line != b.at.line ? a.at.line < b.at.line : a.at.column < b.at.column;
}

void add_issues(flows::LoadResult& loaded, std::vector<flows::Issue> more) {
  if (more.empty()) return;
  if (flows::has_errors(more)) loaded.flow = nullptr;
  loaded.issues.insert(loaded.issues.end(), more.begin(), more.end());
  std::stable_sort(loaded.issues.begin(), loaded.issues.end(), stands_before);
}

std::set<std::string> run_by_others(const std::vector<FlowFile>& files) {
  std::set<std::string> names;
  for (const auto& file : files) {
    if (!file.result.flow) continue;
    for (const auto& step : file.result.flow->steps) {
      if (const auto* run = std::get_if<flows::Run>(&step.verb)) names.insert(run->flow);
    }
  }
  return names;
}

void forgive_first_message(std::vector<FlowFile>& files) {
  const auto run = run_by_others(files);
  for (auto& file : files) {
    const auto& flow = file.result.flow;
    if (!flow || run.count(flow->name) == 0 || !flow->triggers.keywords.empty() || flow->triggers.any) continue;
    std::erase_if(file.result.issues, [](const flows::Issue& issue) { return issue.code == "first_message"; });
  }
}

}  // namespace

flows::FlowLimits flow_rules() {
  flows::FlowLimits limits;
  limits.reserved = reserved;
  return limits;
}

void check_among(std::vector<FlowFile>& files, const flows::FlowLookup& elsewhere, flows::Severity missing) {
  std::map<std::string, flows::FlowPtr> by_name;
  for (const auto& file : files) {
    if (file.result.flow) by_name.emplace(file.result.flow->name, file.result.flow);
  }
  const flows::FlowLookup lookup = [&](const std::string& name) {
    const auto found = by_name.find(name);
    return found == by_name.end() ? elsewhere(name) : found->second;
  };
  forgive_first_message(files);
  for (auto& file : files) add_issues(file.result, flows::check_runs(file.result, lookup, missing));
}

void check_alone(flows::LoadResult& loaded, const flows::FlowLookup& elsewhere) {
  add_issues(loaded, flows::check_runs(loaded, elsewhere, flows::Severity::error));
}

}  // namespace answerback::server
