// How much of a store's file a turn writes: nothing that it leaves as it was. Counted in pages, since those are what it costs.
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "storage/sqlite/turn_writer.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

std::int64_t pages_written(Connection& db) {
  int written = 0, unused = 0;
  sqlite3_db_status(db.raw().getHandle(), SQLITE_DBSTATUS_CACHE_WRITE, &written, &unused, 0);
  return written;
}

// Ana in the middle of a conversation, in a store without an index.
class Desk {
 public:
  explicit Desk(const char* without) {
    {
      SqliteStore store(SqliteOptions{folder_.path(), 1u << 20, false});
      ana_.emplace(store, "+15125550142");
      commit(store, ana_->begin(0));
    }
    db_.emplace(folder_.path() + "/answerback.db", Connection::Role::writer, 1u << 20);
    db_->execute(without);
  }

  std::int64_t pages_of(const Commit& commit) {
    const auto before = pages_written(*db_);
    Transaction writing(*db_, Transaction::Kind::write);
    TurnMemory memory(*db_);
    TurnWriter(*db_, memory, commit).write();
    writing.commit();
    return pages_written(*db_) - before;
  }
  Commit turn(std::int64_t seconds) { return ana_->turn(seconds, "its leaking"); }
  Commit livelier_turn(std::int64_t seconds) {
    ana_->contact.pace = {at(seconds), 1, 1, 7};
    auto commit = turn(seconds);
    commit.decision.contact = ana_->contact;
    commit.decision.contact_changed = commit.decision.only_pace_changed = true;
    return commit;
  }
  Commit end(std::int64_t seconds) { return ana_->end(seconds, engine::Life::completed, "done"); }

 private:
  TemporaryFolder folder_;
  std::optional<Person> ana_;
  std::optional<Connection> db_;
};

constexpr const char* lists = "DROP INDEX conversations_active";

}  // namespace

TEST_CASE("a turn that does not end its conversation leaves the index of the lists alone") {
  Desk with(""), without(lists);
  CHECK(with.pages_of(with.turn(1)) == without.pages_of(without.turn(1)));
  CHECK(with.pages_of(with.end(2)) == without.pages_of(without.end(2)) + 1);
}

TEST_CASE("a turn that leaves nothing of its contact changed but how lively it is writes the conversation's row and not the contact's") {
  Desk plain(""), livelier("");
  CHECK(livelier.pages_of(livelier.livelier_turn(1)) == plain.pages_of(plain.turn(1)));
}
