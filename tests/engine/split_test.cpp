#include <catch2/catch.hpp>

#include <map>

#include "tests/engine/rig.hpp"

using namespace answerback;
using answerback::tests::Rig;

namespace {

std::string way_of(std::int64_t key) {
  Rig rig;
  rig.contact.key = {key};
  rig.publish("test_of_greetings.json").text("greet");
  REQUIRE(rig.last().splits.size() == 1);
  CHECK(rig.last().splits.front().first == "greeting");
  return rig.last().splits.front().second;
}

}  // namespace

TEST_CASE("an experiment sends contacts its ways by weight, and the same contact always the same way") {
  std::map<std::string, int> taken;
  for (std::int64_t key = 1; key <= 400; ++key) ++taken[way_of(key)];
  // 3 to 1, within four standard deviations of 400 tosses.
  CHECK(taken["short"] > 265);
  CHECK(taken["short"] < 335);
  CHECK(taken["short"] + taken["long"] == 400);
  for (std::int64_t key = 1; key <= 20; ++key) CHECK(way_of(key) == way_of(key));
}
