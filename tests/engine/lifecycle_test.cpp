#include <catch2/catch.hpp>

#include "engine/lifecycle.hpp"
#include "tests/engine/golden.hpp"

using namespace answerback::engine;
using answerback::tests::golden;

namespace {

constexpr std::array lives{Life::fresh, Life::running, Life::waiting, Life::completed, Life::bailed, Life::discarded};
constexpr std::array life_signals{LifeSignal::begin,    LifeSignal::ask,  LifeSignal::reply,  LifeSignal::silence,
                             LifeSignal::complete, LifeSignal::bail, LifeSignal::discard};

}  // namespace

TEST_CASE("the life of a conversation is what its golden matrix says") {
  CHECK(answerback::tests::matrix(lives, life_signals, [](Life life, LifeSignal signal) {
          const auto step = advance(life, signal);
          return step.accepted ? to_string(step.to) : "-";
        }) == golden("lifecycle.txt"));
}

TEST_CASE("a signal that is refused leaves the life as it was") {
  for (const auto life : lives) {
    for (const auto signal : life_signals) {
      const auto step = advance(life, signal);
      CHECK((step.accepted || step.to == life));
    }
  }
}

TEST_CASE("a conversation that has its outcome accepts nothing more") {
  for (const auto life : lives) {
    for (const auto signal : life_signals) {
      if (ended(life)) CHECK(advance(life, signal) == LifeStep{life, false});
    }
  }
}

TEST_CASE("a life is read back as it is spelled") {
  for (const auto life : lives) CHECK(parse_life(to_string(life)) == life);
  CHECK_FALSE(parse_life("paused"));
}
