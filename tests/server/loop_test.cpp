// The loop's thread: order, limits, stopping, timers and campaigns.
#include "server/loop/loop.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>

#include "tests/server/loop_rig.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;

TEST_CASE("a text that is submitted is answered once it is stored") {
  LoopRig rig;
  rig.loop.start();
  const auto handled = rig.send(rig.office.text(ana, "ROOF"));
  CHECK(handled.stored);
  CHECK(texts(handled.decision).size() == 2);
  std::size_t stored = 0;
  rig.on_loop([&] { stored = rig.office.messages(ana).size(); });
  CHECK(stored == 3);
}

TEST_CASE("jobs and tasks take place in the order in which they arrived, and jobs side by side are one commit") {
  LoopRig rig;
  std::vector<std::string> order;
  const auto submit = [&](const std::string& name) {
    auto job = rig.office.text(ana, name);
    job.done = [&order, name](const server::Handled&) { order.push_back(name); };
    REQUIRE(rig.loop.submit(std::move(job)));
  };
  submit("one");
  submit("two");
  REQUIRE(rig.loop.submit_task(server::TaskKind::change, [&] { order.emplace_back("task"); }));
  submit("three");
  rig.loop.start();
  rig.loop.stop();
  CHECK(order == std::vector<std::string>{"one", "two", "task", "three"});
  CHECK(rig.office.store.commits == 2);
}

TEST_CASE("beyond what may wait the loop refuses, and nothing of what it refused ever happens") {
  LoopRig rig({512, 2, 2ms, engine::Duration{0}});
  int answered = 0;
  const auto submit = [&] {
    auto job = rig.office.text(ana, "hello");
    job.done = [&](const server::Handled&) { ++answered; };
    return rig.loop.submit(std::move(job));
  };
  CHECK(submit());
  CHECK(submit());
  CHECK_FALSE(submit());
  CHECK_FALSE(rig.loop.submit_task(server::TaskKind::change, [&] { answered += 100; }));
  CHECK(rig.loop.waiting() == 2);
  rig.loop.start();
  rig.loop.stop();
  CHECK(answered == 2);
  CHECK(rig.office.messages(ana).size() == 2);
}

TEST_CASE("a hand-over's result is never refused for want of room: the text has left already") {
  std::atomic<bool> go_on{false};
  LoopRig rig({512, 1, 2ms, engine::Duration{0}});
  rig.office.carrier = "http";
  rig.loop.start();
  rig.send(rig.office.text(ana, "HELP"));
  const auto leased = rig.lease_texts();
  REQUIRE(leased.size() == 1);
  REQUIRE(rig.loop.submit_task(server::TaskKind::change, [&] { tests::eventually([&] { return go_on.load(); }); }));
  REQUIRE(tests::eventually([&] { return rig.loop.waiting() == 0; }));
  REQUIRE(rig.loop.submit_task(server::TaskKind::change, [] {}));
  REQUIRE_FALSE(rig.loop.submit_task(server::TaskKind::change, [] {}));
  rig.settle(leased.front(), engine::Handover::Result::accepted);
  go_on = true;
  rig.loop.stop();
  CHECK(rig.office.outgoing(ana).front().status == engine::MessageStatus::sent);
}

