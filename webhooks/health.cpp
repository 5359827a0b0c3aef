#include "webhooks/health.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "engine/matrix.hpp"
#include "engine/names.hpp"

namespace answerback::webhooks {

namespace {

using engine::Names;
using State = HealthState;
using Signal = HealthSignal;

constexpr Names<4> state_names{"healthy", "failing", "probing", "disabled"};
constexpr Names<8> signal_names{"success", "failure", "trip", "probe", "expire", "gone", "enable", "disable"};

template <Signal signal>
struct On {};

template <State here>
struct In : boost::msm::front::state<> {
  template <typename Event, typename Machine>
  void on_entry(const Event&, Machine& machine) {
    machine.at = here;
  }
};

// MSM has no public way to put a machine into a stored state, so the state it begins in is a parameter of the machine.
template <State first>
struct Front : boost::msm::front::state_machine_def<Front<first>> {
  using initial_state = In<first>;
  using no_exception_thrown = int;
  using no_message_queue = int;

  template <State from, Signal signal, State to>
  using Row = boost::msm::front::Row<In<from>, On<signal>, In<to>>;

  // 410 disables and long failure disables (Standard Webhooks, "Delivery"); out of `disabled` leads an operator alone, so
  // that an answer which comes late does not undo what a person decided.
  using transition_table = boost::mpl::vector<
      Row<State::healthy, Signal::trip, State::failing>,
      Row<State::healthy, Signal::gone, State::disabled>,
      Row<State::healthy, Signal::disable, State::disabled>,
      Row<State::failing, Signal::success, State::healthy>,
      Row<State::failing, Signal::probe, State::probing>,
      Row<State::failing, Signal::expire, State::disabled>,
      Row<State::failing, Signal::gone, State::disabled>,
      Row<State::failing, Signal::enable, State::healthy>,
      Row<State::failing, Signal::disable, State::disabled>,
      Row<State::probing, Signal::success, State::healthy>,
      Row<State::probing, Signal::failure, State::failing>,
      Row<State::probing, Signal::expire, State::disabled>,
      Row<State::probing, Signal::gone, State::disabled>,
      Row<State::probing, Signal::enable, State::healthy>,
      Row<State::probing, Signal::disable, State::disabled>,
      Row<State::disabled, Signal::enable, State::healthy>>;

  // What no row names changes nothing; MSM would assert.
  template <typename Event, typename Machine>
  void no_transition(const Event&, Machine&, int) {}

  State at = first;
};

struct Cell {
  template <std::size_t state, std::size_t signal>
  static HealthStep run() {
    constexpr auto from = static_cast<State>(state);
    boost::msm::back::state_machine<Front<from>> machine;
    machine.start();
    machine.process_event(On<static_cast<Signal>(signal)>{});
    return {machine.at, machine.at != from};
  }
};

}  // namespace

HealthStep advance(HealthState from, HealthSignal signal) {
  static const engine::Matrix<HealthStep, Cell, state_names.size(), signal_names.size()> matrix;
  return matrix.at(from, signal);
}

std::string_view to_string(HealthState state) { return engine::name_of(state_names, state); }
std::string_view to_string(HealthSignal signal) { return engine::name_of(signal_names, signal); }
std::optional<HealthState> parse_health_state(std::string_view text) { return engine::named<HealthState>(state_names, text); }

}  // namespace answerback::webhooks
