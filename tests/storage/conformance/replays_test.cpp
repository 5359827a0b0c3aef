// An endpoint gets the events of a time that it has not had.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

// A conversation of somebody new that has ended, with both events for the endpoint.
std::vector<Commit> told_story(Person& person, webhooks::EndpointKey endpoint, std::int64_t seconds) {
  return {with_deliveries(person.begin(seconds), endpoint),
          with_deliveries(person.end(seconds + 1, engine::Life::completed, "estimate_requested"), endpoint)};
}

}  // namespace

TEST_CASE("replay brings the events of a time that the endpoint has not had, once") {
  const Opened store(EVERY_STORE);
  const auto old = store->add_endpoint(an_endpoint("https://old.example.com"));
  const auto late = store->add_endpoint(an_endpoint("https://late.example.com"));
  Person ana(*store, "+15125550142");
  store->commit(told_story(ana, old, 100));
  commit(*store, ana.begin(200));
  const auto all = [](const StoredEvent&) { return true; };
  const auto ends = [](const StoredEvent& event) { return event.type == "conversation.completed"; };
  const auto replay = [&](webhooks::EndpointKey endpoint, Instant since, const auto& wanted, std::size_t limit) {
    Store::ReplayPlace place{since};
    return store->replay(endpoint, place, wanted, {limit, 100}, at(300));
  };
  CHECK(replay(late, at(201), all, 10) == 0);
  CHECK(replay(late, at(100), ends, 10) == 1);
  CHECK(replay(late, at(100), all, 1) == 1);
  CHECK(replay(late, at(100), all, 10) == 1);
  CHECK(replay(late, at(100), all, 10) == 0);
  CHECK(replay(old, at(150), all, 10) == 1);
  CHECK(store->list_deliveries({late, "", {}}, {}).items.size() == 3);
  const webhooks::Want want{late, 10};
  CHECK(store->lease_deliveries(at(300), std::span(&want, 1)).due.size() == 1);  // one contact: one after the other
}

TEST_CASE("a replay in small steps brings what one in a single step brings, also among events of one instant") {
  const Opened store(EVERY_STORE);
  const auto old = store->add_endpoint(an_endpoint("https://old.example.com"));
  const auto late = store->add_endpoint(an_endpoint("https://late.example.com"));
  Person ana(*store, "+15125550142");
  Person ben(*store, "+15125550143");
  store->commit(told_story(ana, old, 100));
  store->commit(told_story(ben, old, 100));
  const auto events = store->list_events("", {}).items.size();
  Store::ReplayPlace place{at(100)};
  std::size_t made = 0, steps = 0;
  for (; !place.is_finished && steps < 50; ++steps) made += store->replay(late, place, [](const StoredEvent&) { return true; }, {10, 1}, at(300));
  CHECK(made == events);
  CHECK(steps == events + 1);
  Store::ReplayPlace again{at(100)};
  CHECK(store->replay(late, again, [](const StoredEvent&) { return true; }, {10, 100}, at(300)) == 0);
  CHECK(again.is_finished);
}


TEST_CASE("the newest event is the place behind which nothing is yet, 0 while there is none") {
  const Opened store(EVERY_STORE);
  CHECK(store->newest_event() == 0);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto place = store->newest_event();
  CHECK(store->list_events("", {10, place}).items.empty());
  commit(*store, ana.end(5, engine::Life::completed, "estimate_requested"));
  CHECK(store->list_events("", {10, place}).items.size() == 1);
}
