// Texts that leave by a carrier's lane.
#include "tests/storage/conformance/support.hpp"

#include <algorithm>

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using engine::MessageStatus;
using webhooks::SendStart;

namespace {

Commit settled(const engine::Message& message, const engine::Contact& contact, MessageStatus status, const std::string& provider_id = "") {
  Commit commit;
  commit.decision.contact = contact;
  commit.decision.message_change = engine::MessageChange{message.id, status, provider_id, ""};
  commit.at = at(500);
  return commit;
}

MessageStatus status_of(Store& store, const engine::MessageId& id) { return store.message(id)->status; }

std::size_t started(Store& store, Instant now) {
  const auto starts = store.start_sends(store.lease_sends(now, 10).due, now);
  return static_cast<std::size_t>(std::count(starts.begin(), starts.end(), SendStart::go));
}

}  // namespace

TEST_CASE("a leased text is not leased again, and is sending on disk when it starts") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(10, "Hello"));
  CHECK(store->lease_sends(at(9), 10).due.empty());
  CHECK(store->lease_sends(at(9), 10).next_due == at(10));
  const auto leased = store->lease_sends(at(10), 10);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].message.text == "Hello");
  CHECK(leased.due[0].attempt == 1);
  CHECK(status_of(*store, leased.due[0].message.id) == MessageStatus::queued);
  CHECK(store->lease_sends(at(20), 10).due.empty());
  CHECK_FALSE(store->lease_sends(at(20), 10).next_due.has_value());
  CHECK(store->start_sends(leased.due, at(20)).at(0) == SendStart::go);
  CHECK(status_of(*store, leased.due[0].message.id) == MessageStatus::sending);
  CHECK(store->start_sends(leased.due, at(20)).at(0) == SendStart::gone);
  CHECK(store->lease_sends(at(20), 10).due.empty());
  CHECK_FALSE(store->lease_sends(at(20), 10).next_due.has_value());
}

TEST_CASE("the texts of one contact leave one after the other, those of others beside them") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, ana.text(0, "first"));
  commit(*store, ana.text(1, "second"));
  commit(*store, bob.text(2, "other"));
  const auto leased = store->lease_sends(at(10), 10);
  REQUIRE(leased.due.size() == 2);
  CHECK(leased.due[0].message.text == "first");
  CHECK(leased.due[1].message.text == "other");
  commit(*store, settled(leased.due[0].message, ana.contact, MessageStatus::sent, "p1"));
  const auto next = store->lease_sends(at(10), 10);
  REQUIRE(next.due.size() == 1);
  CHECK(next.due[0].message.text == "second");
  CHECK(store->check().empty());
}

TEST_CASE("a text that was not accepted waits for its next try and keeps its place") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "first"));
  commit(*store, ana.text(0, "second"));
  const auto leased = store->lease_sends(at(10), 10);
  auto again = settled(leased.due.at(0).message, ana.contact, MessageStatus::queued);
  again.send_retry_at = at(60);
  commit(*store, again);
  CHECK(store->lease_sends(at(59), 10).due.empty());
  CHECK(store->lease_sends(at(59), 10).next_due == at(60));
  const auto retried = store->lease_sends(at(60), 10);
  REQUIRE(retried.due.size() == 1);
  CHECK(retried.due[0].message.text == "first");
  CHECK(retried.due[0].attempt == 2);
}

// TCPA, 47 CFR 64.1200(a)(10) and CTIA 5.1.3: nothing is sent after a revocation; consent is read where the send starts.
TEST_CASE("nothing starts for a contact who has opted out, but for the one confirmation") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "queued before"));
  commit(*store, ana.opt_out(1));
  CHECK(status_of(*store, {ana.key(), 0, 1}) == MessageStatus::cancelled);

  commit(*store, ana.text(2, "slipped through"));
  auto confirmation = ana.text(3, "You are unsubscribed.");
  confirmation.decision.messages[0].exempt = true;
  commit(*store, confirmation);
  const auto leased = store->lease_sends(at(10), 10);
  REQUIRE(leased.suppressed.size() == 1);
  CHECK(leased.suppressed[0].text == "slipped through");
  CHECK(leased.suppressed[0].status == MessageStatus::suppressed);
  REQUIRE(leased.due.size() == 1);
  CHECK(leased.due[0].message.text == "You are unsubscribed.");
  CHECK(status_of(*store, leased.suppressed[0].id) == MessageStatus::suppressed);
}

