// What people configure, counters, transactions, and old rows.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

TEST_CASE("each publish of a flow is a new revision, and every one stays") {
  const Opened store(EVERY_STORE);
  CHECK(store->publish_flow("roof", "{1}", at(0)) == 1);
  CHECK(store->publish_flow("roof", "{2}", at(1)) == 2);
  CHECK(store->publish_flow("gutter", "{3}", at(2)) == 1);
  const auto latest = store->latest_flows();
  REQUIRE(latest.size() == 2);
  CHECK(latest[0].name == "gutter");
  CHECK(latest[1].revision == 2);
  CHECK(latest[1].source == "{2}");
  CHECK(store->all_flows().size() == 3);
  CHECK(store->find_flow("roof", 1)->source == "{1}");
  CHECK(store->find_flow("roof", {})->revision == 2);
  CHECK(store->find_flow("roof", {})->published_at == at(1));
  CHECK_FALSE(store->find_flow("roof", 3).has_value());
  CHECK_FALSE(store->find_flow("door", {}).has_value());
}

TEST_CASE("an endpoint keeps all that it is") {
  const Opened store(EVERY_STORE);
  auto endpoint = an_endpoint("https://crm.example.com/hook");
  endpoint.filter = R"({"outcome":"completed"})";
  endpoint.key = store->add_endpoint(endpoint);
  auto stored = store->find_endpoint(endpoint.key);
  REQUIRE(stored);
  CHECK(stored->url == endpoint.url);
  CHECK(stored->events == endpoint.events);
  CHECK(stored->headers == endpoint.headers);
  CHECK(stored->filter == endpoint.filter);
  CHECK(stored->secrets == endpoint.secrets);
  CHECK(stored->created_at == endpoint.created_at);
  endpoint.events = {"*"};
  endpoint.health.state = webhooks::HealthState::failing;
  endpoint.health.failures = 3;
  endpoint.health.failing_since = at(7);
  endpoint.health.paused_until = at(37);
  REQUIRE(store->update_endpoint(endpoint));
  stored = store->endpoints().at(0);
  CHECK(stored->events == endpoint.events);
  CHECK(stored->health == endpoint.health);
  CHECK_FALSE(store->find_endpoint({99}).has_value());
  endpoint.key = {99};
  CHECK_FALSE(store->update_endpoint(endpoint));
}

TEST_CASE("a campaign counts its entries, each contact once") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, ana.begin(0));
  commit(*store, bob.begin(0));
  const auto key = store->add_campaign({{}, "Spring", "roof", "+15550001111"}, at(0));
  const std::vector<engine::ContactKey> contacts{ana.key(), bob.key(), ana.key()};
  CHECK(store->add_campaign_entries(key, contacts) == 2);
  CHECK(store->add_campaign_entries(key, contacts) == 0);
  CHECK(store->waiting_entries(key, 1).size() == 1);
  Commit started;
  started.at = at(1);
  started.decision.contact = ana.contact;
  started.decision.entry = engine::CampaignEntry{key, ana.key(), engine::EntryState::started};
  commit(*store, started);
  CHECK(store->waiting_entries(key, 10) == std::vector<engine::ContactKey>{bob.key()});
  CHECK(store->campaign_entry(key, ana.key())->state == engine::EntryState::started);
  CHECK_FALSE(store->campaign_entry(key, {99}).has_value());
  REQUIRE(store->set_campaign_state(key, "running"));
  CHECK_FALSE(store->set_campaign_state({99}, "running"));
  const auto record = store->find_campaign(key);
  CHECK(record->campaign == engine::Campaign{key, "Spring", "roof", "+15550001111"});
  CHECK(record->state == "running");
  CHECK(record->waiting == 1);
  CHECK(record->started == 1);
  CHECK(store->campaigns().size() == 1);
  CHECK_FALSE(store->find_campaign({99}).has_value());
}

