// What only the embedded store promises: the file, the lock, the schema, full disks, damage, copies.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/codec.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "webhooks/crypto.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace {

namespace fs = std::filesystem;

std::unique_ptr<SqliteStore> open(const TemporaryFolder& folder) {
  return std::make_unique<SqliteStore>(SqliteOptions{folder.path(), 1u << 20, false});
}

// Changes the file behind the store's back, while it is closed.
void tamper(const TemporaryFolder& folder, const std::string& sql) {
  SQLite::Database(file_of(folder), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string why_not_opened(const TemporaryFolder& folder) {
  try {
    open(folder);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

Commit turn_with_call(Person& person) {
  auto commit = person.turn(1, "78701, says Wilhelmina");
  engine::CallRequest call;
  call.conversation = person.conversation();
  call.turn = person.active->turn;
  call.method = "POST";
  call.url = "https://crm.example/";
  call.body = "\"Wilhelmina\"";
  call.give_up_at = at(60);
  commit.decision.calls = {call};
  return commit;
}

// Runs in a process of its own, which is killed once it has said through the pipe that its commits are on disk.
template <class Body>
void killed_after(Body&& body) {
  int pipe_ends[2];
  REQUIRE(::pipe(pipe_ends) == 0);
  const auto child = ::fork();
  if (child == 0) {
    body();
    [[maybe_unused]] const auto told = ::write(pipe_ends[1], "x", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  REQUIRE(::read(pipe_ends[0], &byte, 1) == 1);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);
}

}  // namespace

TEST_CASE("what was committed is there after the store was closed and opened again") {
  const TemporaryFolder folder;
  auto store = open(folder);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, ana.turn(1, "its leaking"));
  store.reset();
  store = open(folder);
  const Address address = ByPhone{"+15125550142"};
  CHECK(store->load(std::span(&address, 1)).front()->active == ana.active);
  CHECK(store->gauges().contacts == 1);
  CHECK(store->gauges().active_conversations == 1);
  Person bob(*store, "+15125550143");
  CHECK(bob.key() != ana.key());
  CHECK(store->check().empty());
}

TEST_CASE("what was committed is there after kill -9") {
  const TemporaryFolder folder;
  killed_after([&] {
    auto store = open(folder).release();
    Person ana(*store, "+15125550142");
    commit(*store, ana.begin(0));
    commit(*store, ana.text(1, "Hello"));
    store->start_sends(store->lease_sends(at(2), 1).due, at(2));
  });
  const auto store = open(folder);
  const auto contact = store->find_contact("+15125550142");
  REQUIRE(contact);
  CHECK(store->transcript({contact->key, 1}).size() == 3);
  CHECK(store->recover_sends().size() == 1);
  CHECK(store->check().empty());
}

TEST_CASE("a call that was under way at kill -9 is due again, with the same id") {
  const TemporaryFolder folder;
  killed_after([&] {
    auto store = open(folder).release();
    Person ana(*store, "+15125550142");
    commit(*store, ana.begin(0));
    commit(*store, turn_with_call(ana));
    store->lease_calls(at(2), 1, 1);
  });
  const auto store = open(folder);
  const auto leased = store->lease_calls(at(3), 1, 1);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].attempt == 1);
  CHECK_THAT(webhooks::to_string(webhooks::key_of(leased.due[0].request)), EndsWith("_1-t2"));
  CHECK(store->check().empty());
}

TEST_CASE("a second process is refused while the first one lives") {
  const TemporaryFolder folder;
  const auto store = open(folder);
  CHECK_THAT(why_not_opened(folder), Contains("another process uses the data folder"));
}

TEST_CASE("a store from a newer version is refused, naming both versions") {
  const TemporaryFolder folder;
  open(folder).reset();
  tamper(folder, "PRAGMA user_version = 99");
  const auto why = why_not_opened(folder);
  CHECK_THAT(why, Contains("version 99"));
  CHECK_THAT(why, Contains("up to version " + std::to_string(newest_version())));
}

TEST_CASE("another program's database is refused") {
  const TemporaryFolder folder;
  tamper(folder, "CREATE TABLE notes(text)");
  CHECK_THAT(why_not_opened(folder), Contains("another program"));
}

TEST_CASE("a file that is no database is refused") {
  const TemporaryFolder folder;
  std::ofstream(file_of(folder)) << std::string(8192, 'x');
  CHECK_THAT(why_not_opened(folder), Contains("not a database"));
}

TEST_CASE("a store of every past version is brought up to date") {
  for (std::int64_t version = 0; version <= newest_version(); ++version) {
    const TemporaryFolder folder;
    for (std::int64_t step = 0; step < version; ++step) tamper(folder, migrations()[static_cast<std::size_t>(step)]);
    if (version > 0) tamper(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = " + std::to_string(version));
    const auto store = open(folder);
    Person ana(*store, "+15125550142");
    commit(*store, ana.begin(0));
    commit(*store, turn_with_call(ana));
    CHECK(store->lease_calls(at(2), 1, 1).due.size() == 1);
    CHECK(store->check().empty());
  }
}

TEST_CASE("who had opted out before version 4 stays so, with the instant of it, so that a START from before does not count") {
  const TemporaryFolder folder;
  for (std::size_t step = 0; step < 3; ++step) tamper(folder, migrations()[step]);
  tamper(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = 3");
  tamper(folder, "INSERT INTO contacts VALUES (1, 15125550142, 3, 0, 1, 0, 2, 0, 0, 0, NULL), (2, 15125550143, 2, 0, 1, 0, 1, 0, 0, 0, NULL)");
  tamper(folder, "INSERT INTO ledger VALUES (1, 1, 1000, 2, 0, 'ROOF', '', '', NULL, NULL, 'all', ''), (2, 1, 5000, 3, 0, 'stop', '', '', NULL, NULL, 'all', '')");
  const auto store = open(folder);
  const auto opted_out = store->find_contact("+15125550142");
  REQUIRE(opted_out);
  CHECK(opted_out->consent == engine::Consent::opted_out);
  CHECK(opted_out->consent_at == Instant(std::chrono::milliseconds(5000)));
  CHECK(opted_out->yes_until == Instant{});
  CHECK(store->find_contact("+15125550143")->consent_at == Instant{});
}

TEST_CASE("lists by type and by outcome find what a store of version 5 had, and a pace that it kept counts on") {
  const TemporaryFolder folder;
  for (std::size_t step = 0; step < 5; ++step) tamper(folder, migrations()[step]);
  tamper(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = 5");
  tamper(folder, "INSERT INTO contacts(key, phone, consent, created_at, sequence, conversations, loose_messages, active, active_row, last_message, pace_answered) "
                 "VALUES (1, 15125550142, 2, 0, 1, 2, 0, 2, 2, 0, 7)");
  const std::string state = "x'" + webhooks::to_hex(encode_state({})) + "'";
  tamper(folder, "INSERT INTO conversations(contact, number, flow, revision, life, reason, turn, started_at, ended_at, last_message, state) "
                 "VALUES (1, 1, 'roof', 1, 4, 'person', 1, 0, 0, 0, " + state + "), (1, 2, 'roof', 1, 2, '', 1, 0, 0, 0, " + state + ")");
  tamper(folder, "INSERT INTO events(contact, sequence, id, type, at, body) VALUES (1, 1, NULL, 'conversation.bailed', 0, '{\"data\":{\"conversation\":{\"id\":\"cnv_1_1\"}}}')");
  const auto store = open(folder);
  CHECK(store->list_conversations({{}, "", engine::Outcome::bailed, {}}, {}).items.size() == 1);
  CHECK(store->list_conversations({true, "", {}, {}}, {}).items.size() == 1);
  CHECK(store->list_events("conversation.bailed", {}).items.size() == 1);
  const Address address = engine::ContactKey{1};
  CHECK(store->load(std::span(&address, 1)).front()->contact.pace.answered == 7);
  CHECK(store->check().empty());
}

TEST_CASE("the replaced secret of an endpoint in a store of version 4 signs until its grace is over") {
  const TemporaryFolder folder;
  for (std::size_t step = 0; step < 4; ++step) tamper(folder, migrations()[step]);
  tamper(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = 4");
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const auto bytes = encode_texts({secret, secret});
  tamper(folder, "INSERT INTO endpoints(url, events, description, headers, filter, secrets, old_secret_until, health, failures, paused_until, "
                 "health_reason, ramp, disabled_count, created_at) VALUES ('https://crm.example.com/', x'" + webhooks::to_hex(encode_texts({"*"})) +
                 "', '', x'" + webhooks::to_hex(encode_pairs({})) + "', '', x'" + webhooks::to_hex(bytes) + "', 5000, 0, 0, 0, '', 0, 0, 0)");
  const auto store = open(folder);
  const auto endpoint = store->endpoints().at(0);
  CHECK(webhooks::signing_secrets(endpoint, Instant(std::chrono::milliseconds(4999))).size() == 2);
  CHECK(webhooks::signing_secrets(endpoint, Instant(std::chrono::milliseconds(5000))).size() == 1);
}

TEST_CASE("a text that waits in a store of version 4 waits still, for the slots of its sender") {
  const TemporaryFolder folder;
  for (std::size_t step = 0; step < 4; ++step) tamper(folder, migrations()[step]);
  tamper(folder, "PRAGMA application_id = 1634628450; PRAGMA user_version = 4");
  tamper(folder, "INSERT INTO contacts(key, phone, consent, created_at, sequence, conversations, loose_messages, active, active_row, last_message) "
                 "VALUES (1, 15125550142, 2, 0, 0, 0, 1, 0, 0, 1)");
  tamper(folder, "INSERT INTO messages(row, previous, contact, conversation, number, direction, status, at, sender, recipient, text, carrier, error, exempt) "
                 "VALUES (1, 0, 1, 0, 1, 1, 1, 0, '+15125550100', '+15125550142', 'Hello', 'http', '', 0)");
  tamper(folder, "INSERT INTO sends(message, contact, state, due_at, attempts) VALUES (1, 1, 1, 0, 0)");
  const auto store = open(folder);
  webhooks::SendQuota quota(webhooks::SendLimits{4, 4, 1});
  quota.take({"http", "+15125550100"});
  CHECK(store->lease_sends(at(1), quota).due.empty());
  quota.give_back({"http", "+15125550100"});
  CHECK(store->lease_sends(at(1), quota).due.at(0).message.text == "Hello");
  CHECK(store->check().empty());
}

TEST_CASE("a read-only store reads, refuses to write, and is not made when missing") {
  const TemporaryFolder folder;
  const SqliteOptions options{folder.path(), 1u << 20, true};
  CHECK_THROWS_AS(open_sqlite_store(options), StoreError);
  open(folder).reset();
  const auto store = open_sqlite_store(options);
  CHECK(store->check().empty());
  CHECK_THROWS_AS(store->publish_flow("roof", "{}", at(0)), StoreError);
  CHECK_FALSE(store->writable());
}

TEST_CASE("a read-only store looks on beside the process that writes, and sees what was committed") {
  const TemporaryFolder folder;
  const auto server = open(folder);
  const auto onlooker = open_sqlite_store({folder.path(), 1u << 20, true});
  Person ana(*server, "+15125550142");
  commit(*server, ana.begin(0));
  CHECK(onlooker->find_conversation(ana.conversation()) == ana.active);
  commit(*server, ana.turn(1, "its leaking"));
  CHECK(onlooker->transcript(ana.conversation()).size() == server->transcript(ana.conversation()).size());
  CHECK_THROWS_AS(commit(*onlooker, ana.turn(2, "12")), StoreError);
}

TEST_CASE("folder and file are for their owner only") {
  const TemporaryFolder parent;
  const auto folder = parent.path() + "/data";
  const auto store = open_sqlite_store({folder, 1u << 20, false});
  CHECK((fs::status(folder).permissions() & fs::perms::all) == fs::perms::owner_all);
  const auto file = fs::status(folder + "/answerback.db").permissions() & fs::perms::all;
  CHECK(file == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("of a conversation with a damaged state is loaded what its columns say, so that it can be ended; check finds it, and others are whole") {
  const TemporaryFolder folder;
  auto store = open(folder);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, ana.begin(0));
  commit(*store, bob.begin(0));
  store.reset();
  tamper(folder, "UPDATE conversations SET state = substr(state, 1, 9) WHERE contact = " + std::to_string(ana.key().value));
  store = open(folder);
  const Address damaged = ana.key();
  const Address sound = bob.key();
  const auto left = store->load(std::span(&damaged, 1)).front()->active;
  REQUIRE(left);
  CHECK(left->id == ana.active->id);
  CHECK(left->life == ana.active->life);
  CHECK(left->step.empty());
  CHECK_FALSE(left->open);
  CHECK(store->load(std::span(&sound, 1)).front()->active == bob.active);
  const auto found = store->check();
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Contains("damaged"));
}

TEST_CASE("what time it was when something waited for its time is known to the next run") {
  const TemporaryFolder folder;
  {
    const auto store = open(folder);
    Person ana(*store, "+15125550142");
    commit(*store, ana.text(1'000, "Hello"));
    CHECK_FALSE(store->remember_clock(at(900)));  // the text is due at 1,000 s only
    CHECK(store->remember_clock(at(950)) == at(900));
  }
  const auto store = open(folder);
  CHECK(store->remember_clock(at(2'000)) == at(950));
  CHECK(store->remember_clock(at(2'001)) == at(950));  // nothing waits any more
  CHECK(store->remember_clock(at(10)) == at(950));
  CHECK(store->remember_clock(at(20)) == at(10));  // a step is told once
}

TEST_CASE("what was erased is neither in the file nor in the WAL") {
  const TemporaryFolder folder;
  auto store = open(folder);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, turn_with_call(ana));
  commit(*store, ana.end(2, engine::Life::completed, "done"));
  store->erase_contact(ana.key(), "hash", at(3), {});
  store->tend();
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    INFO(entry.path());
    const auto bytes = bytes_of(entry.path());
    CHECK(bytes.find("Wilhelmina") == std::string::npos);
    CHECK(bytes.find("15125550142") == std::string::npos);
  }
}
