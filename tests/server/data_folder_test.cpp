#include "server/data_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "storage/sqlite/schema.hpp"
#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace answerback;
using namespace answerback::server;
using tests::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

const std::string all_alike(32, 'k');

std::string key_in(const TemporaryFolder& folder) { return folder.path() + "/suppression.key"; }

std::string some_key() {
  auto key = all_alike;
  key[0] = 'K';
  return key;
}

std::unique_ptr<storage::Store> opened(const TemporaryFolder& folder) { return open_data_folder(folder.path(), 1u << 20); }

// As a server of version 4 left it.
void make_old_store(const TemporaryFolder& folder, bool with_suppressed) {
  SQLite::Database db(folder.path() + "/answerback.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (std::size_t step = 0; step < 4; ++step) db.exec(storage::migrations()[step]);
  db.exec("PRAGMA application_id = 1634628450; PRAGMA user_version = 4");
  if (with_suppressed) db.exec("INSERT INTO suppressed VALUES ('a hash')");
}

}  // namespace

TEST_CASE("the key of a store of an older version is taken for its own once") {
  const TemporaryFolder folder;
  make_old_store(folder, true);
  folder.write("suppression.key", some_key());
  const auto store = open_data_folder(folder.path(), 1u << 20, Missing::is_refused);
  CHECK(key_problem(folder.path(), *store).empty());
  CHECK(suppression_key(folder.path(), *store) == some_key());
  auto other = some_key();
  other[5] = 'x';
  folder.write("suppression.key", other);
  CHECK_THROWS_AS(suppression_key(folder.path(), *store), UnfitFolder);
  CHECK_FALSE(key_problem(folder.path(), *store).empty());
}

TEST_CASE("a store of an older version without its key is refused when it keeps somebody suppressed, and else gets one") {
  const TemporaryFolder with, without;
  make_old_store(with, true);
  CHECK_THROWS_AS(suppression_key(with.path(), *opened(with)), UnfitFolder);
  make_old_store(without, false);
  const auto key = suppression_key(without.path(), *opened(without));
  CHECK(key.size() == 32);
  CHECK(suppression_key(without.path(), *opened(without)) == key);
}

TEST_CASE("a damaged key beside a store of an older version is not taken, and not overwritten") {
  for (const auto& damaged : {std::string(), std::string("short"), all_alike, some_key() + "\n"}) {
    const TemporaryFolder folder;
    make_old_store(folder, false);
    folder.write("suppression.key", damaged);
    const auto store = opened(folder);
    CHECK_THROWS_AS(suppression_key(folder.path(), *store), UnfitFolder);
    CHECK(tests::read_text(key_in(folder)) == damaged);
  }
}

TEST_CASE("a process that ends while it makes its first key leaves nothing that the next one stumbles over") {
  const TemporaryFolder folder;
  const auto store = opened(folder);
  const auto key = suppression_key(folder.path(), *store);
  // The store knew it, and the key had not got its name yet.
  fs::rename(key_in(folder), key_in(folder) + ".new");
  CHECK(key_problem(folder.path(), *store).empty());
  CHECK(suppression_key(folder.path(), *store) == key);
  CHECK(tests::read_text(key_in(folder)) == key);

  // The key was written, and the store did not know it yet.
  const TemporaryFolder other;
  const auto unaware = opened(other);
  other.write("suppression.key.new", some_key());
  const auto made = suppression_key(other.path(), *unaware);
  CHECK(made != some_key());
  CHECK(suppression_key(other.path(), *unaware) == made);
  CHECK_FALSE(fs::exists(key_in(other) + ".new"));
}

TEST_CASE("what is left of a key that was made and is not this store's does not stand in for one that is missing") {
  const TemporaryFolder folder;
  const auto store = opened(folder);
  suppression_key(folder.path(), *store);
  fs::remove(key_in(folder));
  folder.write("suppression.key.new", some_key());
  CHECK_THROWS_AS(suppression_key(folder.path(), *store), UnfitFolder);
  CHECK_FALSE(key_problem(folder.path(), *store).empty());
}

TEST_CASE("a new key puts the old one aside and never over another one") {
  const TemporaryFolder folder;
  const auto store = opened(folder);
  const auto first = suppression_key(folder.path(), *store);
  replace_key(folder.path(), *store);
  const auto second = suppression_key(folder.path(), *store);
  replace_key(folder.path(), *store);
  CHECK(first != second);
  CHECK(tests::read_text(key_in(folder) + ".old-1") == first);
  CHECK(tests::read_text(key_in(folder) + ".old-2") == second);
  CHECK(key_problem(folder.path(), *store).empty());
}

TEST_CASE("a key that can be nobody's is not adopted") {
  const TemporaryFolder folder;
  const auto store = opened(folder);
  CHECK_THROWS_AS(adopt_key(folder.path(), *store), UnfitFolder);
  folder.write("suppression.key", "short");
  CHECK_THROWS_AS(adopt_key(folder.path(), *store), UnfitFolder);
  folder.write("suppression.key", some_key());
  adopt_key(folder.path(), *store);
  CHECK(suppression_key(folder.path(), *store) == some_key());
}

TEST_CASE("each store that is begun here draws an origin of its own") {
  const TemporaryFolder one, other;
  const auto first = opened(one)->identity().origin;
  CHECK(first != engine::no_origin);
  CHECK(first != opened(other)->identity().origin);
  CHECK(first == opened(one)->identity().origin);
}
