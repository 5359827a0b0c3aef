#include "webhooks/delivery.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "tests/engine/golden.hpp"

using namespace answerback::webhooks;

namespace {

using S = DeliveryState;
using G = DeliverySignal;
constexpr std::array states{S::held, S::pending, S::leased, S::delivered, S::dead};
constexpr std::array signals{G::release, G::lease, G::success, G::retry, G::give_up, G::lost_lease, G::redeliver};

}  // namespace

TEST_CASE("a delivery changes as its golden matrix says") {
  CHECK(answerback::tests::matrix(states, signals, [](S state, G signal) {
          const auto step = advance(state, signal);
          return step.accepted ? to_string(step.to) : "-";
        }) == answerback::tests::golden("delivery.txt"));
}

TEST_CASE("a signal that a delivery does not accept leaves it as it was") {
  for (const auto state : states)
    for (const auto signal : signals)
      if (const auto step = advance(state, signal); !step.accepted) CHECK(step.to == state);
}

TEST_CASE("only a leased delivery can be delivered") {
  for (const auto state : states) CHECK(advance(state, G::success).accepted == (state == S::leased));
}

TEST_CASE("a delivery that ended can be sent again by hand") {
  for (const auto state : states) CHECK(advance(state, G::redeliver).accepted != unfinished(state));
}

TEST_CASE("delivery states are read back as they are spelled") {
  for (const auto state : states) CHECK(parse_delivery_state(to_string(state)) == state);
  CHECK_FALSE(parse_delivery_state("lost"));
  CHECK_FALSE(parse_delivery_state(""));
}
