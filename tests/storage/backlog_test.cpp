// What is written while an endpoint is down costs the same whether ten deliveries wait for it or ten thousand: counted in SQLite's own steps.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr webhooks::EndpointKey down{1};
constexpr std::int64_t short_backlog = 50, long_backlog = 2'000;

int count_step(void* count) {
  ++*static_cast<std::int64_t*>(count);
  return 0;
}

// A store's file with so many contacts of whom one event each waits for the endpoint.
class Backlog {
 public:
  explicit Backlog(std::int64_t size) : size_(size) {
    SqliteStore(SqliteOptions{folder_.path(), 1u << 20, false}).add_endpoint(an_endpoint("https://crm.example/hook"));
    db_.emplace(folder_.path() + "/answerback.db", Connection::Role::writer, 1u << 20);
    Transaction filling(*db_, Transaction::Kind::write);
    for (std::int64_t contact = 1; contact <= size; ++contact) insert(contact);
    filling.commit();
  }

  std::int64_t steps_of_one_more() { return steps_of([this] { insert(size_ + 1); }); }
  std::int64_t steps_of_a_second() { return steps_of([this] { insert(1); }); }
  std::int64_t steps_of_letting_go() { return steps_of([this] { release_delivery(*db_, down, {1}); }); }

 private:
  void insert(std::int64_t contact) { insert_delivery(*db_, {down, contact, {contact}}, at(0)); }
  template <class Work>
  std::int64_t steps_of(Work work) {
    std::int64_t steps = 0;
    auto* handle = db_->raw().getHandle();
    sqlite3_progress_handler(handle, 1, count_step, &steps);
    work();
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    return steps;
  }

  TemporaryFolder folder_;
  std::int64_t size_;
  std::optional<Connection> db_;
};

}  // namespace

TEST_CASE("a delivery is stored and let go in as many steps behind a long backlog as behind a short one") {
  Backlog small(short_backlog), large(long_backlog);
  const auto one_more = small.steps_of_one_more();
  REQUIRE(one_more > 10);
  CHECK(large.steps_of_one_more() < 2 * one_more);
  CHECK(large.steps_of_a_second() < 2 * small.steps_of_a_second());
  CHECK(large.steps_of_letting_go() < 2 * small.steps_of_letting_go());
}

TEST_CASE("what a removal cut short has left of an endpoint's deliveries is gone once the store is opened again") {
  const TemporaryFolder folder;
  const auto opened = [&] { return std::make_unique<SqliteStore>(SqliteOptions{folder.path(), 1u << 20, false}); };
  auto store = opened();
  const auto goes = store->add_endpoint(an_endpoint("https://old.example/hook"));
  const auto stays = store->add_endpoint(an_endpoint("https://new.example/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), stays));
  const auto others = store->gauges().unfinished_deliveries;
  webhooks::RenderedEvent event;
  event.type = "endpoint.test";
  event.body = "{}";
  event.at = at(1);
  for (std::size_t i = 0; i < 2 * Store::deliveries_removed_at_once; ++i) {
    event.id = fmt::format("evt_test_{}", i);
    store->add_event({event, {goes}}, at(1));
  }
  REQUIRE(store->remove_endpoint(goes));
  REQUIRE(store->gauges().unfinished_deliveries > others);
  store.reset();
  store = opened();
  CHECK(store->gauges().unfinished_deliveries == others);
  CHECK_FALSE(store->remove_endpoint(goes));
  CHECK(store->check().empty());
}
