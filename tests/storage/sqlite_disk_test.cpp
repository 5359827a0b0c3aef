// The embedded store and its disk: full, being copied, checkpoints.
#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

namespace fs = std::filesystem;

SqliteOptions options_for(const TemporaryFolder& folder) { return {folder.path(), 1u << 20, false}; }

std::string phone(int number) { return "+1512555" + std::to_string(1'000 + number); }

// Commits new people until the store refuses; how many it took.
int fill(Store& store, int at_most) {
  for (int i = 0; i < at_most; ++i) {
    Person person(store, phone(i));
    auto begin = person.begin(i);
    begin.decision.messages[0].text = std::string(2'000, 'x');
    try {
      commit(store, begin);
    } catch (const StoreError&) {
      return i;
    }
  }
  return at_most;
}

}  // namespace

TEST_CASE("a full disk refuses the commit as a whole; with room again the store goes on") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  store.limit_pages(120);
  const auto stored = fill(store, 500);
  REQUIRE(stored > 0);
  REQUIRE(stored < 500);
  CHECK_FALSE(store.find_contact(phone(stored)).has_value());
  CHECK(store.gauges().contacts == static_cast<std::uint64_t>(stored));
  CHECK(store.check().empty());

  store.limit_pages(100'000);
  Person person(store, phone(stored));
  commit(store, person.begin(0));
  CHECK(store.find_contact(phone(stored)).has_value());
  CHECK(store.writable());
}

TEST_CASE("a full disk is no contradiction: it is the store that fails") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  store.limit_pages(120);
  const auto stored = fill(store, 500);
  REQUIRE(stored < 500);
  Person person(store, phone(stored));
  auto begin = person.begin(0);
  begin.decision.messages[0].text = std::string(20'000, 'x');
  try {
    commit(store, begin);
    FAIL("there was room");
  } catch (const StoreError& error) {
    CHECK(dynamic_cast<const Contradiction*>(&error) == nullptr);
  }
}

TEST_CASE("a failure inside a transaction undoes the whole, even when it was caught inside") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  const auto half = [&] {
    store.transaction([&] {
      store.publish_flow("roof", "{}", at(0));
      Commit nobody;
      nobody.decision.contact.key = {77};
      nobody.decision.messages.emplace_back();
      CHECK_THROWS_AS(commit(store, nobody), StoreError);
    });
  };
  CHECK_THROWS_AS(half(), StoreError);
  CHECK(store.all_flows().empty());
}

TEST_CASE("a copy made while others write is consistent and opens as a store") {
  const TemporaryFolder folder;
  const TemporaryFolder copies;
  SqliteStore store(options_for(folder));
  std::atomic<bool> copied{false};
  std::thread copying([&] {
    for (int i = 0; i < 5; ++i) store.backup_to(copies.path() + "/answerback.db");
    copied = true;
  });
  int written = 0;
  for (; written < 2'000 && !copied; ++written) {
    Person person(store, phone(written));
    commit(store, person.begin(written));
  }
  copying.join();
  REQUIRE(written > 0);
  CHECK_FALSE(fs::exists(copies.path() + "/answerback.db.partial"));
  SqliteStore copy(options_for(copies));
  CHECK(copy.check().empty());
  CHECK(copy.gauges().contacts <= static_cast<std::uint64_t>(written));
}

TEST_CASE("a copy that can not be written is an error") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  CHECK_THROWS_AS(store.backup_to(folder.path() + "/missing/copy.db"), StoreError);
}

TEST_CASE("queries see committed state only, from any thread") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  Person ana(store, "+15125550142");
  store.transaction([&] {
    commit(store, ana.begin(0));
    bool seen = true;
    std::thread([&] { seen = store.find_contact("+15125550142").has_value(); }).join();
    CHECK_FALSE(seen);
  });
  bool seen = false;
  std::thread([&] { seen = store.find_contact("+15125550142").has_value(); }).join();
  CHECK(seen);
}

// SQLite 3.7.0 to 3.51.2: a WAL that two connections checkpoint can be corrupted (sqlite.org/wal.html, the WAL-reset bug).
TEST_CASE("only the store's own checkpoints move the WAL into the file") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  fill(store, 400);
  const auto before = fs::file_size(file_of(folder));
  const auto wal = fs::file_size(file_of(folder) + "-wal");
  CHECK(wal > 1'000'000);
  store.check();                                     // opens and closes a connection of its own
  store.backup_to(folder.path() + "/copy.db");       // another one
  store.list_messages({}, {});
  CHECK(fs::file_size(file_of(folder)) == before);
  CHECK(fs::file_size(file_of(folder) + "-wal") == wal);
  // Some of it may have been moved while it was written; what comes now makes the file longer.
  int more = 200;
  CHECK(tests::eventually([&] {
    Person person(store, phone(++more));
    commit(store, person.begin(more));
    store.tend();
    return fs::file_size(file_of(folder)) > before;
  }));
}

TEST_CASE("a reader's connection can not write") {
  const TemporaryFolder folder;
  SqliteStore store(options_for(folder));
  Connection reader(file_of(folder), Connection::Role::reader, 1u << 20);
  CHECK_THROWS_AS(reader.execute("DELETE FROM contacts"), StoreError);
}
