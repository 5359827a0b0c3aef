// What leaves: leases and settlements through the dispatcher's port, and the order of STOP and a text's first byte.
#include <catch2/catch.hpp>

#include "tests/server/loop_rig.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;
using engine::MessageStatus;
using Result = engine::Handover::Result;

namespace {

// A conversation whose two first texts wait for the carrier.
struct Carried : LoopRig {
  Carried() {
    office.carrier = "http";
    loop.start();
    send(office.text(ana, "ROOF"));
  }
  MessageStatus status(const engine::MessageId& id) {
    MessageStatus found{};
    on_loop([&] { found = office.store.message(id)->status; });
    return found;
  }
  bool becomes(const engine::MessageId& id, MessageStatus wanted) {
    return eventually([&] { return office.store.message(id)->status == wanted; });
  }
};

}  // namespace

TEST_CASE("a text is marked as under way before its first byte, and what came of it is stored") {
  const auto [result, wanted] = GENERATE(table<Result, MessageStatus>(
      {{Result::accepted, MessageStatus::sent}, {Result::refused, MessageStatus::failed}, {Result::unknown, MessageStatus::unknown}}));
  Carried rig;
  const auto leased = rig.start_texts(1);
  REQUIRE(leased.size() == 1);
  const auto id = leased.front().message.id;
  CHECK(rig.status(id) == MessageStatus::sending);
  rig.settle(leased.front(), result);
  CHECK(rig.becomes(id, wanted));
}

TEST_CASE("a text whose fate is unknown is never leased again") {
  Carried rig;
  const auto first = rig.start_texts(1);
  REQUIRE(first.size() == 1);
  rig.settle(first.front(), Result::unknown);
  CHECK(rig.becomes(first.front().message.id, MessageStatus::unknown));
  rig.clock.move(24h);
  for (const auto& each : rig.start_texts()) CHECK(each.message.id != first.front().message.id);
}

TEST_CASE("a carrier's refusal because of an opt-out is an opt-out here too") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  REQUIRE(leased.size() == 1);
  rig.settle(leased.front(), Result::opted_out);
  CHECK(rig.eventually([&] { return rig.office.contact(ana).consent == engine::Consent::opted_out; }));
  rig.on_loop([&] {
    const auto ledger = rig.office.store.ledger(rig.office.contact(ana).key);
    CHECK(ledger.back().source == engine::ConsentSource::carrier);
    CHECK(rig.office.store.find_conversation({rig.office.contact(ana).key, 1})->reason == "opted_out");
  });
  CHECK(rig.start_texts().empty());
}

TEST_CASE("STOP cancels what is queued, and no text leased before it may start any more") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  REQUIRE(leased.size() == 1);
  CHECK(rig.loop.may_start(leased.front().message));
  rig.send(rig.office.text(ana, "STOP"));
  CHECK_FALSE(rig.loop.may_start(leased.front().message));
  // One text of a contact is under way at a time, so that they arrive in order.
  CHECK(rig.start_texts().empty());
  rig.settle(leased.front(), Result::suppressed);
  CHECK(rig.becomes(leased.front().message.id, MessageStatus::suppressed));
  const auto after = rig.start_texts();
  REQUIRE(after.size() == 1);
  CHECK(after.front().message.exempt);
  CHECK(rig.loop.may_start(after.front().message));
}

TEST_CASE("an opt-out that could not be stored closes nothing") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  rig.on_loop([&] { rig.office.store.commit_fails = true; });
  CHECK_FALSE(rig.send(rig.office.text(ana, "STOP")).stored);
  CHECK(rig.loop.may_start(leased.front().message));
}

TEST_CASE("START opens the gate again") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  rig.send(rig.office.text(ana, "STOP"));
  rig.send(rig.office.text(ana, "START"));
  CHECK(rig.loop.may_start(leased.front().message));
}

TEST_CASE("of several consent words in one batch the last one counts for the gate") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  REQUIRE(leased.size() == 1);
  const auto batch = [&](std::vector<std::string> words) {
    rig.on_loop([&] {
      std::vector<server::Job> jobs;
      for (const auto& word : words) jobs.push_back(rig.office.text(ana, word));
      rig.loop.process_now(jobs);
    });
  };
  batch({"STOP", "START", "STOP"});
  CHECK_FALSE(rig.loop.may_start(leased.front().message));
  batch({"START", "STOP"});
  CHECK_FALSE(rig.loop.may_start(leased.front().message));
  batch({"STOP", "START"});
  CHECK(rig.loop.may_start(leased.front().message));
}

TEST_CASE("a text that comes back into the queue after STOP is suppressed when it is due, not sent") {
  Carried rig;
  const auto leased = rig.start_texts(1);
  REQUIRE(leased.size() == 1);
  rig.send(rig.office.text(ana, "STOP"));
  rig.settle(leased.front(), Result::unknown, true);
  CHECK(rig.becomes(leased.front().message.id, MessageStatus::queued));
  for (const auto& each : rig.start_texts()) CHECK(each.message.exempt);
  CHECK(rig.becomes(leased.front().message.id, MessageStatus::suppressed));
}

