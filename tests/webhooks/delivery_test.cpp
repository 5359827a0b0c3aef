#include "webhooks/delivery.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "tests/engine/golden.hpp"

using namespace answerback::webhooks;

namespace {

constexpr std::array delivery_states{DeliveryState::held, DeliveryState::pending, DeliveryState::leased,
                                     DeliveryState::delivered, DeliveryState::dead};
constexpr std::array delivery_signals{DeliverySignal::release, DeliverySignal::lease, DeliverySignal::success,
                                      DeliverySignal::retry, DeliverySignal::give_up, DeliverySignal::lost_lease,
                                      DeliverySignal::redeliver};

}  // namespace

TEST_CASE("a delivery changes as its golden matrix says") {
  CHECK(answerback::tests::matrix(delivery_states, delivery_signals, [](DeliveryState state, DeliverySignal signal) {
          const auto step = advance(state, signal);
          return step.accepted ? to_string(step.to) : "-";
        }) == answerback::tests::golden("delivery.txt"));
}

TEST_CASE("a signal that a delivery does not accept leaves it as it was") {
  for (const auto state : delivery_states)
    for (const auto signal : delivery_signals)
      if (const auto step = advance(state, signal); !step.accepted) CHECK(step.to == state);
}

TEST_CASE("only a leased delivery can be delivered") {
  for (const auto state : delivery_states) CHECK(advance(state, DeliverySignal::success).accepted == (state == DeliveryState::leased));
}

TEST_CASE("a delivery that ended can be sent again by hand, and one that waits behind others now") {
  for (const auto state : delivery_states) {
    CHECK(advance(state, DeliverySignal::redeliver).accepted == (!unfinished(state) || state == DeliveryState::held));
  }
}

TEST_CASE("delivery states are read back as they are spelled") {
  for (const auto state : delivery_states) CHECK(parse_delivery_state(to_string(state)) == state);
  CHECK_FALSE(parse_delivery_state("lost"));
  CHECK_FALSE(parse_delivery_state(""));
}