TEST_CASE("an API key is kept by its hash, and revoked once") {
  const Opened store(EVERY_STORE);
  store->add_api_key({"k1", "hash", {"read", "operate"}, "CRM", at(0), {}});
  CHECK_THROWS_AS(store->add_api_key({"k1", "other", {}, "", at(0), {}}), StoreError);
  CHECK(store->revoke_api_key("k1", at(5)));
  CHECK_FALSE(store->revoke_api_key("k1", at(6)));
  CHECK_FALSE(store->revoke_api_key("k2", at(6)));
  const auto keys = store->api_keys();
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].secret_hash == "hash");
  CHECK(keys[0].scopes == std::vector<std::string>{"read", "operate"});
  CHECK(keys[0].revoked_at == at(5));
}

TEST_CASE("calls grouped into one transaction are kept together or not at all") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  const auto begin = ana.begin(0);
  const auto stopped = [&] {
    store->transaction([&] {
      commit(*store, begin);
      store->publish_flow("roof", "{}", at(0));
      throw std::runtime_error("stop");
    });
  };
  CHECK_THROWS_AS(stopped(), std::runtime_error);
  CHECK_FALSE(store->find_contact(ana.key()).has_value());
  CHECK(store->all_flows().empty());
  CHECK(store->gauges().contacts == 0);
  store->transaction([&] {
    commit(*store, begin);
    CHECK(store->conversation(ana.conversation()).has_value());
    store->store_idempotency({"key", "print", 200, "{}", at(0)});
  });
  CHECK(store->find_contact(ana.key()).has_value());
  CHECK(store->idempotency("key").has_value());
}

TEST_CASE("gauges count what is there") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, with_deliveries(ana.begin(5), endpoint));
  commit(*store, bob.begin(6));
  commit(*store, bob.end(7, engine::Life::completed, "done"));
  commit(*store, bob.text(8, "one"));
  commit(*store, bob.text(9, "two"));
  const auto gauges = store->gauges();
  CHECK(gauges.contacts == 2);
  CHECK(gauges.active_conversations == 1);
  CHECK(gauges.queued_sends == 2);
  CHECK(gauges.oldest_send_due == at(8));
  CHECK(gauges.unfinished_deliveries == 1);
  CHECK(gauges.oldest_delivery_due == at(5));
}

TEST_CASE("purging removes finished work of old, and nothing that is needed") {
  const Opened store(EVERY_STORE);
  const auto endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  auto told = with_deliveries(ana.begin(0), endpoint);
  told.seen = provider_key("SM1");
  commit(*store, told);
  commit(*store, ana.end(1, engine::Life::completed, "done"));
  commit(*store, with_deliveries(bob.begin(2), endpoint));
  store->store_idempotency({"old", "", 200, "", at(3)});
  store->store_idempotency({"new", "", 200, "", at(500)});
  const webhooks::Want want{endpoint, 1};
  webhooks::DeliverySettlement settled;
  settled.delivery = store->lease_deliveries(at(5), std::span(&want, 1)).due.at(0);
  settled.next.verdict = webhooks::Verdict::delivered;
  store->settle_deliveries(std::span(&settled, 1), {});
  commit(*store, bob.end(600, engine::Life::completed, "done"));

  CHECK(store->purge(at(100), 1) == 1);
  std::size_t purged = 1;
  for (int i = 0; i < 10; ++i) purged += store->purge(at(100), 2);
  CHECK(purged == 4);  // one delivery, two events, one answer
  CHECK_FALSE(store->idempotency("old").has_value());
  CHECK(store->idempotency("new").has_value());
  CHECK(store->list_deliveries({}, {}).items.size() == 1);
  CHECK(store->list_events("", {}).items.size() == 2);
  const auto key = provider_key("SM1");
  CHECK(store->seen(std::span(&key, 1)).front().has_value());
  CHECK(store->transcript({ana.key(), 1}).size() == 2);
  CHECK(store->check().empty());
}

TEST_CASE("check names a conversation that ended without telling anybody") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto end = ana.end(1, engine::Life::completed, "done");
  end.events.clear();
  commit(*store, end);
  const auto found = store->check();
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("not exactly one outcome event") != std::string::npos);
}
