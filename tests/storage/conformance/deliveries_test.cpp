// Webhooks: lease, settle, order.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using webhooks::DeliveryState;
using webhooks::Verdict;

namespace {

webhooks::LeasedDeliveries lease(Store& store, std::int64_t seconds, webhooks::EndpointKey endpoint, std::uint32_t slots = 10) {
  const webhooks::Want want{endpoint, slots};
  return store.lease_deliveries(at(seconds), std::span(&want, 1));
}

webhooks::DeliverySettlement settlement(const webhooks::DueDelivery& delivery, Verdict verdict, std::int64_t seconds = 0) {
  webhooks::DeliverySettlement settled;
  settled.delivery = delivery;
  settled.started_at = at(seconds);
  settled.took = std::chrono::milliseconds(42);
  settled.status = verdict == Verdict::delivered ? 204 : 500;
  settled.error = verdict == Verdict::delivered ? "" : "status";
  settled.response = "answer";
  settled.next = {verdict, at(seconds), delivery.failures + 1};
  return settled;
}

void settle(Store& store, const webhooks::DueDelivery& delivery, Verdict verdict, std::int64_t seconds = 0) {
  const auto settled = settlement(delivery, verdict, seconds);
  store.settle_deliveries(std::span(&settled, 1), {});
}

// A conversation of somebody new that has ended, with both events to be delivered.
std::vector<Commit> story(Person& person, webhooks::EndpointKey endpoint, std::int64_t seconds) {
  return {with_deliveries(person.begin(seconds), endpoint),
          with_deliveries(person.end(seconds + 1, engine::Life::completed, "estimate_requested"), endpoint)};
}

webhooks::RenderedEvent operational(const std::string& id, std::int64_t seconds) {
  webhooks::RenderedEvent event;
  event.id = id;
  event.type = "endpoint.test";
  event.at = at(seconds);
  event.body = "{}";
  return event;
}

}  // namespace

TEST_CASE("a delivery carries the event's exact bytes and is leased once") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  const auto begin = with_deliveries(ana.begin(0), endpoint);
  commit(*store, begin);
  const auto leased = lease(*store, 0, endpoint);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].body == begin.events[0].body);
  CHECK(leased.due[0].event_id == begin.events[0].id);
  CHECK(leased.due[0].event_type == "conversation.started");
  CHECK(leased.due[0].contact == ana.key());
  CHECK(leased.due[0].attempt == 1);
  CHECK(leased.due[0].failures == 0);
  CHECK(leased.next_due.empty());
  CHECK(lease(*store, 1, endpoint).due.empty());
}

TEST_CASE("a lease whose settlement never comes falls back") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), endpoint));
  REQUIRE(lease(*store, 0, endpoint).due.size() == 1);
  CHECK(lease(*store, 299, endpoint).due.empty());
  CHECK(lease(*store, 300, endpoint).due.size() == 1);
}

TEST_CASE("a later delivery of the contact is held until the earlier one has finished", "[order]") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  store->commit(story(ana, endpoint, 0));
  const auto first = lease(*store, 5, endpoint);
  REQUIRE(first.due.size() == 1);
  CHECK(first.due[0].event_type == "conversation.started");

  SECTION("delivered") {
    settle(*store, first.due[0], Verdict::delivered);
    CHECK(lease(*store, 5, endpoint).due.at(0).event_type == "conversation.completed");
  }
  SECTION("given up") {
    settle(*store, first.due[0], Verdict::give_up);
    CHECK(lease(*store, 5, endpoint).due.at(0).event_type == "conversation.completed");
  }
  SECTION("gone") {
    settle(*store, first.due[0], Verdict::gone);
    CHECK(lease(*store, 5, endpoint).due.at(0).event_type == "conversation.completed");
  }
  SECTION("to be tried again") {
    settle(*store, first.due[0], Verdict::retry, 60);
    const auto waiting = lease(*store, 59, endpoint);
    CHECK(waiting.due.empty());
    CHECK(waiting.next_due.at(0).second == at(60));
    const auto retried = lease(*store, 60, endpoint);
    REQUIRE(retried.due.size() == 1);
    CHECK(retried.due[0].attempt == 2);
    CHECK(retried.due[0].failures == 1);
  }
  CHECK(store->check().empty());
}

TEST_CASE("contacts and endpoints do not hold each other's deliveries up") {
  const Opened store(EVERY_STORE);
  const auto one = store->add_endpoint(an_endpoint("https://one.example.com"));
  const auto two = store->add_endpoint(an_endpoint("https://two.example.com"));
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  store->commit(story(ana, one, 0));
  store->commit(story(bob, one, 0));
  auto third = ana.begin(9);
  commit(*store, with_deliveries(third, two));
  CHECK(lease(*store, 10, one).due.size() == 2);
  CHECK(lease(*store, 10, two).due.size() == 1);
}

