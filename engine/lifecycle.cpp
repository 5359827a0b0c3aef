#include "engine/lifecycle.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "engine/matrix.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<6> life_names{"fresh", "running", "waiting", "completed", "bailed", "discarded"};
constexpr Names<7> signal_names{"begin", "ask", "reply", "silence", "complete", "bail", "discard"};

template <LifeSignal signal>
struct On {};

template <Life life>
struct In : boost::msm::front::state<> {
  template <typename Event, typename Machine>
  void on_entry(const Event&, Machine& machine) {
    machine.life = life;
  }
};

// MSM has no public way to put a machine into a stored state, so the state it begins in is a parameter of the machine.
template <Life first>
struct Front : boost::msm::front::state_machine_def<Front<first>> {
  using initial_state = In<first>;
  using no_exception_thrown = int;
  using no_message_queue = int;

  template <Life from, LifeSignal signal, Life to>
  using Row = boost::msm::front::Row<In<from>, On<signal>, In<to>>;

  using transition_table = boost::mpl::vector<
      Row<Life::fresh, LifeSignal::begin, Life::running>,
      Row<Life::running, LifeSignal::ask, Life::waiting>,
      Row<Life::running, LifeSignal::complete, Life::completed>,
      Row<Life::running, LifeSignal::bail, Life::bailed>,
      Row<Life::running, LifeSignal::discard, Life::discarded>,
      Row<Life::waiting, LifeSignal::reply, Life::running>,
      Row<Life::waiting, LifeSignal::silence, Life::running>,
      Row<Life::waiting, LifeSignal::complete, Life::completed>,
      Row<Life::waiting, LifeSignal::bail, Life::bailed>,
      Row<Life::waiting, LifeSignal::discard, Life::discarded>>;

  // What no row names is refused; MSM would assert.
  template <typename Event, typename Machine>
  void no_transition(const Event&, Machine&, int) {}

  Life life = first;
};

struct Cell {
  template <std::size_t from, std::size_t signal>
  static LifeStep run() {
    boost::msm::back::state_machine<Front<static_cast<Life>(from)>> machine;
    machine.start();
    const bool accepted = machine.process_event(On<static_cast<LifeSignal>(signal)>{}) == boost::msm::back::HANDLED_TRUE;
    return {machine.life, accepted};
  }
};

}  // namespace

LifeStep advance(Life from, LifeSignal signal) {
  static const Matrix<LifeStep, Cell, life_names.size(), signal_names.size()> matrix;
  return matrix.at(from, signal);
}

bool ended(Life life) { return life == Life::completed || life == Life::bailed || life == Life::discarded; }
std::string_view to_string(Life life) { return name_of(life_names, life); }
std::string_view to_string(LifeSignal signal) { return name_of(signal_names, signal); }
std::optional<Life> parse_life(std::string_view text) { return named<Life>(life_names, text); }

}  // namespace answerback::engine
