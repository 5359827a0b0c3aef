// Numbers in the file that no version of the program writes: nobody else is held up, check names the row, and mend makes the store sound.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

std::unique_ptr<SqliteStore> opened(const TemporaryFolder& folder) {
  return std::make_unique<SqliteStore>(SqliteOptions{folder.path(), 1u << 20, false});
}

// Ana and Ben in the middle of a conversation each, a text of hers in the queue, an endpoint with deliveries, a campaign.
struct Town {
  TemporaryFolder folder;
  std::int64_t ana = 0;

  Town() {
    const auto store = opened(folder);
    const auto crm = store->add_endpoint(an_endpoint("https://crm.example/hook"));
    Person first(*store, "+15125550142");
    commit(*store, with_deliveries(first.begin(0), crm));
    commit(*store, first.text(1, "Hello"));
    auto again = first.turn(2, "yes");
    engine::LedgerRow row;
    row.contact = first.key();
    row.at = at(2);
    row.status = engine::Consent::opted_in;
    again.decision.ledger = {row};
    commit(*store, again);
    commit(*store, first.end(2, engine::Life::completed, "done"));
    commit(*store, with_deliveries(first.begin(3), crm));
    Person second(*store, "+15125550143");
    commit(*store, second.begin(0));
    const auto campaign = store->add_campaign({{}, "spring", "roof-estimate", ""}, at(4));
    const std::vector<engine::ContactKey> both{first.key(), second.key()};
    store->add_campaign_entries(campaign, both);
    ana = first.key().value;
    REQUIRE(store->check().empty());
  }

  bool tamper(const std::string& table, const std::string& column, const std::string& value) {
    SQLite::Database db(folder.path() + "/answerback.db", SQLite::OPEN_READWRITE);
    const auto whose = table == "contacts" ? "key = " + std::to_string(ana) : table == "sends" || table == "deliveries" || table == "campaign_entries" || table == "ledger" || table == "messages" || table == "conversations" ? "contact = " + std::to_string(ana) : std::string("1");
    return db.exec("UPDATE " + table + " SET " + column + " = " + value + " WHERE " + whose) > 0;
  }
};

std::vector<std::optional<ContactState>> load_both(Store& store) {
  const std::vector<Address> addresses{ByPhone{"+15125550142"}, ByPhone{"+15125550143"}};
  return store.load(addresses);
}

void use_as_the_server_does(Store& store) {
  load_both(store);
  store.due_timers(at(1'000'000), 100);
  store.lease_sends(at(1'000'000), 10);
  for (const auto& endpoint : store.endpoints()) {
    const webhooks::Want want{endpoint.key, 10, 0};
    store.lease_deliveries(at(1'000'000), std::span(&want, 1));
  }
  store.list_contacts({}, {});
  store.list_conversations({}, {});
  store.list_messages({}, {});
  store.list_deliveries({}, {});
  store.campaigns();
}

const nlohmann::json& columns() {
  static const auto read = nlohmann::json::parse(std::ifstream(TESTS_DIR "/storage/data/damage.json"));
  return read;
}

}  // namespace

TEST_CASE("whatever number stands in a row, the server's calls go on, check names the row and mend makes the store sound") {
  for (const auto& [table, of_table] : columns().items()) {
    for (const auto& column : of_table) {
      for (const std::string value : {"-1", "99", "4294967296", "9223372036854775807", "-9223372036854775807"}) {
        const auto name = column.get<std::string>();
        CAPTURE(table, name, value);
        Town town;
        if (!town.tamper(table, name, value)) FAIL("no such row");
        auto store = opened(town.folder);
        CHECK_NOTHROW(use_as_the_server_does(*store));
        store.reset();
        store = opened(town.folder);
        const auto found = store->check();
        const auto told = store->mend(at(5), false);
        CHECK(store->check() == found);  // what was only told was not done
        if (found.empty()) continue;     // a number that it may well be
        CHECK_FALSE(told.empty());
        CHECK(store->mend(at(5), true) == told);
        CHECK(store->check() == std::vector<std::string>{});
        CHECK(store->mend(at(5), true).empty());
      }
    }
  }
}

TEST_CASE("a pace that can't be read is counted on from the contact's") {
  Town town;
  REQUIRE(town.tamper("conversations", "pace", "x'02ff'"));
  auto store = opened(town.folder);
  REQUIRE(load_both(*store).front());
  CHECK(load_both(*store).front()->contact.pace == engine::Pace{});
  const auto found = store->check();
  REQUIRE_FALSE(found.empty());
  CHECK_THAT(found.front(), Catch::Contains("damaged pace"));
  CHECK(store->mend(at(5), true).size() == found.size());
  CHECK(store->check().empty());
}

TEST_CASE("rows that lists would pass over are named and found again") {
  Town town;
  SQLite::Database(town.folder.path() + "/answerback.db", SQLite::OPEN_READWRITE).exec("DELETE FROM event_blocks; DELETE FROM conversation_blocks");
  auto store = opened(town.folder);
  CHECK(store->list_events("conversation.*", {}).items.empty());
  CHECK_FALSE(store->check().empty());
  CHECK(store->mend(at(5), true).size() == 1);
  CHECK(store->check().empty());
  CHECK_FALSE(store->list_events("conversation.*", {}).items.empty());
}

TEST_CASE("each store counts what it read in doubt itself, whoever asked") {
  const Town sound;
  Town town;
  town.tamper("contacts", "consent", "99");
  const auto store = opened(town.folder);
  const auto other = opened(sound.folder);
  CHECK(store->damaged_rows_read() == 0);
  load_both(*store);
  CHECK(store->damaged_rows_read() == 1);
  store->find_contact("+15125550142");
  store->find_contact("+15125550143");
  CHECK(store->damaged_rows_read() == 2);
  CHECK(store->gauges().damaged_rows_read == 2);
  load_both(*other);
  CHECK(other->damaged_rows_read() == 0);
}

TEST_CASE("a consent that is none counts as opted out, and once mended the ledger says so") {
  Town town;
  town.tamper("contacts", "consent", "99");
  auto store = opened(town.folder);
  const auto states = load_both(*store);
  REQUIRE((states[0] && states[1]));
  CHECK(states[0]->contact.consent == engine::Consent::opted_out);
  CHECK(states[1]->contact.consent != engine::Consent::opted_out);
  CHECK(store->lease_sends(at(6), 10).due.empty());
  store->mend(at(7), true);
  CHECK(store->find_contact("+15125550142")->consent == engine::Consent::opted_out);
  CHECK(store->find_contact("+15125550142")->consent_at == at(7));
  const auto ledger = store->ledger({town.ana});
  REQUIRE_FALSE(ledger.empty());
  CHECK(ledger.back().actor == "db mend");
  CHECK(ledger.back().evidence == "the consent was damaged: 99");
}

TEST_CASE("of a conversation whose life is none the outcome that was told counts, and one without an outcome waits") {
  Town town;
  const auto before = [&] { return opened(town.folder)->list_conversations({}, {}).items; }();
  town.tamper("conversations", "life", "77");
  auto store = opened(town.folder);
  CHECK(store->check().size() >= 2);
  store->mend(at(5), true);
  const auto after = store->list_conversations({}, {}).items;
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i].life == before[i].life);
}
