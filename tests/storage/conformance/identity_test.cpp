// Who a store is, in every store: what it gives carries its origin, and what it remembers of its key.
#include "storage/memory_store.hpp"
#include "storage/sqlite_store.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr engine::Origin ours = 0x12d687;

std::unique_ptr<Store> open_with_origin(StoreKind kind, const TemporaryFolder& folder) {
  if (kind == StoreKind::memory) return make_memory_store(ours);
  SqliteOptions options{folder.path(), 1u << 20, false};
  options.random = [] { return std::uint64_t{ours - 1}; };
  return open_sqlite_store(options);
}

engine::Origin origin_of_key(std::int64_t key) { return engine::origin_of(static_cast<std::uint64_t>(key)); }
std::uint32_t count_of_key(std::int64_t key) { return engine::count_of(static_cast<std::uint64_t>(key)); }

// A turn as `decide` makes it under an origin.
Commit begun(Person& person) {
  auto commit = person.begin(0);
  auto& conversation = commit.decision.conversations[0];
  conversation.id.number = engine::number_of(ours, 1);
  for (std::size_t i = 0; i < commit.decision.messages.size(); ++i)
    commit.decision.messages[i].id = {person.key(), conversation.id.number, engine::number_of(ours, static_cast<std::uint32_t>(i + 1))};
  commit.decision.contact.active = conversation.id.number;
  commit.events[0].id = engine::to_string(engine::EventId{person.key(), 1, ours});
  commit.events[0].body = R"({"data":{"conversation":{"id":")" + engine::to_string(conversation.id) + R"("}}})";
  return commit;
}

}  // namespace

TEST_CASE("every key that a store gives holds its origin, and counts from one") {
  const TemporaryFolder folder;
  const auto store = open_with_origin(EVERY_STORE, folder);
  CHECK(store->identity().origin == ours);
  CHECK_FALSE(store->identity().plain_cursors);
  const auto first = store->add_endpoint(an_endpoint("https://a.example"));
  const auto second = store->add_endpoint(an_endpoint("https://b.example"));
  const auto campaign = store->add_campaign({{}, "spring", "roof", ""}, at(0));
  Person ana(*store, "+15125550142");
  Person ben(*store, "+15125550143");
  commit(*store, with_deliveries(begun(ana), first));
  const auto delivery = store->list_deliveries({}, {}).items.at(0).key;
  for (const auto key : {first.value, campaign.value, ana.key().value, delivery.value}) {
    CHECK(origin_of_key(key) == ours);
    CHECK(count_of_key(key) == 1);
  }
  CHECK(count_of_key(second.value) == 2);
  CHECK(count_of_key(ben.key().value) == 2);
  CHECK(webhooks::to_string(delivery) == "dlv_1s00qglj");
}

TEST_CASE("what was given under an origin is found again by its id") {
  const TemporaryFolder folder;
  const auto store = open_with_origin(EVERY_STORE, folder);
  const auto endpoint = store->add_endpoint(an_endpoint("https://a.example"));
  Person ana(*store, "+15125550142");
  const auto turn = with_deliveries(begun(ana), endpoint);
  commit(*store, turn);
  const auto& conversation = turn.decision.conversations[0];
  CHECK(store->find_conversation(conversation.id) == conversation);
  CHECK(store->transcript(conversation.id).size() == 2);
  CHECK(store->message(turn.decision.messages[1].id) == turn.decision.messages[1]);
  CHECK(store->find_contact(ana.key())->active == conversation.id.number);
  CHECK(store->due_timers(at(9'999), 9).at(0).conversation == conversation.id);
  const auto event = store->find_event("evt_1s00qglj_1");
  REQUIRE(event);
  CHECK(event->id == "evt_1s00qglj_1");
  CHECK_FALSE(store->find_event("evt_1s00qglj_1s000001"));
  CHECK_FALSE(store->find_event("evt_1_1"));
  DeliveryFilter of_event;
  of_event.event_id = event->id;
  CHECK(store->list_deliveries(of_event, {}).items.at(0).event_id == event->id);
  const webhooks::Want want{endpoint, 1};
  CHECK(store->lease_deliveries(at(1), std::span(&want, 1)).due.at(0).event_id == event->id);
  CHECK(store->check().empty());
}

TEST_CASE("a store remembers the fingerprint of its key, and how many only the key knows") {
  const Opened store(EVERY_STORE);
  CHECK_FALSE(store->key_trace().fingerprint);
  CHECK_FALSE(store->key_trace().adopts);
  store->remember_key(7);
  store->remember_key(INT64_MAX);
  CHECK(store->key_trace().fingerprint == INT64_MAX);
  CHECK(store->key_trace().suppressed == 0);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, ana.opt_out(1));
  store->erase_contact(ana.key(), "hash", at(2), {});
  CHECK(store->key_trace().suppressed == 1);
}

TEST_CASE("a store that nobody gave an origin counts plainly") {
  const Opened store(EVERY_STORE);
  CHECK(store->identity().origin == engine::no_origin);
  CHECK(store->identity().plain_cursors);
  CHECK(store->misplaced().empty());
}

TEST_CASE("of a store whose rows are whole none is read in doubt") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, ana.opt_out(1));
  CHECK(store->find_contact("+15125550142"));
  CHECK(store->list_conversations({}, {}).items.size() == 1);
  CHECK(store->ledger(ana.key()).size() == 1);
  CHECK(store->damaged_rows_read() == 0);
  CHECK(store->gauges().damaged_rows_read == 0);
}