TEST_CASE("opt-outs go first, and neither fresh deliveries nor retries starve the other") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  std::vector<std::unique_ptr<Person>> people;
  for (int i = 0; i < 5; ++i) {
    people.push_back(std::make_unique<Person>(*store, "+1512555010" + std::to_string(i)));
    commit(*store, with_deliveries(people.back()->begin(i), endpoint));
  }
  for (const auto& due : lease(*store, 10, endpoint, 2).due) settle(*store, due, Verdict::retry, 20);
  Person eve(*store, "+15125550199");
  commit(*store, eve.text(0, "hello"));
  commit(*store, with_deliveries(eve.opt_out(30), endpoint));

  const auto mixed = lease(*store, 40, endpoint, 3);
  REQUIRE(mixed.due.size() == 3);
  CHECK(mixed.due[0].event_type == "contact.opted_out");
  CHECK(mixed.due[1].attempt == 2);
  CHECK(mixed.due[2].attempt == 1);
  // One place at a time goes to both in turns.
  settle(*store, mixed.due[1], Verdict::retry, 30);
  settle(*store, mixed.due[2], Verdict::delivered);
  settle(*store, mixed.due[0], Verdict::delivered);
  std::vector<std::uint32_t> attempts;
  for (int i = 0; i < 4; ++i) {
    const auto leased = lease(*store, 40, endpoint, 1);
    REQUIRE(leased.due.size() == 1);
    attempts.push_back(std::min(leased.due[0].attempt, 2U));
    settle(*store, leased.due[0], Verdict::delivered);
  }
  CHECK(attempts == std::vector<std::uint32_t>{2, 1, 2, 1});
}

TEST_CASE("attempts are kept with times, status and the beginning of the answer") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), endpoint));
  auto failed = settlement(lease(*store, 0, endpoint).due.at(0), Verdict::retry, 60);
  failed.response = std::string(5'000, 'x');
  store->settle_deliveries(std::span(&failed, 1), {});
  settle(*store, lease(*store, 60, endpoint).due.at(0), Verdict::delivered, 61);
  const auto delivery = store->find_delivery(failed.delivery.key);
  REQUIRE(delivery);
  CHECK(delivery->state == DeliveryState::delivered);
  CHECK(delivery->attempts == 2);
  CHECK(delivery->last_status == 204);
  CHECK_FALSE(delivery->due_at.has_value());
  REQUIRE(delivery->history.size() == 2);
  CHECK(delivery->history[0].number == 1);
  CHECK(delivery->history[0].status == 500);
  CHECK(delivery->history[0].error == "status");
  CHECK(delivery->history[0].response.size() == 1024);
  CHECK(delivery->history[1].took == std::chrono::milliseconds(42));
  CHECK(delivery->history[1].at == at(61));
}

TEST_CASE("what was lost on a kept connection is an attempt of its own before the one that is settled") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), endpoint));
  auto settled = settlement(lease(*store, 0, endpoint).due.at(0), Verdict::retry, 60);
  settled.lost = webhooks::LostAttempt{1, at(0), std::chrono::milliseconds(7)};
  settled.delivery.attempt = 2;
  store->settle_deliveries(std::span(&settled, 1), {});
  const auto delivery = store->find_delivery(settled.delivery.key);
  REQUIRE(delivery);
  CHECK(delivery->attempts == 2);
  REQUIRE(delivery->history.size() == 2);
  CHECK(delivery->history[0].number == 1);
  CHECK(delivery->history[0].error == "connection_closed");
  CHECK(delivery->history[0].status == 0);
  CHECK(delivery->history[0].took == std::chrono::milliseconds(7));
  CHECK(delivery->history[1].number == 2);
  CHECK(delivery->history[1].status == 500);
  CHECK(lease(*store, 60, endpoint).due.at(0).attempt == 3);
}

TEST_CASE("an endpoint's health is stored with the settlement, what people configured meanwhile stays") {
  const Opened store(EVERY_STORE);
  const auto key = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  auto stale = *store->find_endpoint(key);
  auto configured = stale;
  configured.url = "https://new.example.com/hook";
  REQUIRE(store->update_endpoint(configured));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), key));
  auto settled = settlement(lease(*store, 0, key).due.at(0), Verdict::give_up);
  stale.health.state = webhooks::HealthState::disabled;
  stale.health.reason = "gone";
  stale.health.failing_since = at(0);
  settled.endpoint = stale;
  settled.endpoint_changed = true;
  const auto other = store->add_endpoint(an_endpoint("https://ops.example.com"));
  const Store::OperationalEvent disabled{operational("evt_ep_1_1", 5), {other}};
  store->settle_deliveries(std::span(&settled, 1), std::span(&disabled, 1));
  const auto stored = store->find_endpoint(key);
  CHECK(stored->url == "https://new.example.com/hook");
  CHECK(stored->health == stale.health);
  CHECK(lease(*store, 9, other).due.at(0).event_id == "evt_ep_1_1");
}

