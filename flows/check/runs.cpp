#include "flows/check/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_flows_walked = 1'000;

std::vector<const Step*> running_steps(const Flow& flow) {
  std::vector<const Step*> steps;
  for (const auto& step : flow.steps) {
    if (std::holds_alternative<Run>(step.verb)) steps.push_back(&step);
  }
  return steps;
}

std::vector<std::string> answers_given(const Step& step) {
  if (const auto answer = answer_of(step)) return answer_paths(answer->name, answer->expect);
  const auto* run = std::get_if<Run>(&step.verb);
  return run == nullptr ? std::vector<std::string>{} : std::vector{run->as + "."};
}

// A flow's answers, those of flows that it runs by their names' beginning alone: they are judged where they are read.
bool gives(const Flow& flow, std::string_view answer) {
  return std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
    const auto all = answers_given(step);
    return std::any_of(all.begin(), all.end(), [&](const std::string& given) { return given == answer || (given.back() == '.' && answer.starts_with(given)); });
  });
}

class RunCheck {
 public:
  RunCheck(const LoadResult& loaded, const FlowLookup& lookup, Severity missing) : loaded_(loaded), lookup_(lookup), missing_(missing) {}

  std::vector<Issue> take() {
    for (const auto* step : running_steps(*loaded_.flow)) judge(*step, std::get<Run>(step->verb));
    for (const auto& use : loaded_.run_answers) judge_answer(use);
    return std::move(issues_);
  }

 private:
  void report(Severity severity, std::string code, std::string message, std::string pointer, Position at) {
    issues_.push_back({severity, std::move(code), std::move(message), std::move(pointer), at});
  }

  void judge(const Step& step, const Run& run) {
    const auto pointer = pointer_append(pointer_append("/steps", step.name), "run");
    const auto other = lookup_(run.flow);
    if (!other) {
      const auto* where = missing_ == Severity::error ? "" : " beside this one";
      return report(missing_, "unknown_flow", fmt::format("there is no flow \"{}\"{}", run.flow, where), pointer, step.at);
    }
    const auto ring = ring_through(*other);
    if (!ring.empty()) report(Severity::error, "recursion", fmt::format("flows that run each other never end: {}", ring), pointer, step.at);
    for (const auto& given : run.with) {
      if (find(other->variables, given.to.name) != nullptr) continue;
      std::vector<std::string> names;
      for (const auto& variable : other->variables) names.push_back(variable.first);
      report(Severity::warning, "unknown_variable",
             fmt::format("\"{}\" has no {} among its \"variables\"{}", run.flow, given.to.name, did_you_mean(given.to.name, names)),
             pointer_append(pointer_append("/steps", step.name), "with"), step.at);
    }
  }

  // "a -> b -> a" when the flow leads back to the one that is checked.
  std::string ring_through(const Flow& first) {
    const auto& goal = loaded_.flow->name;
    std::set<std::string> seen{first.name};
    std::vector<std::pair<FlowPtr, std::string>> open{{lookup_(first.name), goal + " -> " + first.name}};
    while (!open.empty() && seen.size() < max_flows_walked) {
      const auto [flow, from] = std::move(open.back());
      const auto way = from + " -> ";
      open.pop_back();
      for (const auto* step : running_steps(*flow)) {
        const auto& name = std::get<Run>(step->verb).flow;
        const auto next = name == goal ? nullptr : lookup_(name);
        if (name == goal) return way + goal;
        if (next && seen.insert(name).second) open.emplace_back(next, way + name);
      }
    }
    return "";
  }

  // "visit.from", where "visit" is an answer of the flow's own.
  bool is_end_of_range(const std::string& name) const {
    const auto& steps = loaded_.flow->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      const auto answer = answer_of(step);
      const auto paths = answer ? answer_paths(answer->name, answer->expect) : std::vector<std::string>{};
      return std::find(paths.begin(), paths.end(), name) != paths.end();
    });
  }

  // Steps that run under the same name may be different flows: one that gives the answer is enough.
  void judge_answer(const RunAnswer& use) {
    if (is_end_of_range(use.name)) return;
    const auto dot = use.name.find('.');
    const auto as = use.name.substr(0, dot), answer = use.name.substr(dot + 1);
    std::string asked;
    for (const auto* step : running_steps(*loaded_.flow)) {
      const auto& run = std::get<Run>(step->verb);
      if (run.as != as) continue;
      const auto other = lookup_(run.flow);
      if (!other || gives(*other, answer)) return;
      asked = run.flow;
    }
    auto message = fmt::format("answers.{}: the flow \"{}\" has no question that gives it", use.name, asked);
    report(Severity::error, "unknown_path", std::move(message), use.pointer, use.at);
  }

  const LoadResult& loaded_;
  const FlowLookup& lookup_;
  Severity missing_;
  std::vector<Issue> issues_;
};

}  // namespace

std::vector<Issue> check_runs(const LoadResult& loaded, const FlowLookup& lookup, Severity missing) {
  if (!loaded.flow) return {};
  return RunCheck(loaded, lookup, missing).take();
}

}  // namespace answerback::flows
