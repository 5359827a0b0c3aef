#include "server/loop/batch_size.hpp"

#include <catch2/catch.hpp>

namespace answerback::server {

using namespace std::chrono_literals;

TEST_CASE("a batch takes all that waits, as long as that is quick") {
  BatchSize size(128);
  size.took(128, 4ms);
  size.took(3, 1ms);
  CHECK(size.now() == 128);
}

TEST_CASE("after a batch that took too long the next is half of it") {
  BatchSize size(128);
  size.took(100, 11ms);
  CHECK(size.now() == 50);
  size.took(50, 200ms);
  CHECK(size.now() == 25);
}

TEST_CASE("batches grow again when full ones are quick, and only then") {
  BatchSize size(128);
  size.took(40, 30ms);
  REQUIRE(size.now() == 20);
  size.took(19, 1ms);  // no more waited: nothing is known of larger ones
  CHECK(size.now() == 20);
  size.took(20, 8ms);  // twice as many would be too slow
  CHECK(size.now() == 20);
  size.took(20, 2ms);
  CHECK(size.now() == 40);
  for (int i = 0; i < 5; ++i) size.took(size.now(), 1ms);
  CHECK(size.now() == 128);
}

TEST_CASE("on the slowest machine some are still taken together") {
  BatchSize size(128);
  for (int i = 0; i < 20; ++i) size.took(size.now(), 1s);
  CHECK(size.now() == 8);
}

TEST_CASE("a cap below the least is a cap all the same") {
  BatchSize size(1);
  for (int i = 0; i < 3; ++i) size.took(1, 1s);
  CHECK(size.now() == 1);
}

}  // namespace answerback::server
