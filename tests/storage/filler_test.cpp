// Rows that keep their size while what is in them grows.
#include "storage/sqlite/filler.hpp"

#include "storage/bytes.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr std::array<std::size_t, 2> steps{16, 64};

// What SQLite says a conversation's row takes, in bytes of payload.
std::int64_t payload(const TemporaryFolder& folder) {
  Connection db(folder.path() + "/answerback.db", Connection::Role::reader, 1u << 20);
  return db.integer("SELECT sum(payload) FROM dbstat WHERE name = 'conversations'");
}

}  // namespace

TEST_CASE("numbers take as many bytes as SQLite's file format says") {
  const std::initializer_list<std::int64_t> numbers{0, 1, 2, -1, 127, 128, -128, -129, 32'767, 32'768, 8'388'607, 8'388'608, 2'147'483'647,
                                                    2'147'483'648, 140'737'488'355'327, 140'737'488'355'328};
  std::vector<std::size_t> bytes;
  for (const auto number : numbers) bytes.push_back(stored_bytes({number}));
  CHECK(bytes == std::vector<std::size_t>{0, 0, 1, 1, 1, 2, 1, 2, 2, 3, 3, 4, 4, 6, 6, 8});
  CHECK(stored_bytes({1, 2, 300}) == 3);
}

TEST_CASE("a blob is filled up to a step together with what lies beside it, and read back without the filler") {
  CHECK(filled_up("state", 3, steps).size() == 13);
  CHECK(filled_up(std::string(14, 'x'), 0, steps).size() == 16);
  CHECK(filled_up(std::string(15, 'x'), 0, steps).size() == 64);
  for (const std::string blob : {"", "x", "state", "a state that takes more than the first step"}) CHECK(without_filler(filled_up(blob, 2, steps)) == blob);
}

TEST_CASE("a blob beyond the last step, and one from before there was filler, stay as they are") {
  const std::string large(100, 'x');
  CHECK(filled_up(large, 0, steps) == large);
  CHECK(without_filler(large) == large);
  CHECK(without_filler("").empty());
}

TEST_CASE("a filled blob that was cut short is damage") {
  const auto filled = filled_up("state", 0, steps);
  CHECK_THROWS_AS(without_filler(std::string_view(filled).substr(0, 4)), DamagedBytes);
}

TEST_CASE("a conversation's row stays as large as it began while its turns add to it") {
  const TemporaryFolder folder;
  SqliteStore store({folder.path(), 1u << 20, false});
  Person ana(store, "+15125550142");
  const std::vector<Commit> first{ana.begin(0)};
  store.commit(first);
  const auto began = payload(folder);
  for (int i = 1; i <= 3; ++i) {
    const std::vector<Commit> more{ana.turn(i, "an answer")};
    store.commit(more);
    CHECK(payload(folder) == began);
  }
  const std::vector<Commit> last{ana.end(9, engine::Life::completed, "done")};
  store.commit(last);
  CHECK(payload(folder) == began);
}
