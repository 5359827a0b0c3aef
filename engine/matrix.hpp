// A finite machine as a table: what it does for every state and signal, run once per cell and looked up from then on.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace answerback::engine {

// `Cell::run<state, signal>()` gives the step of the enumerators with those numbers.
template <typename Step, typename Cell, std::size_t states, std::size_t signals>
class Matrix {
 public:
  Matrix() : cells_(all(std::make_index_sequence<states * signals>{})) {}

  template <typename State, typename Signal>
  Step at(State state, Signal signal) const {
    return cells_.at(static_cast<std::size_t>(state) * signals + static_cast<std::size_t>(signal));
  }

 private:
  using Cells = std::array<Step, states * signals>;

  template <std::size_t... cell>
  static Cells all(std::index_sequence<cell...>) {
    return {Cell::template run<cell / signals, cell % signals>()...};
  }

  Cells cells_;
};

}  // namespace answerback::engine