TEST_CASE("an opt-out cancels what waits, not what is exempt or under way") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "under way"));
  REQUIRE(started(*store, at(1)) == 1);
  auto help = ana.text(2, "Help: call us");
  help.decision.messages[0].exempt = true;
  commit(*store, help);
  commit(*store, ana.text(3, "waits"));
  commit(*store, ana.opt_out(4));
  CHECK(status_of(*store, {ana.key(), 0, 1}) == MessageStatus::sending);
  CHECK(status_of(*store, {ana.key(), 0, 2}) == MessageStatus::queued);
  CHECK(status_of(*store, {ana.key(), 0, 3}) == MessageStatus::cancelled);
  CHECK(store->check().empty());
}

// 47 CFR 64.1200(a)(12): a confirmation later than five minutes is no confirmation any more.
TEST_CASE("a text that has not started by its time is dropped and recorded") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto text = ana.text(0, "You are unsubscribed.");
  text.decision.messages[0].expires_at = at(300);
  commit(*store, text);
  const auto leased = store->lease_sends(at(300), 10);
  CHECK(leased.due.empty());
  REQUIRE(leased.expired.size() == 1);
  CHECK(status_of(*store, leased.expired[0].id) == MessageStatus::expired);
}

TEST_CASE("texts that were under way when the process ended are unknown, and free the next one") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "first"));
  commit(*store, ana.text(0, "second"));
  REQUIRE(started(*store, at(1)) == 1);
  const auto recovered = store->recover_sends();
  REQUIRE(recovered.size() == 1);
  CHECK(recovered[0].text == "first");
  CHECK(recovered[0].status == MessageStatus::unknown);
  CHECK(status_of(*store, recovered[0].id) == MessageStatus::unknown);
  CHECK(store->recover_sends().empty());
  CHECK(store->lease_sends(at(2), 10).due.at(0).message.text == "second");
}

TEST_CASE("a receipt finds its message by the carrier's id, also when the message is long gone from the queue") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "Hello"));
  const auto leased = store->lease_sends(at(1), 10);
  commit(*store, settled(leased.due.at(0).message, ana.contact, MessageStatus::sent, "SM77"));
  const auto found = store->message_by_provider("http", "SM77");
  REQUIRE(found);
  CHECK(found->id == leased.due[0].message.id);
  CHECK(found->status == MessageStatus::sent);
  CHECK_FALSE(store->message_by_provider("twilio", "SM77").has_value());
  commit(*store, settled(*found, ana.contact, MessageStatus::delivered));
  CHECK(store->message_by_provider("http", "SM77")->status == MessageStatus::delivered);
}

TEST_CASE("a change of a message that does not exist is refused") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  engine::Message nobody;
  nobody.id = {ana.key(), 1, 9};
  CHECK_THROWS_AS(commit(*store, settled(nobody, ana.contact, MessageStatus::sent)), StoreError);
}

TEST_CASE("a text that did not come as far as its first byte is queued when the process ends") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "Hello"));
  REQUIRE(store->lease_sends(at(1), 10).due.size() == 1);
  CHECK(store->recover_sends().empty());
  CHECK(status_of(*store, {ana.key(), 0, 1}) == MessageStatus::queued);
}

