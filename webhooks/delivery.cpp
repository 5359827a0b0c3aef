#include "webhooks/delivery.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "engine/matrix.hpp"
#include "engine/names.hpp"

namespace answerback::webhooks {

namespace {

using engine::Names;
using State = DeliveryState;
using Signal = DeliverySignal;

constexpr Names<5> state_names{"held", "pending", "leased", "delivered", "dead"};
constexpr Names<7> signal_names{"release", "lease", "success", "retry", "give_up", "lost_lease", "redeliver"};

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

  // A lease whose process ended falls back and is sent again: receivers see an event at least once, by the same id.
  // Given up never means gone: the dead can be sent again by hand, like the delivered.
  using transition_table = boost::mpl::vector<
      Row<State::held, Signal::release, State::pending>,
      Row<State::held, Signal::give_up, State::dead>,
      Row<State::pending, Signal::lease, State::leased>,
      Row<State::pending, Signal::give_up, State::dead>,
      Row<State::leased, Signal::success, State::delivered>,
      Row<State::leased, Signal::retry, State::pending>,
      Row<State::leased, Signal::give_up, State::dead>,
      Row<State::leased, Signal::lost_lease, State::pending>,
      Row<State::delivered, Signal::redeliver, State::pending>,
      Row<State::dead, Signal::redeliver, State::pending>>;

  // What no row names changes nothing; MSM would assert.
  template <typename Event, typename Machine>
  void no_transition(const Event&, Machine&, int) {}

  State at = first;
};

struct Cell {
  template <std::size_t state, std::size_t signal>
  static DeliveryStep run() {
    boost::msm::back::state_machine<Front<static_cast<State>(state)>> machine;
    machine.start();
    const bool accepted = machine.process_event(On<static_cast<Signal>(signal)>{}) == boost::msm::back::HANDLED_TRUE;
    return {machine.at, accepted};
  }
};

}  // namespace

DeliveryStep advance(DeliveryState from, DeliverySignal signal) {
  static const engine::Matrix<DeliveryStep, Cell, state_names.size(), signal_names.size()> matrix;
  return matrix.at(from, signal);
}

bool unfinished(DeliveryState state) { return state != State::delivered && state != State::dead; }

std::string_view to_string(DeliveryState state) { return engine::name_of(state_names, state); }
std::string_view to_string(DeliverySignal signal) { return engine::name_of(signal_names, signal); }
std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  return engine::named<DeliveryState>(state_names, text);
}

}  // namespace answerback::webhooks
