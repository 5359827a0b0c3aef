// Moving the WAL into the file while others write and read: nothing is lost, and the WAL does not grow for ever.
#include <filesystem>

#include "storage/sqlite/checkpointer.hpp"
#include "tests/storage/conformance/support.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

struct WrittenFile {
  TemporaryFolder folder;
  std::string file = folder.path() + "/answerback.db";
  Connection writer{file, Connection::Role::writer, 1u << 20};
  std::int64_t rows = 0;

  WrittenFile() {
    writer.text("PRAGMA journal_mode = WAL");
    writer.execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
    writer.execute("CREATE TABLE texts(row INTEGER PRIMARY KEY, text BLOB NOT NULL, copy BLOB NOT NULL) STRICT");
    writer.watch_wal();
  }

  // One commit of a hundred pages and a bit.
  void commit() {
    Transaction transaction(writer, Transaction::Kind::write);
    for (int i = 0; i < 8; ++i)
      Query(writer["INSERT INTO texts(text, copy) SELECT b, b FROM (SELECT randomblob(25000) AS b)"]).run();
    transaction.commit();
    rows += 8;
  }

  // As a process that opens the file after this one was killed would find it.
  void check_copy() const {
    const auto copy = folder.path() + "/copy.db";
    for (const auto* end : {"", "-wal"}) {
      std::filesystem::copy_file(file + end, copy + end, std::filesystem::copy_options::overwrite_existing);
    }
    Connection found(copy, Connection::Role::writer, 1u << 20);
    CHECK(found.text("PRAGMA integrity_check") == "ok");
    CHECK(found.integer("SELECT count(*) FROM texts WHERE text = copy") == rows);
  }
};

// Somebody who looks at the store as it is with its first commit, for as long as this lives.
struct Onlooker {
  Connection reader;
  Transaction snapshot;
  explicit Onlooker(const WrittenFile& disk) : reader(disk.file, Connection::Role::reader, 1u << 20), snapshot(reader, Transaction::Kind::read) {
    CHECK(rows() == 8);
  }
  std::int64_t rows() { return reader.integer("SELECT count(*) FROM texts WHERE text = copy"); }
};

// Commits until the WAL begins anew, or gives up.
bool commit_until_anew(WrittenFile& disk, Checkpointer& checkpointer, int at_most) {
  for (int i = 0; i < at_most; ++i) {
    const int before = disk.writer.wal_pages();
    disk.commit();
    if (disk.writer.wal_pages() < before) return true;
    checkpointer.committed();
  }
  return false;
}

}  // namespace

TEST_CASE("the WAL begins anew while commits go on, and nothing is lost") {
  WrittenFile disk;
  {
    Checkpointer checkpointer(disk.file, disk.writer);
    CHECK(commit_until_anew(disk, checkpointer, 640));
    CHECK(disk.writer.wal_pages() < 1'000);
    disk.commit();
    checkpointer.committed();
    CHECK_FALSE(checkpointer.broken());
  }
  disk.check_copy();
}

TEST_CASE("a WAL is not begun anew under a reader, and is once the reader has gone") {
  WrittenFile disk;
  Checkpointer checkpointer(disk.file, disk.writer);
  disk.commit();
  {
    Onlooker onlooker(disk);
    CHECK_FALSE(commit_until_anew(disk, checkpointer, 200));
    CHECK(onlooker.rows() == 8);
  }
  CHECK(commit_until_anew(disk, checkpointer, 640));
  disk.check_copy();
}

TEST_CASE("when nobody waits a WAL is moved to its end, and the next commit begins it anew") {
  WrittenFile disk;
  Checkpointer checkpointer(disk.file, disk.writer);
  for (int i = 0; i < 25; ++i) disk.commit();
  const int before = disk.writer.wal_pages();
  checkpointer.idle();
  REQUIRE(answerback::tests::eventually([&] { return !checkpointer.busy(); }));
  disk.commit();
  CHECK(disk.writer.wal_pages() < before);
  disk.check_copy();
}

TEST_CASE("an emptied WAL leaves everything in the file") {
  WrittenFile disk;
  Checkpointer checkpointer(disk.file, disk.writer);
  disk.commit();
  CHECK(checkpointer.truncate());
  CHECK(std::filesystem::file_size(disk.file + "-wal") == 0);
  disk.check_copy();
}

TEST_CASE("a WAL that a reader needs is not emptied now, but later") {
  WrittenFile disk;
  Checkpointer checkpointer(disk.file, disk.writer);
  disk.commit();
  {
    const Onlooker onlooker(disk);
    disk.commit();
    CHECK_FALSE(checkpointer.truncate());
  }
  CHECK(checkpointer.truncate());
  disk.check_copy();
}
