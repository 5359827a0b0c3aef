// The store's file as a thing that can be copied, moved, taken away: what the embedded store notices of it.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "storage/codec.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"
#include "webhooks/crypto.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

std::unique_ptr<SqliteStore> open_drawing(const std::string& folder, std::uint64_t drawn) {
  SqliteOptions options{folder, 1u << 20, false};
  options.random = [drawn] { return drawn; };
  return std::make_unique<SqliteStore>(options);
}

std::unique_ptr<SqliteStore> open_existing(const std::string& folder) {
  SqliteOptions options{folder, 1u << 20, false};
  options.may_begin = false;
  return std::make_unique<SqliteStore>(options);
}

std::string store_in(const TemporaryFolder& folder) { return folder.path() + "/answerback.db"; }

void change_behind(const TemporaryFolder& folder, const std::string& sql) {
  SQLite::Database(store_in(folder), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

// A store of version 4, with somebody who talks, an event that was told, an endpoint.
void make_version_4(const TemporaryFolder& folder) {
  for (std::size_t step = 0; step < 4; ++step) change_behind(folder, migrations()[step]);
  change_behind(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = 4");
  change_behind(folder, "INSERT INTO contacts(key, phone, consent, created_at, sequence, conversations, loose_messages, active, active_row, last_message) "
                        "VALUES (7, 15125550142, 2, 0, 2, 1, 1, 0, 0, 1)");
  change_behind(folder, "INSERT INTO messages(row, previous, contact, conversation, number, direction, status, at, sender, recipient, text, carrier, error, exempt) "
                        "VALUES (1, 0, 7, 0, 1, 1, 1, 0, '+15550001111', '+15125550142', 'Hello', 'http', '', 0)");
  change_behind(folder, "INSERT INTO sends VALUES (1, 7, 1, 0, 0)");
  change_behind(folder, "INSERT INTO events(cursor, contact, sequence, type, at, body) VALUES (1, 7, 1, 'contact.created', 0, '{}'), (2, 7, 2, 'contact.opted_in', 0, '{}')");
  const auto none = webhooks::to_hex(encode_texts({}));
  change_behind(folder, fmt::format("INSERT INTO endpoints VALUES (3, 'https://a.example', x'{0}', '', x'{0}', '', x'{0}', 0, 0, 0, NULL, 0, '', 0, 0, 0)", none));
  change_behind(folder, "INSERT INTO deliveries VALUES (9, 3, 1, 7, 1, 1, 0, 0, 0, 0, 0, '')");
  change_behind(folder, "INSERT INTO campaigns VALUES (2, 'spring', 'roof', '', 'running', 0)");
}

}  // namespace

TEST_CASE("a store draws its origin once and keeps it, also when its folder is renamed") {
  const TemporaryFolder parent;
  const auto folder = parent.path() + "/data";
  const auto origin = open_drawing(folder, 41)->identity().origin;
  CHECK(origin == 42);
  CHECK(open_drawing(folder, 99)->identity().origin == origin);
  fs::rename(folder, parent.path() + "/elsewhere");
  const auto identity = open_drawing(parent.path() + "/elsewhere", 99)->identity();
  CHECK(identity.origin == origin);
  CHECK(identity.renewed.empty());
}

TEST_CASE("a backup is a store with an origin of its own from its first opening on, and the original stays what it is") {
  const TemporaryFolder original, restored;
  const auto store = open_drawing(original.path(), 41);
  store->backup_to(store_in(restored));
  CHECK_FALSE(fs::exists(store_in(restored) + "-wal"));
  const auto copy = open_drawing(restored.path(), 1'000);
  CHECK(copy->identity().origin == 1'043);
  CHECK_THAT(copy->identity().renewed, Contains("backup"));
  CHECK(store->identity().origin == 42);
  CHECK(store->check().empty());
}

TEST_CASE("a backup is marked for good only until it is opened") {
  const TemporaryFolder original, restored;
  open_drawing(original.path(), 41)->backup_to(store_in(restored));
  const auto origin = open_drawing(restored.path(), 5)->identity().origin;
  const auto again = open_drawing(restored.path(), 77)->identity();
  CHECK(again.origin == origin);
  CHECK(again.renewed.empty());
}

TEST_CASE("a file that was copied behind the store's back is noticed") {
  const TemporaryFolder original, copied;
  open_drawing(original.path(), 41).reset();
  fs::copy_file(store_in(original), store_in(copied));
  const auto copy = open_drawing(copied.path(), 5)->identity();
  CHECK(copy.origin != 42);
  CHECK_THAT(copy.renewed, Contains("copied"));
  CHECK(open_drawing(original.path(), 5)->identity().origin == 42);
  // Copied over the original it is a copy too.
  fs::copy_file(store_in(copied), original.path() + "/copy.db");  // beside it first: a file system may give a removed one's inode again
  fs::rename(original.path() + "/copy.db", store_in(original));
  CHECK(open_drawing(original.path(), 5)->identity().origin > copy.origin);
}

TEST_CASE("a store whose whole machine was copied is told so") {
  const TemporaryFolder folder;
  open_drawing(folder.path(), 41)->mark_as_copy();
  CHECK(open_drawing(folder.path(), 5)->identity().origin > 42);
}

TEST_CASE("origins of copies of copies grow, thousands of times, and the last one is kept") {
  const TemporaryFolder folder;
  auto last = open_drawing(folder.path(), UINT64_MAX)->identity().origin;
  for (int i = 0; i < 200; ++i) {
    open_drawing(folder.path(), 0)->mark_as_copy();
    const auto next = open_drawing(folder.path(), UINT64_MAX - static_cast<std::uint64_t>(i))->identity().origin;
    REQUIRE(next > last);
    last = next;
  }
  CHECK(last < engine::max_origin - (1u << 20));
  {
    const auto store = open_drawing(folder.path(), 0);
    store->mark_as_copy();
  }
  change_behind(folder, "UPDATE facts SET value = 2147483647 WHERE name = 'origin'");
  CHECK(open_drawing(folder.path(), 5)->identity().origin == engine::max_origin);
}

TEST_CASE("a store of version 4 keeps its ids and the places in its lists, and gives new ids under an origin") {
  const TemporaryFolder folder;
  make_version_4(folder);
  const auto store = open_drawing(folder.path(), 41);
  CHECK(store->identity().origin == 42);
  CHECK(store->identity().plain_cursors);
  CHECK(store->key_trace().adopts);
  CHECK(engine::to_string(store->find_contact("+15125550142")->key) == "con_7");
  CHECK(store->find_event("evt_7_2")->type == "contact.opted_in");
  CHECK(store->find_delivery({9})->event_id == "evt_7_1");
  CHECK(store->message({{7}, 0, 1})->text == "Hello");
  CHECK(store->find_endpoint({3}));
  CHECK(store->find_campaign({2}));
  // What was queued goes on.
  const webhooks::Want want{{3}, 4};
  CHECK(store->lease_deliveries(at(0), std::span(&want, 1)).due.at(0).event_id == "evt_7_1");
  CHECK(store->lease_sends(at(0), 1).due.at(0).message.text == "Hello");

  Person ana(*store, "+15125550142");
  Person ben(*store, "+15125550143");
  CHECK(ana.key().value == 7);
  CHECK(engine::to_string(ben.key()) == "con_1s000016");
  CHECK(webhooks::to_string(store->add_endpoint(an_endpoint("https://b.example"))) == "ep_1s000016");
  CHECK(engine::to_string(store->add_campaign({{}, "autumn", "roof", ""}, at(0))) == "cmp_1s000016");
  CHECK(store->check().empty());
}

TEST_CASE("places in lists of an older version end with the first copy") {
  const TemporaryFolder folder, restored;
  make_version_4(folder);
  open_drawing(folder.path(), 41)->backup_to(store_in(restored));
  CHECK_FALSE(open_drawing(restored.path(), 5)->identity().plain_cursors);
  CHECK(open_drawing(folder.path(), 5)->identity().plain_cursors);
}

TEST_CASE("a store that must be there is not begun") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(open_existing(folder.path()), StoreMissing);
  CHECK_FALSE(fs::exists(store_in(folder)));
  std::ofstream(store_in(folder)).close();
  CHECK_THROWS_AS(open_existing(folder.path()), StoreMissing);
  CHECK(fs::file_size(store_in(folder)) == 0);
  fs::remove(store_in(folder));
  change_behind(folder, "PRAGMA journal_mode = WAL");
  CHECK_THROWS_AS(open_existing(folder.path()), StoreMissing);
  open_drawing(folder.path(), 1).reset();
  CHECK_NOTHROW(open_existing(folder.path()));
}

TEST_CASE("an empty file beside a WAL that holds commits is refused instead of losing them") {
  const TemporaryFolder folder;
  folder.write("answerback.db-wal", "commits");
  CHECK_THROWS_AS(open_drawing(folder.path(), 1), StoreMissing);
  CHECK(fs::file_size(store_in(folder) + "-wal") == 7);
}

TEST_CASE("the store's own file is locked, so that without the lock file nobody gets in") {
  const TemporaryFolder folder;
  const auto store = open_drawing(folder.path(), 1);
  fs::remove(folder.path() + "/answerback.lock");
  CHECK_THROWS_AS(open_drawing(folder.path(), 1), StoreLocked);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  CHECK(store->check().empty());
}

TEST_CASE("a store whose file is moved away while it is open writes nothing until it is back") {
  const TemporaryFolder folder;
  const auto store = open_drawing(folder.path(), 1);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto away = folder.path() + "/away.db";
  fs::rename(store_in(folder), away);
  CHECK_THAT(store->misplaced(), Contains("removed or renamed"));
  CHECK(store->gauges().misplaced);
  CHECK_THROWS_AS(commit(*store, ana.turn(1, "its leaking")), StoreError);
  std::ofstream(store_in(folder)) << "somebody else's";
  CHECK_THAT(store->misplaced(), Contains("replaced"));
  fs::rename(away, store_in(folder));
  CHECK(store->misplaced().empty());
  CHECK_FALSE(store->gauges().misplaced);
  Person again(*store, "+15125550142");
  commit(*store, again.turn(1, "its leaking"));
  CHECK(store->transcript({ana.key(), 1}).size() == 4);
}
