#include <fmt/format.h>

#include <algorithm>

#include "flows/check/checks.hpp"
#include "flows/check/cycles.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

using Cycle = std::vector<StepIndex>;

class GraphCheck {
 public:
  explicit GraphCheck(Loading& loading) : flow_(loading.flow), report_(loading.report) {}

  void run() {
    unreachable();
    const auto loops = endless_loops();
    if (loops == 0) no_outcome();
    silent_loops();
  }

 private:
  template <typename Ways>
  Successors successors(Ways ways) const {
    Successors result;
    for (const auto& step : flow_.steps) result.push_back(ways(step));
    return result;
  }

  static std::string pointer(const Step& step) { return pointer_append("/steps", step.name); }

  void error(const Step& step, std::string code, std::string message) {
    report_.error(std::move(code), std::move(message), pointer(step), step.at);
  }

  // "a -> b -> a"
  std::string drawn(const Cycle& cycle) const {
    std::string text;
    for (const auto step : cycle) text += flow_.steps[step].name + " -> ";
    return text + flow_.steps[cycle.front()].name;
  }

  void unreachable() {
    std::vector<StepIndex> starts{flow_.start};
    for (const auto& anytime : flow_.anytime) {
      const auto* step = std::get_if<StepIndex>(&anytime.to);
      if (step != nullptr && anytime.kind == Anytime::Kind::go) starts.push_back(*step);
    }
    const auto reached = reached_from(successors([](const Step& step) { return steps_among(ways(step)); }), starts);
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      const auto& step = flow_.steps[i];
      if (!reached[i]) report_.warning("unreachable_step", fmt::format("no way leads to \"{}\"", step.name), pointer(step), step.at);
    }
  }

  std::size_t endless_loops() {
    const auto unasked = [](const Step& step) { return is_question(step) ? Cycle{} : steps_among(ways(step)); };
    const auto cycles = find_cycles(successors(unasked));
    for (const auto& cycle : cycles) {
      error(flow_.steps[cycle.front()], "endless_loop", fmt::format("this goes round without ever asking: {}", drawn(cycle)));
    }
    return cycles.size();
  }

  void no_outcome() {
    const auto ends = can_end();
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      const auto& step = flow_.steps[i];
      if (!ends[i]) error(step, "no_outcome", fmt::format("no way from \"{}\" ever ends the conversation", step.name));
    }
  }

  std::vector<bool> can_end() const {
    std::vector<StepIndex> ending;
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      const auto& step = flow_.steps[i];
      const auto targets = ways(step);
      const auto leads_to_end = [](const Target* target) { return std::holds_alternative<Ending>(*target); };
      if (std::holds_alternative<End>(step.verb) || std::any_of(targets.begin(), targets.end(), leads_to_end)) ending.push_back(i);
    }
    return can_reach(successors([](const Step& step) { return steps_among(ways(step)); }), ending);
  }

  // Silence must end too: somebody who never answers must not be texted for ever.
  void silent_loops() {
    const auto ends = can_end();
    const auto silence = [](const Step& step) { return steps_among(ways_without_reply(step)); };
    for (const auto& cycle : find_cycles(successors(silence))) {
      const auto asks = std::any_of(cycle.begin(), cycle.end(), [this](StepIndex i) { return is_question(flow_.steps[i]); });
      if (!asks || !ends[cycle.front()]) continue;
      const auto& step = flow_.steps[cycle.front()];
      const auto has_one_way = [this](StepIndex i) { return ways_without_reply(flow_.steps[i]).size() == 1; };
      const auto certain = std::all_of(cycle.begin(), cycle.end(), has_one_way);
      if (certain) {
        error(step, "silent_loop", fmt::format("who never answers is asked for ever: {}", drawn(cycle)));
      } else {
        report_.warning("silent_loop", fmt::format("who never answers may be asked again and again: {}", drawn(cycle)),
                        pointer(step), step.at);
      }
    }
  }

  const Flow& flow_;
  Report& report_;
};

}  // namespace

void check_graph(Loading& loading) { GraphCheck(loading).run(); }

}  // namespace answerback::flows
