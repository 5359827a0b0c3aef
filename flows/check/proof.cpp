#include "flows/check/proof.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "flows/check/cycles.hpp"
#include "flows/check/usual_text.hpp"
#include "flows/text/segments.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

Length operator+(const Length& a, const Length& b) { return {a.messages + b.messages, a.segments + b.segments}; }
Length operator*(std::size_t times, const Length& one) { return {times * one.messages, times * one.segments}; }
Length longer(const Length& a, const Length& b) { return {std::max(a.messages, b.messages), std::max(a.segments, b.segments)}; }

class Prover {
 public:
  explicit Prover(const Flow& flow) : flow_(flow), usual_(flow) {
    for (const auto& step : flow.steps) next_.push_back(steps_among(ways(step)));
    leads_on_anytime();
    reached_ = reached_from(next_, {flow.start});
  }

  Proof prove() {
    Proof proof;
    proof.steps = flow_.steps.size();
    proof.round = way_round();
    if (proof.round.empty()) proof.longest = longest_from_start();
    proof.outcomes = outcomes();
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      const auto* run = std::get_if<Run>(&flow_.steps[i].verb);
      const bool known = run != nullptr && std::find(proof.runs.begin(), proof.runs.end(), run->flow) != proof.runs.end();
      if (run != nullptr && reached_[i] && !known) proof.runs.push_back(run->flow);
    }
    return proof;
  }

 private:
  // From wherever the conversation waits a phrase may lead to the target of its entry.
  void leads_on_anytime() {
    for (const auto& anytime : flow_.anytime) {
      const auto* to = std::get_if<StepIndex>(&anytime.to);
      for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
        if (anytime.kind == Anytime::Kind::go && to != nullptr && hears_phrases(flow_.steps[i])) next_[i].push_back(*to);
      }
    }
  }

  std::vector<std::string> way_round() const {
    std::vector<std::string> names;
    auto reachable = next_;
    for (StepIndex i = 0; i < reachable.size(); ++i) {
      if (!reached_[i]) reachable[i].clear();
    }
    const auto cycles = find_cycles(reachable);
    if (!cycles.empty()) {
      for (const auto step : cycles.front()) names.push_back(flow_.steps[step].name);
      names.push_back(names.front());
      return names;
    }
    for (const auto& anytime : flow_.anytime) {
      if (anytime.kind != Anytime::Kind::go && !anytime.phrases.empty()) names.push_back(anytime.phrases.front().written);
    }
    return names;
  }

  Length cost(const Wording& wording) const {
    auto segments = count_segments(usual_.of(wording.text)).count;
    for (const auto& other : wording.others) segments = std::max(segments, count_segments(usual_.of(other.second)).count);
    return {1, segments};
  }

  Length dearest(const Retorts& retorts, const Length& question) const {
    if (retorts.empty()) return question;
    Length most;
    for (const auto& retort : retorts) most = longer(most, cost(retort));
    return most;
  }

  // What a step sends itself, at most: a question is put again after each unclear reply, with its reminders each time.
  Length sent_by(const Step& step) const {
    if (const auto* say = std::get_if<Say>(&step.verb)) return cost(say->text);
    const auto* ask = std::get_if<Ask>(&step.verb);
    if (ask == nullptr) return {};
    const auto question = cost(ask->question);
    Length reminders;
    for (const auto& reminder : ask->silent.remind) reminders = reminders + (reminder.say ? cost(*reminder.say) : question);
    auto again = dearest(ask->unclear.say, question);
    for (const auto& [refusal, retorts] : ask->unclear.because) again = longer(again, dearest(retorts, question));
    const auto attempts = ask->unclear.times + std::size_t{1};
    const Length read_back = ask->confirm ? attempts * question : Length{};
    return question + ask->unclear.times * again + attempts * reminders + read_back;
  }

  // Of a graph without ways round, in the order in which all that follows a step is known before it.
  Length longest_from_start() const {
    std::vector<Length> longest(flow_.steps.size());
    std::vector<StepIndex> walk{flow_.start};
    std::vector<std::size_t> looked_at(flow_.steps.size(), 0);
    std::vector<bool> done(flow_.steps.size(), false);
    while (!walk.empty()) {
      const auto step = walk.back();
      if (looked_at[step] < next_[step].size()) {
        const auto follower = next_[step][looked_at[step]++];
        if (!done[follower]) walk.push_back(follower);
        continue;
      }
      Length rest;
      for (const auto follower : next_[step]) rest = longer(rest, longest[follower]);
      longest[step] = sent_by(flow_.steps[step]) + rest;
      done[step] = true;
      walk.pop_back();
    }
    return longest[flow_.start];
  }

  std::vector<Ending> outcomes() const {
    std::vector<Ending> endings;
    std::set<std::pair<Outcome, std::string>> known;
    const auto add = [&](const Target& target) {
      const auto* ending = std::get_if<Ending>(&target);
      if (ending != nullptr && known.emplace(ending->outcome, ending->reason).second) endings.push_back(*ending);
    };
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      if (!reached_[i]) continue;
      if (const auto* end = std::get_if<End>(&flow_.steps[i].verb)) add(end->ending);
      const auto* wait = std::get_if<Wait>(&flow_.steps[i].verb);
      if (wait != nullptr && wait->kind == Wait::Kind::value && !wait->failed) add(Ending{Outcome::bailed, "flow_error"});
      for (const auto* target : ways(flow_.steps[i])) add(*target);
    }
    for (const auto& anytime : flow_.anytime) {
      if (anytime.kind == Anytime::Kind::go && listens()) add(anytime.to);
    }
    if (goes_round_in_silence()) add(Ending{Outcome::bailed, "flow_error"});
    std::stable_sort(endings.begin(), endings.end(), [](const Ending& a, const Ending& b) { return a.outcome < b.outcome; });
    return endings;
  }

  bool listens() const {
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      if (reached_[i] && hears_phrases(flow_.steps[i])) return true;
    }
    return false;
  }

  // Pauses and calls that come round by themselves, until the engine's limit of turns.
  bool goes_round_in_silence() const {
    Successors silence;
    for (StepIndex i = 0; i < flow_.steps.size(); ++i) {
      silence.push_back(reached_[i] ? steps_among(ways_in_silence(flow_.steps[i])) : std::vector<StepIndex>{});
    }
    return !find_cycles(silence).empty();
  }

  const Flow& flow_;
  UsualText usual_;
  Successors next_;
  std::vector<bool> reached_;
};

}  // namespace

Proof prove(const Flow& flow) { return Prover(flow).prove(); }

}  // namespace answerback::flows
