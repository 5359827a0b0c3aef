// The ids of carriers' messages on their way from beside their messages into the index, in rounds of two.
#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/seen_ids.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

class Ids {
 public:
  Ids() { migrate(db); }

  // Stores a message under each id, in one transaction.
  void store(const std::vector<std::string>& names, bool kept = true) {
    Transaction transaction(db, Transaction::Kind::write);
    for (const auto& name : names) {
      const auto key = provider_key(name);
      const std::string bytes(key.begin(), key.end());
      Query(db["INSERT INTO messages(previous, contact, conversation, number, direction, status, at, sender, recipient, text, carrier, "
               "error, exempt, seen_key) VALUES (0, 1, 1, 1, 0, 0, 0, '', '', '', '', '', 0, ?1)"])
          .bind(Blob{bytes})
          .run();
      ids->add(key, db.last_row());
    }
    ids->index_some();
    if (kept) transaction.commit();
    kept ? ids->committed() : ids->rolled_back();
  }

  std::optional<std::int64_t> row(const std::string& name) {
    const auto key = provider_key(name);
    return ids->find(std::span(&key, 1)).front();
  }
  std::int64_t indexed() { return db.integer("SELECT count(*) FROM seen"); }
  void restart() { ids.emplace(db, 2); }

  TemporaryFolder folder;
  Connection db{folder.path() + "/ids.db", Connection::Role::writer, 1u << 20};
  std::optional<SeenIds> ids;
};

}  // namespace

TEST_CASE("a message's id is known from the commit on, and goes into the index with later ones") {
  Ids ids;
  ids.restart();
  CHECK_FALSE(ids.row("SM1").has_value());
  ids.store({"SM1"});
  ids.store({"SM2"});
  CHECK(ids.indexed() == 0);
  ids.store({"SM3"});  // one came: one of the first round goes
  CHECK(ids.indexed() == 1);
  ids.store({"SM4"});
  CHECK(ids.indexed() == 2);
  ids.store({"SM5", "SM6", "SM7"});
  CHECK(ids.indexed() == 4);
  for (int i = 1; i <= 7; ++i) CHECK(ids.row("SM" + std::to_string(i)) == i);
  CHECK_FALSE(ids.row("SM8").has_value());
}

TEST_CASE("after a restart every id is still known, wherever it had come to") {
  for (int stored = 0; stored <= 9; ++stored) {
    Ids ids;
    ids.restart();
    for (int i = 1; i <= stored; ++i) ids.store({"SM" + std::to_string(i)});
    ids.restart();
    for (int i = 1; i <= stored; ++i) CHECK(ids.row("SM" + std::to_string(i)) == i);
    for (int i = stored + 1; i <= stored + 6; ++i) ids.store({"SM" + std::to_string(i)});
    for (int i = 1; i <= stored + 6; ++i) CHECK(ids.row("SM" + std::to_string(i)) == i);
    CHECK(ids.db.integer("SELECT count(*) FROM messages WHERE row <= (SELECT value FROM facts WHERE name = 'seen_indexed') AND "
                         "seen_key NOT IN (SELECT key FROM seen)") == 0);
  }
}

TEST_CASE("a transaction that is undone leaves no id behind") {
  Ids ids;
  ids.restart();
  ids.store({"SM1", "SM2"});
  ids.store({"SM3"}, false);
  CHECK(ids.indexed() == 0);
  CHECK_FALSE(ids.row("SM3").has_value());
  ids.store({"SM3", "SM4"});
  CHECK(ids.indexed() == 2);
  CHECK(ids.row("SM3") == 3);
}

TEST_CASE("an id that comes twice is refused, whether it is held or in the index") {
  Ids ids;
  ids.restart();
  ids.store({"SM1", "SM2"});
  CHECK_THROWS_AS(ids.store({"SM1"}), StoreError);
  ids.ids->rolled_back();
  for (const auto* name : {"SM3", "SM4", "SM5", "SM6", "SM7"}) ids.store({name});
  CHECK(ids.indexed() >= 4);
  ids.row("SM9");
  CHECK_THROWS_AS(ids.store({"SM1"}), StoreError);
}
