// The wall clock is set back: what waited for its time waits no longer than it would have, on every store.
#include <span>

#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr std::chrono::hours step{1};
constexpr std::int64_t noon = 43'200;  // seconds, by the clock that is set back there

std::size_t due_webhooks(Store& store, webhooks::EndpointKey endpoint, std::int64_t seconds) {
  const webhooks::Want want{endpoint, 10, 0};
  return store.lease_deliveries(at(seconds), std::span(&want, 1)).due.size();
}

void fail_webhook(Store& store, webhooks::EndpointKey endpoint, std::int64_t again) {
  const webhooks::Want want{endpoint, 1, 0};
  const auto leased = store.lease_deliveries(at(noon), std::span(&want, 1));
  REQUIRE(leased.due.size() == 1);
  webhooks::DeliverySettlement settled;
  settled.delivery = leased.due[0];
  settled.status = 500;
  settled.next = {webhooks::Verdict::retry, at(again), 1};
  store.settle_deliveries(std::span(&settled, 1), {});
}

void fail_text(Store& store, const Person& person, std::int64_t again) {
  const auto leased = store.lease_sends(at(noon), 10).due;
  REQUIRE(leased.size() == 1);
  Commit commit;
  commit.decision.contact = person.contact;
  commit.decision.message_change = {leased[0].message.id, engine::MessageStatus::queued, "", "busy"};
  commit.send_retry_at = at(again);
  commit.at = at(noon);
  test::commit(store, commit);
}

}  // namespace

TEST_CASE("a retry of a webhook that was half a minute away is so after the clock was set back by an hour") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(noon), endpoint));
  fail_webhook(*store, endpoint, noon + 30);
  store->clock_set_back(step, at(noon - 3'600));
  CHECK(due_webhooks(*store, endpoint, noon - 3'600 + 29) == 0);
  CHECK(due_webhooks(*store, endpoint, noon - 3'600 + 30) == 1);
}

TEST_CASE("a retry of a text that was half a minute away is so after the clock was set back by an hour") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(noon, "Hello"));
  fail_text(*store, ana, noon + 30);
  store->clock_set_back(step, at(noon - 3'600));
  CHECK(store->lease_sends(at(noon - 3'600 + 29), 10).due.empty());
  CHECK(store->lease_sends(at(noon - 3'600 + 29), 10).next_due == at(noon - 3'600 + 30));
  CHECK(store->lease_sends(at(noon - 3'600 + 30), 10).due.size() == 1);
}

TEST_CASE("a pause of an endpoint ends as soon as it would have, and what is due already stays due") {
  const Opened store(EVERY_STORE);
  auto paused = an_endpoint("https://crm.example.com/hook");
  paused.health.paused_until = at(noon + 20);
  paused.key = store->add_endpoint(paused);
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(ana.begin(0), paused.key));
  commit(*store, ana.text(0, "Hello"));
  store->clock_set_back(step, at(noon - 3'600));
  CHECK(store->find_endpoint(paused.key)->health.paused_until == at(noon - 3'600 + 20));
  CHECK(due_webhooks(*store, paused.key, noon - 3'600) == 1);
  CHECK(store->lease_sends(at(noon - 3'600), 10).due.size() == 1);
}

TEST_CASE("with nothing that waits no time is remembered") {
  const Opened store(EVERY_STORE);
  CHECK_FALSE(store->remember_clock(at(noon)));
  CHECK_FALSE(store->remember_clock(at(noon - 3'600)));
}
