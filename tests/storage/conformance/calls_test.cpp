// Calls of flows: they come with the commit that made them and go with the one that takes their answer.
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

constexpr std::uint32_t many = 100;

engine::CallRequest a_call(const Person& person, std::uint32_t turn, std::int64_t give_up_at = 60, const std::string& host = "crm.example") {
  engine::CallRequest call;
  call.conversation = person.conversation();
  call.turn = turn;
  call.method = "POST";
  call.url = "https://" + host + "/zip?of=Wilhelmina";
  call.headers = {{"X-Team", "roofs"}};
  call.secret_headers = {{"Authorization", "crm_token"}};
  call.body = R"({"zip":"78701","name":"Wilhelmina"})";
  call.save = {{"vars.price", "/data/price"}, {"contact.tier", "/tier"}};
  call.give_up_at = at(give_up_at);
  return call;
}

// A turn that makes a call.
Commit calling(Person& person, std::int64_t seconds, const engine::CallRequest& call) {
  auto commit = person.turn(seconds, "78701");
  commit.decision.calls = {call};
  return commit;
}

// Somebody new whose conversation waits for a call.
engine::CallRequest call_of(Store& store, const std::string& phone, std::int64_t seconds, const std::string& host = "crm.example") {
  Person person(store, phone);
  commit(store, person.begin(seconds));
  const auto call = a_call(person, 2, seconds + 60, host);
  commit(store, calling(person, seconds, call));
  return call;
}

// The answer as the loop stores it: settled, whatever was decided.
void settle_call(Store& store, const Person& person, const engine::CallRequest& call) {
  Commit answered;
  answered.decision.contact = person.contact;
  answered.settled_call = webhooks::key_of(call);
  answered.at = at(30);
  commit(store, answered);
}

webhooks::LeasedCalls lease_calls(Store& store, std::int64_t seconds, std::uint32_t slots = many, std::uint32_t per_host = many) {
  return store.lease_calls(at(seconds), slots, per_host);
}

std::vector<std::string> hosts_of(const webhooks::LeasedCalls& leased) {
  std::vector<std::string> hosts;
  for (const auto& call : leased.due) hosts.push_back(webhooks::host_of(call.request));
  return hosts;
}

webhooks::CallSettlement retried(const webhooks::DueCall& call, std::int64_t seconds) {
  webhooks::CallSettlement settled;
  settled.call = call;
  settled.error = "connect";
  settled.retry_at = at(seconds);
  return settled;
}

}  // namespace

TEST_CASE("a call is there as it was made once its turn is committed, and leased once") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  CHECK(lease_calls(*store, 1).due.empty());
  CHECK_FALSE(lease_calls(*store, 1).next_due);
  const auto call = a_call(ana, 2);
  commit(*store, calling(ana, 10, call));
  CHECK(store->gauges().unfinished_calls == 1);
  CHECK(store->gauges().oldest_call_due == at(10));
  const auto leased = lease_calls(*store, 10);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].request == call);
  CHECK(leased.due[0].attempt == 1);
  CHECK(leased.due[0].due_at == at(10));
  CHECK(lease_calls(*store, 11).due.empty());
  CHECK(store->check().empty());
  CHECK(store->mend(at(9), true).empty());
}

TEST_CASE("a commit that fails makes no call") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto broken = calling(ana, 10, a_call(ana, 2));
  broken.outgoing.push_back({{ana.key(), 1, 99}, std::nullopt});
  CHECK_THROWS_AS(commit(*store, broken), StoreError);
  CHECK(lease_calls(*store, 20).due.empty());
}

TEST_CASE("one turn makes one call: the same again is refused as a whole") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto call = a_call(ana, 2);
  commit(*store, calling(ana, 10, call));
  CHECK_THROWS_AS(commit(*store, calling(ana, 11, call)), StoreError);
  CHECK(store->gauges().unfinished_calls == 1);
}

TEST_CASE("the commit that takes an answer settles the call, and the call that it makes stays") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto first = a_call(ana, 2);
  commit(*store, calling(ana, 10, first));
  REQUIRE(lease_calls(*store, 10).due.size() == 1);
  const auto second = a_call(ana, 3);
  auto answered = calling(ana, 12, second);
  answered.settled_call = webhooks::key_of(first);
  commit(*store, answered);
  const auto leased = lease_calls(*store, 12);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].request == second);
  settle_call(*store, ana, second);
  CHECK(store->gauges().unfinished_calls == 0);
  settle_call(*store, ana, second);  // a void answer settles what is gone already
  CHECK(store->check().empty());
}

