#include "webhooks/delivery.hpp"

#include "engine/machine_impl.hpp"
#include "engine/names.hpp"

namespace answerback::webhooks {

namespace {

using engine::Names;

constexpr Names<5> delivery_names{"held", "pending", "leased", "delivered", "dead"};
constexpr Names<7> delivery_signal_names{"release", "lease", "success", "retry", "give_up", "lost_lease", "redeliver"};

// A lease whose process ended falls back and is sent again: receivers see an event at least once, by the same id.
// Given up never means gone: the dead can be sent again by hand, like the delivered.
struct DeliveryTable {
  using State = DeliveryState;
  using Signal = DeliverySignal;
  using Rows = boost::mpl::vector<
      engine::Row<State::held, Signal::release, State::pending>,
      engine::Row<State::held, Signal::give_up, State::dead>,
      engine::Row<State::held, Signal::redeliver, State::pending>,
      engine::Row<State::pending, Signal::lease, State::leased>,
      engine::Row<State::pending, Signal::give_up, State::dead>,
      engine::Row<State::leased, Signal::success, State::delivered>,
      engine::Row<State::leased, Signal::retry, State::pending>,
      engine::Row<State::leased, Signal::give_up, State::dead>,
      engine::Row<State::leased, Signal::lost_lease, State::pending>,
      engine::Row<State::delivered, Signal::redeliver, State::pending>,
      engine::Row<State::dead, Signal::redeliver, State::pending>>;
};

}  // namespace

DeliveryStep advance(DeliveryState from, DeliverySignal signal) {
  static const engine::Machine<DeliveryTable, delivery_names.size(), delivery_signal_names.size()> machine;
  const auto move = machine.move(from, signal);
  return {move.to, move.accepted};
}

bool unfinished(DeliveryState state) { return state != DeliveryState::delivered && state != DeliveryState::dead; }

std::string_view to_string(DeliveryState state) { return engine::name_of(delivery_names, state); }
std::string_view to_string(DeliverySignal signal) { return engine::name_of(delivery_signal_names, signal); }
std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  return engine::named<DeliveryState>(delivery_names, text);
}

}  // namespace answerback::webhooks
