#include "storage/sqlite/readers.hpp"

#include <atomic>
#include <thread>

#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

TEST_CASE("beside one long query there is a turn for another at once, and the third waits for one of them") {
  const TemporaryFolder folder;
  { const SqliteStore store(SqliteOptions{folder.path(), 1u << 20, false}); }
  Readers readers(folder.path() + "/answerback.db", 1u << 20);
  std::optional<Readers::Turn> longest(readers.take());
  std::optional<Readers::Turn> second(readers.take());
  CHECK(&second->db != &longest->db);
  std::atomic<bool> asks{false}, has_turn{false};
  std::thread third([&] {
    asks = true;
    const auto turn = readers.take();
    has_turn = true;
  });
  REQUIRE(tests::eventually([&] { return asks.load(); }));
  CHECK_FALSE(has_turn);
  second.reset();
  third.join();
  CHECK(has_turn);
}