TEST_CASE("a finished delivery can be asked for again, one that is under way can not") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  store->commit(story(ana, endpoint, 0));
  const auto first = lease(*store, 5, endpoint).due.at(0);
  CHECK(store->redeliver(first.key, at(6)) == Store::Redelivery::under_way);
  CHECK(store->redeliver({999}, at(6)) == Store::Redelivery::unknown);
  settle(*store, first, Verdict::give_up);
  REQUIRE(store->redeliver(first.key, at(6)) == Store::Redelivery::due);
  CHECK(store->find_delivery(first.key)->state == DeliveryState::held);  // the contact's next one is before it
  const auto second = lease(*store, 7, endpoint).due.at(0);
  CHECK(second.event_type == "conversation.completed");
  settle(*store, second, Verdict::delivered);
  const auto again = lease(*store, 7, endpoint).due.at(0);
  CHECK(again.key == first.key);
  CHECK(again.attempt == 2);
  CHECK(again.failures == 0);
  settle(*store, again, Verdict::delivered);
  CHECK(store->find_delivery(first.key)->history.size() == 2);
  CHECK(store->check().empty());
}

TEST_CASE("events outside any conversation are delivered side by side, and found by their id") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  const auto keys = store->add_event({operational("evt_test_ab12", 1), {endpoint}}, at(1));
  store->add_event({operational("evt_test_cd34", 2), {endpoint}}, at(2));
  REQUIRE(keys.size() == 1);
  CHECK(lease(*store, 3, endpoint).due.size() == 2);
  CHECK(store->find_event("evt_test_ab12")->type == "endpoint.test");
  CHECK(store->find_delivery(keys[0])->event_id == "evt_test_ab12");
  CHECK_FALSE(store->find_event("evt_test_zz99").has_value());
  CHECK_THROWS_AS(store->add_event({operational("evt_test_ab12", 9), {}}, at(9)), StoreError);
}

TEST_CASE("with an endpoint go its unfinished deliveries, and its key is not given again") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  store->commit(story(ana, endpoint, 0));
  const auto leased = lease(*store, 5, endpoint);
  CHECK(store->remove_endpoint(endpoint));
  CHECK_FALSE(store->remove_endpoint(endpoint));
  settle(*store, leased.due.at(0), Verdict::delivered);
  CHECK(store->list_deliveries({}, {}).items.empty());
  CHECK(store->add_endpoint(an_endpoint("https://crm.example.com/hook")) != endpoint);
}

TEST_CASE("a result counts only for the lease that it names: neither a late one nor one of another delivery settles anything", "[lease]") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), endpoint));
  const auto late = lease(*store, 0, endpoint).due.at(0);
  const auto again = lease(*store, 300, endpoint).due.at(0);  // the first lease is over
  CHECK(again.key == late.key);
  CHECK(again.lease != late.lease);
  settle(*store, late, Verdict::give_up);
  CHECK(store->find_delivery(late.key)->state == DeliveryState::pending);
  CHECK(store->find_delivery(late.key)->history.empty());
  settle(*store, again, Verdict::delivered);
  settle(*store, again, Verdict::give_up);  // a second answer
  CHECK(store->find_delivery(late.key)->state == DeliveryState::delivered);
  CHECK(store->find_delivery(late.key)->history.size() == 1);
}

TEST_CASE("a late answer for a deleted endpoint or an erased contact settles nobody else's delivery, and no key is given twice", "[lease]") {
  const Opened store(EVERY_STORE);
  const auto gone = store->add_endpoint(an_endpoint("https://old.example.com/hook"));
  const auto stays = store->add_endpoint(an_endpoint("https://new.example.com/hook"));
  Person ana(*store, "+15125550142"), ben(*store, "+15125550143");
  commit(*store, with_deliveries(ana.begin(0), gone));
  const auto hanging = lease(*store, 0, gone).due.at(0);
  store->remove_endpoint(gone);
  commit(*store, with_deliveries(ben.begin(1), stays));
  const auto other = lease(*store, 1, stays).due.at(0);
  CHECK(other.key > hanging.key);
  settle(*store, hanging, Verdict::delivered);
  CHECK(store->find_delivery(other.key)->state == DeliveryState::pending);

  store->erase_contact(ben.key(), "hash", at(2), {});
  commit(*store, with_deliveries(ana.turn(3, "hm"), stays));
  commit(*store, with_deliveries(ana.end(4, engine::Life::completed, "x"), stays));
  const auto next = lease(*store, 5, stays).due.at(0);
  CHECK(next.key > other.key);
  settle(*store, other, Verdict::give_up);
  CHECK(store->find_delivery(next.key)->state == DeliveryState::pending);
  settle(*store, next, Verdict::delivered);
  CHECK(store->find_delivery(next.key)->state == DeliveryState::delivered);
}

