#include "webhooks/health.hpp"

#include "engine/machine_impl.hpp"
#include "engine/names.hpp"

namespace answerback::webhooks {

namespace {

using engine::Names;

constexpr Names<4> health_names{"healthy", "failing", "probing", "disabled"};
constexpr Names<8> health_signal_names{"success", "failure", "trip", "probe", "expire", "gone", "enable", "disable"};

// 410 disables and long failure disables (Standard Webhooks, "Delivery"); out of `disabled` leads an operator alone, so
// that an answer which comes late does not undo what a person decided.
struct HealthTable {
  using State = HealthState;
  using Signal = HealthSignal;
  using Rows = boost::mpl::vector<
      engine::Row<State::healthy, Signal::trip, State::failing>,
      engine::Row<State::healthy, Signal::gone, State::disabled>,
      engine::Row<State::healthy, Signal::disable, State::disabled>,
      engine::Row<State::failing, Signal::success, State::healthy>,
      engine::Row<State::failing, Signal::probe, State::probing>,
      engine::Row<State::failing, Signal::expire, State::disabled>,
      engine::Row<State::failing, Signal::gone, State::disabled>,
      engine::Row<State::failing, Signal::enable, State::healthy>,
      engine::Row<State::failing, Signal::disable, State::disabled>,
      engine::Row<State::probing, Signal::success, State::healthy>,
      engine::Row<State::probing, Signal::failure, State::failing>,
      engine::Row<State::probing, Signal::expire, State::disabled>,
      engine::Row<State::probing, Signal::gone, State::disabled>,
      engine::Row<State::probing, Signal::enable, State::healthy>,
      engine::Row<State::probing, Signal::disable, State::disabled>,
      engine::Row<State::disabled, Signal::enable, State::healthy>>;
};

}  // namespace

HealthStep advance(HealthState from, HealthSignal signal) {
  static const engine::Machine<HealthTable, health_names.size(), health_signal_names.size()> machine;
  const auto move = machine.move(from, signal);
  return {move.to, move.to != from};
}

std::string_view to_string(HealthState state) { return engine::name_of(health_names, state); }
std::string_view to_string(HealthSignal signal) { return engine::name_of(health_signal_names, signal); }
std::optional<HealthState> parse_health_state(std::string_view text) { return engine::named<HealthState>(health_names, text); }

}  // namespace answerback::webhooks
