#include "server/loop/reader.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <thread>
#include <vector>

using answerback::server::Reader;
using namespace std::chrono_literals;

TEST_CASE("questions are answered one after the other, on a thread that is not the caller's") {
  Reader reader;
  std::vector<int> order;
  std::promise<std::thread::id> last;
  for (int i = 0; i < 3; ++i) CHECK(reader.submit([&order, i] { order.push_back(i); }));
  CHECK(reader.submit([&] { last.set_value(std::this_thread::get_id()); }));
  auto answered = last.get_future();
  REQUIRE(answered.wait_for(10s) == std::future_status::ready);
  CHECK(answered.get() != std::this_thread::get_id());
  CHECK(order == std::vector<int>{0, 1, 2});
}

TEST_CASE("a reader that has too much before it refuses, and takes again once it caught up") {
  Reader reader(2);
  std::promise<void> begun;
  std::promise<void> go_on;
  CHECK(reader.submit([&] {
    begun.set_value();
    go_on.get_future().wait();
  }));
  REQUIRE(begun.get_future().wait_for(10s) == std::future_status::ready);
  std::promise<void> caught_up;
  CHECK(reader.submit([] {}));
  CHECK(reader.submit([&] { caught_up.set_value(); }));
  bool ran = false;
  CHECK_FALSE(reader.submit([&] { ran = true; }));
  go_on.set_value();
  REQUIRE(caught_up.get_future().wait_for(10s) == std::future_status::ready);
  CHECK(reader.submit([] {}));
  reader.stop();
  CHECK_FALSE(ran);
}

TEST_CASE("a reader that stops works off what waits and takes nothing more") {
  Reader reader;
  int answered = 0;
  for (int i = 0; i < 100; ++i) CHECK(reader.submit([&] { ++answered; }));
  reader.stop();
  CHECK(answered == 100);
  CHECK_FALSE(reader.submit([&] { ++answered; }));
  reader.stop();
  CHECK(answered == 100);
}