TEST_CASE("what happened between the lease and the start counts: an opt-out, an end of its time, another attempt") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  auto text = ana.text(0, "Hello");
  text.decision.messages[0].expires_at = at(300);
  commit(*store, text);
  const auto leased = store->lease_sends(at(1), 10).due;
  REQUIRE(leased.size() == 1);
  SECTION("its time is over") {
    CHECK(store->start_sends(leased, at(300)).at(0) == SendStart::expired);
    CHECK(status_of(*store, leased[0].message.id) == MessageStatus::expired);
  }
  SECTION("an opt-out cancelled it") {
    commit(*store, ana.opt_out(2));
    CHECK(store->start_sends(leased, at(3)).at(0) == SendStart::gone);
    CHECK(status_of(*store, leased[0].message.id) == MessageStatus::cancelled);
    auto again = settled(leased[0].message, ana.contact, MessageStatus::queued);
    commit(*store, again);
    CHECK(status_of(*store, leased[0].message.id) == MessageStatus::cancelled);
  }
  SECTION("its first try failed before it started") {
    auto again = settled(leased[0].message, ana.contact, MessageStatus::queued);
    again.send_retry_at = at(10);
    commit(*store, again);
    CHECK(store->start_sends(leased, at(11)).at(0) == SendStart::gone);
    const auto next = store->lease_sends(at(11), 10).due;
    REQUIRE(next.size() == 1);
    CHECK(next[0].attempt == 2);
    CHECK(store->start_sends(leased, at(11)).at(0) == SendStart::gone);
  }
  CHECK(store->check().empty());
}

TEST_CASE("a lease of a text that was lost on its way is void after a while, also when the clock was set back") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  commit(*store, ana.text(0, "Hello"));
  REQUIRE(store->lease_sends(at(1000), 10).due.size() == 1);
  CHECK(store->lease_sends(at(1299), 10).due.empty());
  CHECK(store->lease_sends(at(1300), 10).due.size() == 1);
  CHECK(store->lease_sends(at(900), 10).due.size() == 1);
}

TEST_CASE("texts that were due before the clock was set back are due still; those that wait for another try wait") {
  const Opened store(EVERY_STORE);
  Person ana(*store, "+15125550142");
  Person bob(*store, "+15125550143");
  commit(*store, ana.text(1000, "tried"));
  const auto leased = store->lease_sends(at(1000), 10).due;
  REQUIRE(leased.size() == 1);
  auto again = settled(leased[0].message, ana.contact, MessageStatus::queued);
  again.send_retry_at = at(1001);
  commit(*store, again);
  commit(*store, bob.text(1000, "waits for a slot"));
  const auto after = store->lease_sends(at(10), 10).due;
  REQUIRE(after.size() == 1);
  CHECK(after[0].message.text == "waits for a slot");
}

TEST_CASE("each sender of a carrier has slots of its own, soonest first, and what is next speaks of those that have room") {
  const Opened store(EVERY_STORE);
  const auto queue = [&](int number, const std::string& carrier, const std::string& sender) {
    Person person(*store, "+1512555" + std::to_string(1000 + number));
    auto text = person.text(number, "Hello");
    text.decision.messages.back().carrier = carrier;
    text.decision.messages.back().from = sender;
    commit(*store, text);
  };
  for (int i = 0; i < 10; ++i) queue(i, "http", "+15125550100");
  queue(20, "http", "+15125550101");
  queue(21, "twilio", "+15125550100");
  queue(22, "", "");
  const webhooks::SendQuota quota(webhooks::SendLimits{16, 8, 2});
  const auto leased = store->lease_sends(at(21), quota);
  REQUIRE(leased.due.size() == 4);
  CHECK(leased.due[1].message.from == "+15125550100");
  CHECK(leased.due[2].message.from == "+15125550101");
  CHECK(leased.due[3].message.carrier == "twilio");
  CHECK(leased.next_due == at(22));

  auto taken = quota;
  for (const auto& each : leased.due) taken.take(webhooks::line_of(each.message));
  CHECK(store->lease_sends(at(21), taken).due.empty());
  CHECK(store->lease_sends(at(22), taken).due.size() == 1);
  CHECK_FALSE(store->lease_sends(at(22), taken).next_due.has_value());
  taken.give_back({"http", "+15125550100"});
  CHECK(store->lease_sends(at(22), taken).due.size() == 1);
}