TEST_CASE("a loop that stops works off what waits, in batches of its size, and takes nothing more") {
  LoopRig rig({8, 20'000, 2ms, engine::Duration{0}});
  int stored = 0;
  for (int i = 0; i < 100; ++i) {
    auto job = rig.office.text(ana, "hello");
    job.done = [&](const server::Handled& handled) { stored += handled.stored ? 1 : 0; };
    REQUIRE(rig.loop.submit(std::move(job)));
  }
  rig.loop.start();
  rig.loop.stop();
  CHECK(stored == 100);
  CHECK(rig.office.store.commits == 13);
  CHECK_FALSE(rig.loop.submit(rig.office.text(ana, "hello")));
}

TEST_CASE("a store that fails is told to the caller, counted, and the loop goes on") {
  LoopRig rig;
  rig.loop.start();
  rig.on_loop([&] { rig.office.store.commit_fails = true; });
  CHECK_FALSE(rig.send(rig.office.text(ana, "ROOF")).stored);
  CHECK(rig.loop.submit_task(server::TaskKind::change, [] { throw storage::StoreError("disk I/O error"); }));
  rig.on_loop([&] { rig.office.store.commit_fails = false; });
  CHECK(rig.send(rig.office.text(ana, "ROOF")).stored);
  CHECK(rig.metrics_text().find("answerback_commit_failures_total 2\n") != std::string::npos);
}

TEST_CASE("what the loop works at is counted by its kind, also when it fails") {
  LoopRig rig;
  rig.loop.start();
  const auto counted = [&](const std::string& task, int times) {
    const auto line = "answerback_loop_task_seconds_count{task=\"" + task + "\"} " + std::to_string(times) + "\n";
    return rig.eventually([&] { return rig.metrics_text().find(line) != std::string::npos; });
  };
  rig.send(rig.office.text(ana, "ROOF"));
  CHECK(counted("stimuli", 1));
  CHECK(rig.loop.submit_task(server::TaskKind::erase, [] { throw storage::StoreError("disk I/O error"); }));
  CHECK(counted("erase", 1));
  CHECK(counted("migrate", 0));
}

TEST_CASE("a timer fires when its instant has come, once, and not before") {
  LoopRig rig;
  rig.loop.start();
  rig.send(rig.office.text(ana, "ROOF"));
  const auto said = [&] { return rig.office.outgoing(ana).size(); };
  rig.clock.move(59min);
  // Three looks at the timers at least lie between these.
  for (int i = 0; i < 3; ++i) CHECK(rig.eventually([] { return true; }));
  rig.on_loop([&] { CHECK(said() == 2); });
  rig.clock.move(1min);
  CHECK(rig.eventually([&] { return said() == 3; }));
  rig.clock.move(22h);
  for (int i = 0; i < 3; ++i) CHECK(rig.eventually([] { return true; }));
  rig.on_loop([&] { CHECK(said() == 3); });
}

TEST_CASE("a text that waits for another try waits no longer because the clock was set back, and is told of in the log") {
  LoopRig rig;
  rig.office.carrier = "test";
  rig.loop.start();
  rig.send(rig.office.text(ana, "ROOF"));
  const auto first = rig.start_texts();
  REQUIRE(first.size() == 1);
  auto busy = first[0];
  rig.outbox.settle_sends({{busy, engine::Handover::Result::accepted, true, rig.clock.now() + 30s, "", "busy"}});
  CHECK(rig.eventually([&] { return rig.office.store.message(busy.message.id)->status == engine::MessageStatus::queued; }));
  rig.clock.set(-1h);
  rig.clock.move(29s);
  for (int i = 0; i < 3; ++i) CHECK(rig.eventually([] { return true; }));
  CHECK(rig.start_texts().empty());
  rig.clock.move(2s);
  for (int i = 0; i < 3; ++i) CHECK(rig.eventually([] { return true; }));
  CHECK(rig.start_texts().size() == 1);
}

TEST_CASE("a clock that is set back stops neither timers nor campaigns, and one that is set forward fires nothing twice") {
  LoopRig rig;
  rig.loop.start();
  rig.send(rig.office.text(ana, "ROOF"));
  rig.clock.set(-5h);
  rig.send(rig.office.text(ben, "ROOF"));
  rig.clock.move(1h);
  CHECK(rig.eventually([&] { return rig.office.outgoing(ben).size() == 3; }));
  rig.on_loop([&] { CHECK(rig.office.outgoing(ana).size() == 2); });  // due by the wall clock, which has not come there again
  engine::Campaign campaign;
  rig.on_loop([&] { campaign = rig.office.campaign_for({"+15125550144"}); });
  rig.clock.move(1s);
  CHECK(rig.eventually([&] { return rig.office.store.find_campaign(campaign.key)->waiting == 0; }));
  rig.clock.set(5h);
  rig.clock.move(1s);
  CHECK(rig.eventually([&] { return rig.office.outgoing(ana).size() == 3; }));
  for (int i = 0; i < 3; ++i) {
    rig.clock.move(1s);
    CHECK(rig.eventually([] { return true; }));
  }
  rig.on_loop([&] {
    CHECK(rig.office.outgoing(ana).size() == 3);
    CHECK(rig.office.outgoing(ben).size() == 3);
  });
}

TEST_CASE("a campaign of many starts with everybody, and all running ones have their turn") {
  LoopRig rig;
  std::vector<std::string> many, few;
  for (int i = 0; i < 150; ++i) many.push_back("+1512555" + std::to_string(1000 + i));
  for (int i = 0; i < 5; ++i) few.push_back("+1512556" + std::to_string(1000 + i));
  const auto large = rig.office.campaign_for(many);
  const auto small = rig.office.campaign_for(few);
  rig.loop.start();
  CHECK(rig.eventually([&] {
    return rig.office.store.find_campaign(large.key)->waiting == 0 && rig.office.store.find_campaign(small.key)->waiting == 0;
  }));
  rig.on_loop([&] { CHECK(rig.office.store.gauges().active_conversations == 155); });
}

TEST_CASE("every conversation ends: after the last silence it is discarded without a text") {
  LoopRig rig;
  rig.loop.start();
  rig.send(rig.office.text(ana, "ROOF"));
  rig.clock.move(1h);
  CHECK(rig.eventually([&] { return rig.office.outgoing(ana).size() == 3; }));
  rig.clock.move(24h);
  CHECK(rig.eventually([&] { return rig.office.store.gauges().active_conversations == 0; }));
  rig.on_loop([&] {
    CHECK(rig.office.store.find_conversation({rig.office.contact(ana).key, 1})->reason == "no_reply");
    CHECK(rig.office.outgoing(ana).size() == 3);
  });
}

TEST_CASE("a running campaign starts with each contact that waits, and skips and counts the others") {
  LoopRig rig;
  const std::string cem = "+15125550144";
  rig.office.handle({rig.office.text(ben, "STOP"), rig.office.text(cem, "ROOF")});
  const auto campaign = rig.office.campaign_for({ana, ben, cem});
  rig.loop.start();
  CHECK(rig.eventually([&] { return rig.office.store.find_campaign(campaign.key)->waiting == 0; }));
  rig.on_loop([&] {
    const auto record = *rig.office.store.find_campaign(campaign.key);
    CHECK(record.entered == 1);
    CHECK(record.skipped_opted_out == 1);
    CHECK(record.skipped_active == 1);
    const auto types = rig.office.event_types();
    CHECK(std::count(types.begin(), types.end(), "contact.entered_campaign") == 1);
    CHECK(rig.office.store.find_conversation({rig.office.contact(ana).key, 1})->campaign == campaign.key);
  });
}

TEST_CASE("a paused campaign starts with nobody") {
  LoopRig rig;
  const auto campaign = rig.office.campaign_for({ana});
  rig.office.turns.know_campaign(campaign, false);
  rig.loop.start();
  for (int i = 0; i < 3; ++i) {
    rig.clock.move(1s);
    CHECK(rig.eventually([] { return true; }));
  }
  rig.on_loop([&] { CHECK(rig.office.store.find_campaign(campaign.key)->waiting == 1); });
  rig.on_loop([&] { rig.office.turns.know_campaign(campaign, true); });
  rig.clock.move(1s);
  CHECK(rig.eventually([&] { return rig.office.store.find_campaign(campaign.key)->waiting == 0; }));
}

TEST_CASE("events that nobody waits for go when they are older than the retention, people and conversations stay") {
  LoopRig rig({512, 20'000, 2ms, 24h * 30});
  rig.loop.start();
  rig.send(rig.office.text(ana, "ROOF"));
  rig.send(rig.office.text(ana, "agent"));
  const auto events = [&] { return rig.office.event_types().size(); };
  rig.clock.move(24h * 29);
  for (int i = 0; i < 3; ++i) CHECK(rig.eventually([] { return true; }));
  rig.on_loop([&] { CHECK(events() == 4); });
  rig.clock.move(24h * 2);
  // The newest one stays, so that cursors never go back.
  CHECK(rig.eventually([&] { return events() == 1; }));
  rig.on_loop([&] {
    CHECK(rig.office.store.find_conversation({rig.office.contact(ana).key, 1}));
    CHECK(rig.office.messages(ana).size() == 5);
  });
}
