// Dispatcher and client together against receivers on the loopback.
#include <catch2/catch.hpp>

#include <map>
#include <memory>

#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/rig.hpp"

using namespace answerback::tests;
using namespace answerback::webhooks;
using std::chrono::seconds;

TEST_CASE("one hanging endpoint of ten takes nothing from the others") {
  Sink hanging([](const SeenRequest&) { return SinkReply{"", SinkReply::Then::hang, {}}; });
  Sink healthy([](const SeenRequest&) { return reply(200, "ok"); });
  BeastClient client(loopback_options());
  Rig rig({}, &client);
  for (int key = 1; key <= 10; ++key) {
    rig.outbox.add({key}, key * 1000, rig.now(), 40);
    rig.know(endpoint(key, key == 1 ? hanging.url() : healthy.url()));
  }
  rig.dispatcher.start();
  CHECK(rig.settles(360));
  CHECK(rig.dispatcher.counters().delivered == 360);
  CHECK(hanging.seen().size() <= 4);
  CHECK(rig.dispatcher.counters().in_flight <= 4);
}

TEST_CASE("each kind of answer leads where the schedule says") {
  const std::map<std::string, std::pair<SinkReply, Verdict>> cases = {
      {"200", {reply(200), Verdict::delivered}},
      {"204", {{"HTTP/1.1 204 No Content\r\n\r\n", SinkReply::Then::keep, {}, {}}, Verdict::delivered}},
      {"301", {reply(301, "", "Location: http://127.0.0.1:1/login?token=s3cret\r\n"), Verdict::retry}},
      {"410", {reply(410), Verdict::gone}},
      {"429", {reply(429, "", "Retry-After: 7\r\n"), Verdict::retry}},
      {"500", {reply(500), Verdict::retry}},
      {"reset", {{"", SinkReply::Then::reset, {}, {}}, Verdict::retry}},
      {"half", {{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal", SinkReply::Then::close, {}, {}}, Verdict::retry}},
      {"huge", {reply(200, std::string(1'000'000, 'x')), Verdict::delivered}},
      {"silent", {{"", SinkReply::Then::hang, {}, {}}, Verdict::retry}},
  };
  DispatcherOptions options;
  options.timeout = std::chrono::milliseconds(500);
  BeastClient client(loopback_options());
  Rig rig(options, &client);
  std::vector<std::unique_ptr<Sink>> sinks;
  std::map<std::int64_t, std::string> names;
  for (const auto& [name, expected] : cases) {
    const auto key = static_cast<std::int64_t>(sinks.size()) + 1;
    names[key] = name;
    sinks.push_back(std::make_unique<Sink>([answer = expected.first](const SeenRequest&) { return answer; }));
    rig.outbox.add({key}, key, rig.now());
    rig.know(endpoint(key, sinks.back()->url()));
  }
  rig.dispatcher.start();
  REQUIRE(rig.settles(cases.size()));
  for (const auto& settled : rig.outbox.settled()) {
    const auto& name = names.at(settled.endpoint.key.value);
    INFO(name);
    CHECK(settled.next.verdict == cases.at(name).second);
    if (name == "301") CHECK(settled.error == "redirect: http://127.0.0.1:1/login?***");
    if (name == "half") CHECK((settled.status == 200 && settled.error == "reset"));
  }
  rig.dispatcher.stop(seconds(5));
}

TEST_CASE("everything that is due is delivered once, in each contact's order") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  BeastClient client(loopback_options());
  Rig rig({}, &client);
  for (int round = 0; round < 5; ++round) rig.outbox.add({1}, 100, rig.now(), 100);
  auto fresh = endpoint(1, sink.url());
  fresh.health.ramp = 0;  // slow start included
  rig.know(fresh);
  rig.dispatcher.start();
  REQUIRE(rig.settles(500));
  rig.dispatcher.stop(seconds(5));
  std::map<std::string, int> last;  // by contact
  CHECK(sink.seen().size() == 500);
  for (const auto& request : sink.seen()) {
    const auto id = request.headers.at("webhook-id");  // evt_<contact>_<row>
    const auto contact = id.substr(0, id.rfind('_'));
    const int row = std::stoi(id.substr(id.rfind('_') + 1));
    CHECK(row > last[contact]);
    last[contact] = row;
  }
}

TEST_CASE("a webhook over a kept connection that turns out closed is two attempts, and a failure of neither delivery nor endpoint") {
  // The first connection takes one request and closes on the second, which a new connection takes.
  Sink sink([](const SeenRequest& request) {
    return request.connection == 1 && request.on_connection == 2 ? SinkReply{"", SinkReply::Then::close, {}, {}} : reply(200, "ok");
  });
  BeastClient client(loopback_options());
  Rig rig({}, &client);
  rig.know(endpoint(1, sink.url()));
  rig.outbox.add({1}, 100, rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles(1));
  rig.outbox.add({1}, 101, rig.now());
  rig.dispatcher.wake_endpoints({{1}});
  REQUIRE(rig.settles(2));
  const auto settled = rig.outbox.settled();
  CHECK_FALSE(settled[0].lost);
  REQUIRE(settled[1].lost);
  CHECK(settled[1].lost->number == 1);
  CHECK(settled[1].delivery.attempt == 2);
  CHECK(settled[1].started_at >= settled[1].lost->at + settled[1].lost->took);
  CHECK(settled[1].next.verdict == Verdict::delivered);
  CHECK(settled[1].next.failures == 0);
  CHECK(settled[1].endpoint.health.failures == 0);
  CHECK(sink.seen().size() == 3);
}
