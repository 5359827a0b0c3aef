#include "engine/lifecycle.hpp"

#include "engine/machine_impl.hpp"
#include "engine/names.hpp"

namespace answerback::engine {

namespace {

constexpr Names<6> life_names{"fresh", "running", "waiting", "completed", "bailed", "discarded"};
constexpr Names<7> life_signal_names{"begin", "ask", "reply", "silence", "complete", "bail", "discard"};

struct LifeTable {
  using State = Life;
  using Signal = LifeSignal;
  using Rows = boost::mpl::vector<
      Row<State::fresh, Signal::begin, State::running>,
      Row<State::running, Signal::ask, State::waiting>,
      Row<State::running, Signal::complete, State::completed>,
      Row<State::running, Signal::bail, State::bailed>,
      Row<State::running, Signal::discard, State::discarded>,
      Row<State::waiting, Signal::reply, State::running>,
      Row<State::waiting, Signal::silence, State::running>,
      Row<State::waiting, Signal::complete, State::completed>,
      Row<State::waiting, Signal::bail, State::bailed>,
      Row<State::waiting, Signal::discard, State::discarded>>;
};

}  // namespace

LifeStep advance(Life from, LifeSignal signal) {
  static const Machine<LifeTable, life_names.size(), life_signal_names.size()> machine;
  const auto move = machine.move(from, signal);
  return {move.to, move.accepted};
}

bool ended(Life life) { return life == Life::completed || life == Life::bailed || life == Life::discarded; }
std::string_view to_string(Life life) { return name_of(life_names, life); }
std::string_view to_string(LifeSignal signal) { return name_of(life_signal_names, signal); }
std::optional<Life> parse_life(std::string_view text) { return named<Life>(life_names, text); }

}  // namespace answerback::engine
