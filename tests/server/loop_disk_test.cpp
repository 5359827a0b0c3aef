// The loop goes on while the disk takes what was committed; whatever leaves waits for the disk.
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <future>

#include "tests/server/loop_rig.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;

namespace {

struct SlowDisk : LoopRig {
  SlowDisk() {
    office.store.disk_is_slow = true;
    loop.start();
  }
  ~SlowDisk() {
    office.store.disk_is_slow = false;
    office.store.reach_disk();
  }

  std::shared_ptr<std::promise<server::Handled>> submit(const std::string& from, const std::string& text) {
    auto answered = std::make_shared<std::promise<server::Handled>>();
    auto job = office.text(from, text);
    job.done = [answered](const server::Handled& handled) { answered->set_value(handled); };
    REQUIRE(loop.submit(std::move(job)));
    return answered;
  }
  bool commits_become(int wanted) {
    return tests::eventually([&] { return std::min<int>(office.store.commits_ahead, office.store.told_later) >= wanted; }) &&
           office.store.commits_ahead == wanted;
  }
};

template <class T>
bool is_there(std::future<T>& future, std::chrono::milliseconds patience) {
  return future.wait_for(patience) == std::future_status::ready;
}

}  // namespace

TEST_CASE("a text is answered when it is on disk, and the next one is decided meanwhile") {
  SlowDisk rig;
  auto first = rig.submit(ana, "ROOF")->get_future();
  REQUIRE(rig.commits_become(1));
  auto second = rig.submit(ben, "ROOF")->get_future();
  REQUIRE(rig.commits_become(2));
  rig.on_loop([] {});  // behind both
  CHECK_FALSE(is_there(first, 0ms));
  CHECK_FALSE(is_there(second, 0ms));
  rig.office.store.reach_disk();
  REQUIRE(is_there(first, 20s));
  REQUIRE(is_there(second, 20s));
  CHECK(first.get().stored);
  CHECK(second.get().stored);
}

TEST_CASE("a text that the disk did not take is not answered as stored") {
  SlowDisk rig;
  auto answer = rig.submit(ana, "ROOF")->get_future();
  REQUIRE(rig.commits_become(1));
  // The loop asks to be told a moment after it has committed.
  for (int look = 0; look < 20'000 && !is_there(answer, 1ms); ++look) rig.office.store.reach_disk(false);
  REQUIRE(is_there(answer, 0ms));
  CHECK_FALSE(answer.get().stored);
}

TEST_CASE("a delivery is handed out only when the outcome that made it is on disk") {
  SlowDisk rig;
  webhooks::EndpointKey endpoint;
  rig.on_loop([&] { endpoint = rig.office.subscribe({"*"}); });
  auto answer = rig.submit(ana, "ROOF")->get_future();
  REQUIRE(rig.commits_become(1));
  auto leased = std::make_shared<std::promise<webhooks::LeasedDeliveries>>();
  auto future = leased->get_future();
  rig.outbox.lease_deliveries({{endpoint, 4}}, [leased](webhooks::LeasedDeliveries found) { leased->set_value(std::move(found)); });
  rig.on_loop([] {});  // behind the lease
  CHECK_FALSE(is_there(future, 0ms));
  rig.office.store.reach_disk();
  for (int look = 0; look < 5'000 && !is_there(future, 1ms); ++look) rig.office.store.reach_disk();
  REQUIRE(is_there(future, 0ms));
  CHECK_FALSE(future.get().due.empty());
}

TEST_CASE("a task waits for the disk before it looks") {
  SlowDisk rig;
  rig.submit(ana, "ROOF");
  REQUIRE(rig.commits_become(1));
  const int before = rig.office.store.waits_for_disk;
  rig.on_loop([] {});
  CHECK(rig.office.store.waits_for_disk == before + 1);
}

TEST_CASE("STOP holds texts back before it is on disk") {
  SlowDisk rig;
  engine::Message message;
  auto begun = rig.submit(ana, "ROOF")->get_future();
  REQUIRE(rig.commits_become(1));
  rig.office.store.reach_disk();
  REQUIRE(is_there(begun, 20s));
  for (const auto& each : begun.get().decision.messages) {
    if (each.direction == engine::Direction::out) message = each;
  }
  REQUIRE(rig.loop.may_start(message));
  auto stopped = rig.submit(ana, "STOP")->get_future();
  REQUIRE(rig.commits_become(2));
  CHECK_FALSE(rig.loop.may_start(message));
  CHECK_FALSE(is_there(stopped, 0ms));
}

TEST_CASE("whoever asks for texts or calls while the store is broken hears that it is, and not that there are none") {
  LoopRig rig;
  rig.loop.start();
  const auto failed = [&](auto lease) {
    const auto promise = std::make_shared<std::promise<bool>>();
    lease([promise](const auto& leased) { promise->set_value(leased.failed); });
    auto answer = promise->get_future();
    REQUIRE(is_there(answer, 20s));
    return answer.get();
  };
  const auto texts = [&](const auto& done) { rig.outbox.lease_sends(webhooks::SendQuota(webhooks::SendLimits{}), done); };
  const auto calls = [&](const auto& done) { rig.outbox.lease_calls(1, 1, done); };
  rig.office.store.leases_to_fail = 1;
  CHECK(failed(texts));
  CHECK_FALSE(failed(texts));
  rig.office.store.leases_to_fail = 1;
  CHECK(failed(calls));
  CHECK_FALSE(failed(calls));
}
