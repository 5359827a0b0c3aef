// A small machine written out: its step for every state and signal. The machines are finite, so each is run once per cell
// when first asked, and looked up from then on.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace answerback::webhooks {

template <typename Step, std::size_t states, std::size_t signals>
using Matrix = std::array<std::array<Step, signals>, states>;

// `Cell::run<state, signal>()` gives the step from the enumerator with that number.
template <typename Step, typename Cell, std::size_t signals, std::size_t... states>
Matrix<Step, sizeof...(states), signals> make_matrix(std::index_sequence<states...>) {
  const auto row = []<std::size_t state, std::size_t... signal>(std::index_sequence<state>, std::index_sequence<signal...>) {
    return std::array<Step, signals>{Cell::template run<state, signal>()...};
  };
  return {row(std::index_sequence<states>{}, std::make_index_sequence<signals>{})...};
}

template <typename Step, std::size_t states, std::size_t signals, typename State, typename Signal>
Step look_up(const Matrix<Step, states, signals>& matrix, State state, Signal signal) {
  return matrix.at(static_cast<std::size_t>(state)).at(static_cast<std::size_t>(signal));
}

}  // namespace answerback::webhooks