TEST_CASE("an opt-out goes before what fails for its contact, in order with other urgent ones, and what comes later waits for it", "[order]") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), endpoint));
  const auto failing = lease(*store, 0, endpoint).due.at(0);
  settle(*store, failing, Verdict::retry, 1'000);
  commit(*store, with_deliveries(ana.opt_out(1), endpoint));
  commit(*store, with_deliveries(ana.end(2, engine::Life::discarded, "opted_out"), endpoint));
  const auto leased = lease(*store, 3, endpoint).due;
  REQUIRE(leased.size() == 1);
  CHECK(leased[0].event_type == "contact.opted_out");
  settle(*store, leased[0], Verdict::delivered);
  CHECK(lease(*store, 4, endpoint).due.empty());  // the end waits for the failing one
  const auto retried = lease(*store, 1'001, endpoint).due.at(0);
  CHECK(retried.key == failing.key);
  settle(*store, retried, Verdict::delivered, 1'002);
  CHECK(lease(*store, 1'003, endpoint).due.at(0).event_type == "conversation.discarded");
}

TEST_CASE("an opt-out that failed once stays urgent") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142"), ben(*store, "+15125550143");
  commit(*store, ana.begin(0));
  commit(*store, with_deliveries(ana.opt_out(0), endpoint));
  settle(*store, lease(*store, 0, endpoint).due.at(0), Verdict::retry, 5);
  commit(*store, with_deliveries(ben.begin(1), endpoint));
  CHECK(lease(*store, 5, endpoint, 1).due.at(0).event_type == "contact.opted_out");
}

TEST_CASE("a delivery that waits for its next try goes now when asked for, and one that is skipped lets the next ones go", "[operator]") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  store->commit(story(ana, endpoint, 0));
  const auto first = lease(*store, 1, endpoint).due.at(0);
  settle(*store, first, Verdict::retry, 9'000);
  CHECK(lease(*store, 2, endpoint).due.empty());
  CHECK(store->redeliver(first.key, at(3)) == Store::Redelivery::due);
  const auto again = lease(*store, 3, endpoint).due.at(0);
  CHECK(again.key == first.key);
  settle(*store, again, Verdict::retry, 9'000);
  CHECK(store->skip(first.key, at(4)));
  CHECK(store->find_delivery(first.key)->state == DeliveryState::dead);
  CHECK(store->find_delivery(first.key)->last_error == "skipped");
  CHECK_FALSE(store->skip(first.key, at(4)));
  CHECK_FALSE(store->skip({999}, at(4)));
  const auto second = lease(*store, 4, endpoint).due.at(0);
  CHECK(second.event_type == "conversation.completed");
  CHECK(store->skip(second.key, at(5)));                 // while its request is under way
  settle(*store, second, Verdict::delivered);            // whose answer comes too late
  CHECK(store->find_delivery(second.key)->state == DeliveryState::dead);
}

TEST_CASE("retries that wait are pulled forward a few at a time, and those that fail again are not pulled for ever", "[recovery]") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  std::vector<Person> people;
  for (int i = 0; i < 5; ++i) people.emplace_back(*store, "+1512555014" + std::to_string(i));
  for (auto& person : people) commit(*store, with_deliveries(person.begin(0), endpoint));
  std::int64_t due = 5'000;
  for (const auto& delivery : lease(*store, 0, endpoint).due) settle(*store, delivery, Verdict::retry, due += 100);
  const auto pull = [&](std::int64_t seconds) {
    const webhooks::Want want{endpoint, 2, 2};
    return store->lease_deliveries(at(seconds), std::span(&want, 1));
  };
  std::size_t pulled = 0;
  bool all = false;
  for (int round = 0; round < 10 && !all; ++round) {
    const auto leased = pull(10 + round);
    pulled += leased.due.size();
    all = !leased.pulled_all.empty();
    for (const auto& delivery : leased.due) settle(*store, delivery, Verdict::retry, 5'150);
  }
  CHECK(all);
  CHECK(pulled >= 5);
  CHECK(pulled <= 10);
}
