// Which answers and variables have a value when a step begins: on every way that leads there, on some, on none.
// A forward dataflow over the flow's graph; linear in edges times values, for every order of the steps.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

class Facts {
 public:
  using Fact = std::uint32_t;

  explicit Facts(const Flow& flow);

  // The fact "this path has a value"; nothing for contact fields and the sender, which no flow can know.
  std::optional<Fact> fact_of(const Path& path) const;

  bool reached(StepIndex step) const { return reached_[step]; }
  bool surely(StepIndex step, Fact fact) const { return has(surely_[step], fact); }
  bool possibly(StepIndex step, Fact fact) const { return has(possibly_[step], fact); }
  bool surely_at_any_time(Fact fact) const { return has(surely_[anywhere_], fact); }

  // What the step has given a value once it leads on by its `next`.
  std::vector<Fact> given_by(const Step& step) const;

  // "greet -> zip -> booked": a shortest way to the step on which nothing gives the value; "" when there is none.
  std::string way_without(StepIndex step, Fact fact) const;

 private:
  using Set = std::vector<std::uint64_t>;
  struct Edge {
    std::uint32_t to = 0;
    std::vector<Fact> gives;
    std::vector<Fact> may_give{};
    bool back = false;  // by a `correct` phrase: adds what may be set, but takes nothing away that was
  };

  static bool has(const Set& set, Fact fact) { return (set[fact / 64] >> (fact % 64) & 1U) != 0; }
  void number_facts();
  void number(const Path& path);
  void link();
  void link_step(StepIndex index);
  void link_anytime();
  void flow_through();
  std::vector<std::uint32_t> turns() const;
  bool pass(std::uint32_t from, const Edge& edge);
  std::vector<Fact> facts_of(const std::vector<Path>& paths) const;
  std::vector<Fact> held(const Condition& condition, bool value) const;

  const Flow& flow_;
  std::uint32_t anywhere_;  // a node behind the last step: some question waits, and an `anytime` phrase comes
  std::map<std::string, Fact> numbers_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<bool> reached_;
  std::vector<Set> surely_, possibly_;
  Set none_, given_, may_be_given_;  // of one length with them; room for what an edge gives
};

}  // namespace answerback::flows