TEST_CASE("a confirmation that can't start within five minutes is dropped and recorded (47 CFR 64.1200(a)(12))") {
  Carried rig;
  const auto handled = rig.send(rig.office.text(ana, "STOP"));
  const auto confirmation = handled.decision.messages.back().id;
  rig.clock.move(5min + 1s);
  CHECK(rig.start_texts().empty());
  CHECK(rig.becomes(confirmation, MessageStatus::expired));
}

TEST_CASE("an endpoint that is given up is told to the others, not to itself") {
  LoopRig rig;
  const auto broken = rig.office.subscribe({"*"});
  const auto watching = rig.office.subscribe({"endpoint.disabled"});
  rig.office.handle_one(rig.office.text(ana, "ROOF"));
  rig.loop.start();
  webhooks::DeliverySettlement settlement;
  rig.on_loop([&] {
    const std::vector<webhooks::Want> wants{{broken, 1}};
    settlement.delivery = rig.office.store.lease_deliveries(rig.clock.now(), wants).due.front();
    settlement.endpoint = *rig.office.store.find_endpoint(broken);
  });
  settlement.status = 410;
  settlement.next.verdict = webhooks::Verdict::gone;
  settlement.endpoint.health = webhooks::after_attempt(settlement.endpoint.health, false, true, rig.clock.now(), {});
  settlement.endpoint_changed = settlement.endpoint_disabled = true;
  rig.outbox.settle_deliveries({settlement});

  CHECK(rig.eventually([&] { return rig.office.store.list_events("endpoint.disabled", {50, 0}).items.size() == 1; }));
  rig.on_loop([&] {
    const auto count = [&](webhooks::EndpointKey endpoint) {
      const auto event = rig.office.store.list_events("endpoint.disabled", {50, 0}).items.front();
      return rig.office.store.list_deliveries({endpoint, event.id, std::nullopt}, {50, 0}).items.size();
    };
    CHECK(count(watching) == 1);
    CHECK(count(broken) == 0);
    CHECK(rig.office.store.find_endpoint(broken)->health.state == webhooks::HealthState::disabled);
    CHECK_FALSE(rig.office.turns.subscriptions().anyone_wants("conversation.completed"));
  });
}

TEST_CASE("what was delivered while the disk was full is settled once there is room, and not delivered again") {
  LoopRig rig;
  const auto endpoint = rig.office.subscribe({"conversation.started"});
  rig.office.handle_one(rig.office.text(ana, "ROOF"));
  rig.office.store.settles_to_fail = 2;
  rig.loop.start();
  webhooks::DeliverySettlement settlement;
  rig.on_loop([&] {
    const std::vector<webhooks::Want> wants{{endpoint, 1}};
    settlement.delivery = rig.office.store.lease_deliveries(rig.clock.now(), wants).due.front();
    settlement.endpoint = *rig.office.store.find_endpoint(endpoint);
  });
  settlement.status = 200;
  settlement.next.verdict = webhooks::Verdict::delivered;
  rig.outbox.settle_deliveries({settlement});
  const auto key = settlement.delivery.key;
  CHECK(rig.eventually([&] { return rig.office.store.find_delivery(key)->state == webhooks::DeliveryState::delivered; }));
  CHECK(rig.office.store.settles_to_fail == 0);
}

TEST_CASE("a leased text is queued until it starts, and starts once") {
  Carried rig;
  const auto leased = rig.lease_texts();
  REQUIRE(leased.size() == 1);
  CHECK(rig.status(leased.front().message.id) == MessageStatus::queued);
  CHECK(rig.lease_texts().empty());
  CHECK(rig.start(leased.front()) == webhooks::SendStart::go);
  CHECK(rig.status(leased.front().message.id) == MessageStatus::sending);
  CHECK(rig.start(leased.front()) == webhooks::SendStart::gone);
}

TEST_CASE("a text that was leased before STOP does not start after it, and the confirmation need not wait for it") {
  Carried rig;
  const auto leased = rig.lease_texts();
  REQUIRE(leased.size() == 1);
  rig.send(rig.office.text(ana, "STOP"));
  CHECK(rig.start(leased.front()) == webhooks::SendStart::gone);
  CHECK(rig.status(leased.front().message.id) == MessageStatus::cancelled);
  const auto after = rig.start_texts();
  REQUIRE(after.size() == 1);
  CHECK(after.front().message.exempt);
  rig.settle(leased.front(), Result::unknown, true);  // its connection could not be made, which is told late
  CHECK(rig.becomes(leased.front().message.id, MessageStatus::cancelled));
}

TEST_CASE("a text that can't be marked stays queued and goes when there is room again") {
  Carried rig;
  rig.office.store.starts_to_fail = 1;
  const auto leased = rig.lease_texts();
  REQUIRE(leased.size() == 1);
  CHECK(rig.start(leased.front()) == webhooks::SendStart::not_now);
  CHECK(rig.status(leased.front().message.id) == MessageStatus::queued);
  CHECK(rig.start_texts().size() == 1);
}

TEST_CASE("what the carrier said while the disk was full is settled once there is room, and the contact's next text goes") {
  Carried rig;
  const auto leased = rig.start_texts();
  REQUIRE(leased.size() == 1);
  rig.office.store.commits_to_fail = 2;
  rig.settle(leased.front(), Result::accepted);
  CHECK(rig.becomes(leased.front().message.id, MessageStatus::sent));
  CHECK(rig.office.store.commits_to_fail == 0);
  CHECK(rig.start_texts().size() == 1);
}
