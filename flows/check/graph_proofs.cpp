#include <fmt/format.h>

#include <algorithm>

#include "flows/check/checks.hpp"
#include "flows/check/cycles.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

using Cycle = std::vector<StepIndex>;

// Does the conversation wait there for somebody or something? Another flow is taken to ask.
bool takes_time(const Step& step) { return is_question(step) || is_pause(step) || std::holds_alternative<Run>(step.verb); }

bool sends_text(const Step& step) { return is_question(step) || std::holds_alternative<Say>(step.verb); }

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
    const auto unasked = [](const Step& step) { return takes_time(step) ? Cycle{} : steps_among(ways(step)); };
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

  template <typename Targets>
  std::vector<StepIndex> ending_by(Targets targets_of) const {
    std::vector<StepIndex> ending;
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      const auto& step = flow_.steps[i];
      const auto targets = targets_of(step);
      const auto leads_to_end = [](const Target* target) { return std::holds_alternative<Ending>(*target); };
      const bool ends = std::holds_alternative<End>(step.verb) || ends_by_run(step);
      if (ends || std::any_of(targets.begin(), targets.end(), leads_to_end)) ending.push_back(i);
    }
    return ending;
  }

  // Another flow that does not complete ends the whole conversation, unless it is said where that leads.
  static bool ends_by_run(const Step& step) {
    const auto* run = std::get_if<Run>(&step.verb);
    return run != nullptr && run->may_end_the_conversation();
  }

  std::vector<bool> can_end() const {
    return can_reach(successors([](const Step& step) { return steps_among(ways(step)); }), ending_by(ways));
  }

  // Silence must end too: somebody who never answers must not be texted for ever, by reminders, pauses or calls.
  void silent_loops() {
    const auto ends = can_end();
    const auto silence = successors([](const Step& step) { return steps_among(ways_in_silence(step)); });
    const auto silence_ends = can_reach(silence, ending_by(ways_in_silence));
    for (const auto& cycle : find_cycles(silence)) {
      const auto has = [&](auto is) { return std::any_of(cycle.begin(), cycle.end(), [&](StepIndex i) { return is(flow_.steps[i]); }); };
      if (!has(takes_time) || !has(sends_text) || !ends[cycle.front()]) continue;
      const auto& step = flow_.steps[cycle.front()];
      const auto* how = has(is_question) ? "asked" : "texted";
      if (silence_ends[cycle.front()]) {
        report_.warning("silent_loop", fmt::format("who never answers may be {} again and again: {}", how, drawn(cycle)), pointer(step), step.at);
      } else {
        error(step, "silent_loop", fmt::format("who never answers is {} for ever: {}", how, drawn(cycle)));
      }
    }
  }

  const Flow& flow_;
  Report& report_;
};

}  // namespace

void check_graph(Loading& loading) { GraphCheck(loading).run(); }

}  // namespace answerback::flows