TEST_CASE("an answer that was not stored leaves the call leased") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto call = a_call(ana, 2);
  commit(*store, calling(ana, 10, call));
  REQUIRE(lease_calls(*store, 10).due.size() == 1);
  auto broken = ana.turn(11, "more");
  broken.settled_call = webhooks::key_of(call);
  broken.outgoing.push_back({{ana.key(), 1, 99}, std::nullopt});
  CHECK_THROWS_AS(commit(*store, broken), StoreError);
  CHECK(store->gauges().unfinished_calls == 1);
  CHECK(lease_calls(*store, 12).due.empty());
}

TEST_CASE("a call that goes again waits for its time and remembers its tries") {
  const Opened store(EVERY_STORE);
  call_of(*store, "+15125550142", 0);
  const auto first = lease_calls(*store, 1);
  REQUIRE(first.due.size() == 1);
  const std::vector again{retried(first.due[0], 5)};
  store->retry_calls(again);
  CHECK(lease_calls(*store, 4).due.empty());
  CHECK(lease_calls(*store, 4).next_due == at(5));
  const auto second = lease_calls(*store, 5);
  REQUIRE(second.due.size() == 1);
  CHECK(second.due[0].attempt == 2);
  CHECK(second.due[0].request == first.due[0].request);
}

TEST_CASE("a host has no more calls under way than it may, and no host waits for another") {
  const Opened store(EVERY_STORE);
  std::vector<engine::CallRequest> calls;
  for (int i = 0; i < 5; ++i) calls.push_back(call_of(*store, "+1512555010" + std::to_string(i), 0, "slow.example"));
  call_of(*store, "+15125550110", 1, "quick.example");
  const auto leased = lease_calls(*store, 2, many, 2);
  CHECK(hosts_of(leased) == std::vector<std::string>{"quick.example", "slow.example", "slow.example"});
  CHECK(leased.due[1].request == calls[0]);
  CHECK(leased.due[2].request == calls[1]);
  CHECK(lease_calls(*store, 3, many, 2).due.empty());
  const std::vector again{retried(leased.due[1], 50)};
  store->retry_calls(again);
  const auto next = lease_calls(*store, 4, many, 2);
  REQUIRE(next.due.size() == 1);
  CHECK(next.due[0].request == calls[2]);
}

TEST_CASE("with one slot the hosts have their turns") {
  const Opened store(EVERY_STORE);
  for (int i = 0; i < 6; ++i) call_of(*store, "+1512555010" + std::to_string(i), 0, std::string(1, static_cast<char>('a' + i % 3)) + ".example");
  std::vector<std::string> hosts;
  for (int i = 0; i < 6; ++i) {
    const auto leased = lease_calls(*store, 1, 1);
    REQUIRE(leased.due.size() == 1);
    hosts.push_back(hosts_of(leased)[0]);
  }
  CHECK(hosts == std::vector<std::string>{"a.example", "b.example", "c.example", "a.example", "b.example", "c.example"});
}

TEST_CASE("the store says when to look again: the next that is due, or the next whose time is over") {
  const Opened store(EVERY_STORE);
  call_of(*store, "+15125550142", 0);
  call_of(*store, "+15125550143", 20);
  CHECK(lease_calls(*store, 1).next_due == at(20));
  CHECK(lease_calls(*store, 20).next_due == at(60));
}

TEST_CASE("a call whose time is over is never leased, and its row goes") {
  const Opened store(EVERY_STORE);
  call_of(*store, "+15125550142", 0);
  CHECK(lease_calls(*store, 60).due.empty());
  CHECK(store->gauges().unfinished_calls == 0);
  CHECK_FALSE(lease_calls(*store, 60).next_due);
}

TEST_CASE("a call whose answer got lost frees its place at the host when its time is over") {
  const Opened store(EVERY_STORE);
  call_of(*store, "+15125550142", 0);
  REQUIRE(lease_calls(*store, 1, many, 1).due.size() == 1);
  call_of(*store, "+15125550143", 50);
  CHECK(lease_calls(*store, 60, many, 1).due.empty());
  CHECK(lease_calls(*store, 65, many, 1).due.size() == 1);
}

TEST_CASE("a conversation that ends takes along the call that has not left") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, calling(ana, 10, a_call(ana, 2)));
  commit(*store, ana.end(11, engine::Life::discarded, "opted_out"));
  CHECK(lease_calls(*store, 12).due.empty());
  CHECK(store->check().empty());
}

TEST_CASE("an erased contact's calls go too") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  commit(*store, calling(ana, 10, a_call(ana, 2)));
  const auto ben = call_of(*store, "+15125550143", 10);
  store->erase_contact(ana.key(), "hash", at(11), {});
  const auto leased = lease_calls(*store, 12);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].request == ben);
}

TEST_CASE("a URL that is none has a place too: it fails where it is to leave") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  auto call = a_call(ana, 2);
  call.url = "nonsense";
  commit(*store, calling(ana, 10, call));
  CHECK(lease_calls(*store, 10).due.size() == 1);
}
