// A finite machine as a table: Boost.MSM runs it once for every state and signal, and what it did is looked up from then on.
// For the sources that hold a machine only; the rest of the project sees their `advance`.
#pragma once

#include <array>
#include <boost/mpl/joint_view.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <cstddef>
#include <utility>

namespace answerback::engine {

template <auto signal>
struct On {};

template <auto here>
struct In : boost::msm::front::state<> {
  template <typename Event, typename Front>
  void on_entry(const Event&, Front& front) {
    front.at = here;
  }
};

template <auto from, auto signal, auto to>
using Row = boost::msm::front::Row<In<from>, On<signal>, In<to>>;

// `Table` names its `State`, its `Signal` and its `Rows`, a vector of Row. What no row names changes nothing.
template <typename Table, std::size_t states, std::size_t signals>
class Machine {
 public:
  using State = typename Table::State;
  using Signal = typename Table::Signal;

  struct Move {
    State to;
    bool accepted;
  };

  Machine() {
    const auto places = all_places(std::make_index_sequence<states>{});
    const auto sendings = all_sendings(std::make_index_sequence<signals>{});
    for (std::size_t state = 0; state < states; ++state) {
      for (std::size_t signal = 0; signal < signals; ++signal) {
        Back machine;
        machine.start();
        places[state](machine);
        const bool accepted = sendings[signal](machine);
        moves_[state * signals + signal] = {machine.at, accepted};
      }
    }
  }

  Move move(State state, Signal signal) const {
    return moves_.at(static_cast<std::size_t>(state) * signals + static_cast<std::size_t>(signal));
  }

 private:
  // MSM has no public way to put a machine into a stored state: each begins nowhere and is placed by an event.
  template <State state>
  struct Place {};
  struct Nowhere : boost::msm::front::state<> {};

  template <std::size_t... state>
  static auto placements(std::index_sequence<state...>) -> boost::mpl::vector<
      boost::msm::front::Row<Nowhere, Place<static_cast<State>(state)>, In<static_cast<State>(state)>>...>;

  struct Front : boost::msm::front::state_machine_def<Front> {
    using initial_state = Nowhere;
    using no_exception_thrown = int;
    using no_message_queue = int;
    using transition_table = boost::mpl::joint_view<decltype(placements(std::make_index_sequence<states>{})), typename Table::Rows>;

    // MSM would assert.
    template <typename Event, typename Self>
    void no_transition(const Event&, Self&, int) {}

    State at{};
  };
  using Back = boost::msm::back::state_machine<Front>;

  template <std::size_t... state>
  static std::array<void (*)(Back&), states> all_places(std::index_sequence<state...>) {
    return {[](Back& machine) { machine.process_event(Place<static_cast<State>(state)>{}); }...};
  }
  template <std::size_t... signal>
  static std::array<bool (*)(Back&), signals> all_sendings(std::index_sequence<signal...>) {
    return {[](Back& machine) {
      return machine.process_event(On<static_cast<Signal>(signal)>{}) == boost::msm::back::HANDLED_TRUE;
    }...};
  }

  std::array<Move, states * signals> moves_{};
};

}  // namespace answerback::engine
