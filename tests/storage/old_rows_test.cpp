// Lists find old rows below very many newer ones, by an index and at once.
#include <chrono>

#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

// More than any list looks through for one page.
constexpr const char* sixty_thousand = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) ";

void add_rows(const TemporaryFolder& folder) {
  SQLite::Database db(file_of(folder), SQLite::OPEN_READWRITE);
  const auto run = [&](const std::string& sql) { db.exec(sql); };
  run(std::string(sixty_thousand) + "INSERT INTO events(contact, sequence, id, type, at, body) SELECT 0, 0, 'evt_x_' || i, 'message.sent', 0, '{}' FROM n");
  run(std::string(sixty_thousand) + "INSERT INTO deliveries(endpoint, event, contact, state, class, attempts, failures, due_at, created_at, last_status, last_error) "
                          "SELECT 2, (SELECT max(cursor) FROM events), 0, 3, 1, 1, 0, 0, 0, 200, '' FROM n");
  run(std::string(sixty_thousand) + "INSERT INTO conversations(contact, number, flow, revision, life, reason, turn, started_at, ended_at, last_message, state) "
                          "SELECT 1, 100 + i, 'newer', 1, 3, 'done', 1, 0, 0, 0, (SELECT state FROM conversations WHERE row = 1) FROM n");
  run(std::string(sixty_thousand) + "INSERT INTO messages(previous, contact, conversation, number, direction, status, at, sender, recipient, text, carrier, error, exempt) "
                          "SELECT 0, 1, 0, 100 + i, 1, 3, 0, '', '', 'x', '', '', 0 FROM n");
  run(fill_row_blocks);
}

}  // namespace

TEST_CASE("a list by a filter finds rows that lie below 60,000 newer ones") {
  const TemporaryFolder folder;
  {
    const auto store = open_sqlite_store({folder.path()});
    Person ana(*store, "+15125550142"), ben(*store, "+15125550143");
    const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
    store->add_endpoint(an_endpoint("https://other.example.com/hook"));
    commit(*store, with_deliveries(ana.begin(0), endpoint));
    commit(*store, with_deliveries(ana.end(1, engine::Life::bailed, "not_understood"), endpoint));
    commit(*store, ben.begin(2));
    auto failed = ben.text(3, "Hello");
    failed.decision.messages.back().status = engine::MessageStatus::failed;
    failed.outgoing.clear();
    commit(*store, failed);
    commit(*store, ben.text(4, "Bye"));
    REQUIRE(store->skip(store->list_deliveries({}, {}).items.back().key, at(5)));
  }
  add_rows(folder);
  const auto store = open_sqlite_store({folder.path()});
  const auto one = store->endpoints().at(0).key;
  using webhooks::DeliveryState;
  const auto began = std::chrono::steady_clock::now();
  CHECK(store->list_deliveries({{}, "", DeliveryState::dead}, {}).items.size() == 1);
  CHECK(store->list_deliveries({one, "", DeliveryState::dead}, {}).items.size() == 1);
  CHECK(store->list_deliveries({{}, "", DeliveryState::pending}, {}).items.size() == 1);
  CHECK(store->list_deliveries({one, "", {}}, {}).items.size() == 2);
  CHECK(store->list_deliveries({one, "", DeliveryState::delivered}, {}).items.empty());
  CHECK(store->list_events("conversation.*", {}).items.size() == 3);
  CHECK(store->list_events("conversation.bailed", {}).items.size() == 1);
  CHECK(store->list_conversations({true, "", {}, {}}, {}).items.size() == 1);
  CHECK(store->list_conversations({{}, "roof-estimate", {}, {}}, {}).items.size() == 2);
  CHECK(store->list_conversations({{}, "", engine::Outcome::bailed, {}}, {}).items.size() == 1);
  CHECK(store->list_messages({{}, {}, engine::MessageStatus::failed}, {}).items.size() == 1);
  CHECK(store->list_messages({{}, {}, engine::MessageStatus::queued}, {}).items.size() == 1);
  CHECK(store->list_messages({{}, engine::Direction::in, engine::MessageStatus::failed}, {}).items.empty());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
}

TEST_CASE("the pages of a list by a filter are the whole list, newest first, on every store") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142"), ben(*store, "+15125550143");
  for (int i = 0; i < 5; ++i) {
    for (auto* each : {&ana, &ben}) {
      commit(*store, each->begin(10 * i));
      commit(*store, each->end(10 * i + 5, i % 2 == 0 ? engine::Life::completed : engine::Life::bailed, "done"));
    }
  }
  commit(*store, ana.begin(100));
  const auto pages = [&](const ConversationFilter& filter) {
    std::vector<engine::ConversationId> ids;
    for (PageRequest page{2, 0};;) {
      const auto found = store->list_conversations(filter, page);
      for (const auto& each : found.items) ids.push_back(each.id);
      if (found.next == 0) return ids;
      page.after = found.next;
    }
  };
  CHECK(pages({{}, "", engine::Outcome::completed, {}}).size() == 6);
  CHECK(pages({false, "", {}, {}}).size() == 10);
  CHECK(pages({true, "", {}, {}}) == std::vector{ana.conversation()});
  CHECK(pages({true, "", engine::Outcome::completed, {}}).empty());
  const auto flow = store->list_conversations({}, {1, 0}).items.at(0).flow;
  const auto all = pages({{}, flow, {}, {}});
  CHECK(all.size() == 11);
  CHECK(all == pages({}));
}
