// Who may speak when: nobody learns of a commit before the disk has it.
#include "storage/sqlite/wal_sync.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "storage/sqlite/disk_wait.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

// A disk that takes as long as the test wants it to.
class SlowDisk {
 public:
  WalSync::Sync sync() {
    return [this] {
      std::unique_lock lock(mutex_);
      ++asked_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return allowed_ > 0; });
      --allowed_;
      return works_;
    };
  }
  void let(int syncs, bool works = true) {
    const std::scoped_lock lock(mutex_);
    allowed_ += syncs;
    works_ = works;
    changed_.notify_all();
  }
  bool is_asked(int times) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return asked_ >= times; });
  }
  int asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int asked_ = 0;
  int allowed_ = 0;
  bool works_ = true;
};

struct Told {
  std::promise<bool> promise;
  std::future<bool> future = promise.get_future();

  WalSync::Told call() {
    return [this](bool on_disk) { promise.set_value(on_disk); };
  }
  void of_a_commit(WalSync& sync) {
    sync.committed();
    sync.when_done(call());
  }
  bool is_there() const { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
  bool get() {
    REQUIRE(future.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    return future.get();
  }
};

}  // namespace

TEST_CASE("nobody is told of a commit before the disk has it") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  Told told;
  told.of_a_commit(sync);
  REQUIRE(disk.is_asked(1));
  CHECK_FALSE(told.is_there());
  disk.let(1);
  CHECK(told.get());
}

TEST_CASE("one sync is for all that was committed before it began, and for nothing after") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  Told first, second, third;
  first.of_a_commit(sync);
  REQUIRE(disk.is_asked(1));
  for (auto* told : {&second, &third}) told->of_a_commit(sync);
  disk.let(1);
  CHECK(first.get());
  REQUIRE(disk.is_asked(2));
  CHECK_FALSE(second.is_there());
  CHECK_FALSE(third.is_there());
  disk.let(1);
  CHECK(second.get());
  CHECK(third.get());
  CHECK(disk.asked() == 2);
}

TEST_CASE("with nothing on its way to the disk the answer is there at once") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  Told told;
  sync.when_done(told.call());
  CHECK(told.is_there());
  CHECK(sync.wait());
  CHECK(disk.asked() == 0);
}

TEST_CASE("whoever waits for the disk shares the sync under way, or makes the next one") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  Told told;
  told.of_a_commit(sync);
  REQUIRE(disk.is_asked(1));
  sync.committed();
  auto waiting = std::async(std::launch::async, [&] { return sync.wait(); });
  disk.let(2);
  CHECK(told.get());
  CHECK(waiting.get());
  CHECK(disk.asked() == 2);
}

// After a failed fsync the kernel may call the same pages clean: asking again proves nothing (PostgreSQL's "fsyncgate", 2018).
TEST_CASE("a failed sync is told to all whom it concerns, and no later one makes it good") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  Told before, failed, after;
  before.of_a_commit(sync);
  disk.let(1);
  CHECK(before.get());
  failed.of_a_commit(sync);
  disk.let(1, false);
  CHECK_FALSE(failed.get());
  disk.let(5, true);
  after.of_a_commit(sync);
  CHECK_FALSE(after.get());
  CHECK_FALSE(sync.wait());
  CHECK(sync.broken());
}

TEST_CASE("all who wait are told before the end") {
  SlowDisk disk;
  std::atomic<int> told{0};
  disk.let(10);
  {
    WalSync sync(disk.sync());
    for (int i = 0; i < 5; ++i) {
      sync.committed();
      sync.when_done([&](bool on_disk) { told += on_disk ? 1 : 0; });
    }
  }
  CHECK(told == 5);
}

TEST_CASE("what was committed ahead is in the store, and told in the order of the commits") {
  const TemporaryFolder folder;
  SqliteStore store({folder.path(), 1u << 20, false});
  std::vector<int> order;
  for (int i = 0; i < 20; ++i) {
    Person person(store, "+1512555" + std::to_string(1'000 + i));
    const std::vector<Commit> commits{person.begin(i)};
    store.commit_ahead(commits);
    store.when_on_disk([&order, i](bool on_disk) { order.push_back(on_disk ? i : -1); });
  }
  std::promise<void> last;
  store.when_on_disk([&](bool) { last.set_value(); });
  last.get_future().wait();
  REQUIRE(order.size() == 20);
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(store.find_contact("+15125551019").has_value());
}

TEST_CASE("how long a thread waited for the disk is told to that thread alone") {
  SlowDisk disk;
  WalSync sync(disk.sync());
  sync.committed();
  std::chrono::nanoseconds waited{0};
  std::thread waiting([&] {
    sync.wait();
    waited = disk_wait_so_far();
  });
  REQUIRE(disk.is_asked(1));
  const auto before = disk_wait_so_far();
  disk.let(1);
  waiting.join();
  CHECK(waited.count() > 0);
  CHECK(disk_wait_so_far() == before);
  CHECK(sync.wait());  // nothing is left to wait for
  CHECK(disk_wait_so_far() == before);
}
