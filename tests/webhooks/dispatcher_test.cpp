// The dispatcher's lane for webhooks: what is sent, when, and how many at once.
#include "webhooks/dispatcher.hpp"

#include <catch2/catch.hpp>

#include <thread>

#include "tests/support/eventually.hpp"
#include "tests/webhooks/support/rig.hpp"

using namespace answerback::tests;
using namespace answerback::webhooks;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

std::string header(const HttpRequest& request, const std::string& name) {
  for (const auto& [each, value] : request.headers)
    if (each == name) return value;
  return "";
}

bool verifies(const HttpRequest& request, const Secret& secret, std::int64_t now) {
  return verify(secret, header(request, "webhook-id"), header(request, "webhook-timestamp"), header(request, "webhook-signature"),
                request.body, now);
}

}  // namespace

TEST_CASE("a delivery leaves as it was stored, signed for this attempt") {
  Rig rig;
  auto to = endpoint(1);
  to.headers = {{"X-Crm-Key", "k1"}};
  rig.outbox.add({1}, 7, rig.now());
  rig.know(to);
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  const auto request = rig.client.request(0);
  CHECK(request.method == "POST");
  CHECK(request.url == to.url);
  CHECK(request.body == R"({"id":"evt_7_1","type":"conversation.completed"})");
  CHECK(header(request, "webhook-id") == "evt_7_1");
  CHECK(header(request, "webhook-timestamp") == "1795449600");
  CHECK(verifies(request, to.secrets[0].secret, 1795449600));
  CHECK(header(request, "Content-Type") == "application/json");
  CHECK(header(request, "X-Crm-Key") == "k1");
  auto answer = status(200);
  answer.body = std::string(5000, 'x');
  rig.client.answer(0, answer);
  REQUIRE(rig.settles(1));
  const auto settled = rig.outbox.settled()[0];
  CHECK(settled.status == 200);
  CHECK(settled.next.verdict == Verdict::delivered);
  CHECK(settled.started_at == rig.now());
  CHECK(settled.took == milliseconds(5));
  CHECK(settled.response.size() == 1024);
  CHECK_FALSE(settled.endpoint_changed);
  CHECK(rig.dispatcher.counters().delivered == 1);
}

TEST_CASE("a failed delivery goes again when its schedule says, with the same id and a new time") {
  Rig rig;
  rig.outbox.add({1}, 7, rig.now());
  const auto to = endpoint(1);
  rig.know(to);
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  rig.client.answer(0, status(500));
  REQUIRE(rig.settles(1));
  const auto first = rig.outbox.settled()[0];
  CHECK(first.next.verdict == Verdict::retry);
  CHECK(first.next.due_at > rig.now());
  CHECK(first.endpoint_changed);
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == 1);
  rig.advance(minutes(1));
  REQUIRE(rig.client.wait_for(2));
  const auto second = rig.client.request(1);
  CHECK(header(second, "webhook-id") == "evt_7_1");
  CHECK(header(second, "webhook-timestamp") == "1795449660");
  CHECK(verifies(second, to.secrets[0].secret, 1795449660));
  rig.client.answer(1, no_answer("timeout", false));
  REQUIRE(rig.settles(2));
  CHECK(rig.outbox.settled()[1].error == "timeout");
  CHECK(rig.outbox.settled()[1].delivery.attempt == 2);
}

TEST_CASE("Retry-After is heeded") {
  // RFC 9110 10.2.3.
  Rig rig;
  rig.outbox.add({1}, 7, rig.now());
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  auto answer = status(429);
  answer.headers = {{"retry-after", "3600"}};
  rig.client.answer(0, answer);
  REQUIRE(rig.settles(1));
  CHECK(rig.outbox.settled()[0].next.due_at >= rig.now() + seconds(3600));
  CHECK(rig.outbox.settled()[0].next.failures == 0);
}

TEST_CASE("an endpoint never has more requests under way than its cap") {
  Rig rig;
  rig.outbox.add({1}, 100, rig.now(), 30);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  std::size_t most = 0;
  for (std::size_t answered = 0; answered < 30; ++answered) {
    REQUIRE(eventually([&] { return rig.client.open_to(url_of(1)) == std::min<std::size_t>(4, 30 - answered); }));
    if (answered % 10 == 0) REQUIRE(rig.comes_to_rest());
    most = std::max(most, rig.client.open_to(url_of(1)));
    rig.client.answer(answered, status(200));
  }
  CHECK(most == 4);
  REQUIRE(rig.settles(30));
}

TEST_CASE("of one contact the next event leaves only after the one before was settled") {
  Rig rig;
  for (int i = 0; i < 3; ++i) rig.outbox.add({1}, 7, rig.now());
  rig.know(endpoint(1));
  rig.dispatcher.start();
  for (std::size_t i = 0; i < 3; ++i) {
    REQUIRE(rig.client.wait_for(i + 1));
    REQUIRE(rig.comes_to_rest());
    REQUIRE(rig.client.count() == i + 1);
    rig.client.answer(i, status(200));
  }
  REQUIRE(rig.settles(3));
}

TEST_CASE("an endpoint with much to do does not make the others wait") {
  DispatcherOptions options;
  options.max_in_flight = 8;
  options.per_endpoint = 4;
  Rig rig(options);
  rig.outbox.add({1}, 1000, rig.now(), 500);
  rig.outbox.add({2}, 1, rig.now());
  rig.outbox.add({3}, 2, rig.now());
  for (const int key : {1, 2, 3}) rig.know(endpoint(key));
  rig.dispatcher.start();
  CHECK(eventually([&] { return rig.client.count_to(url_of(2)) == 1 && rig.client.count_to(url_of(3)) == 1; }));
  CHECK(rig.client.count_to(url_of(1)) <= 4);
}

TEST_CASE("however many endpoints hang at once, those that answer keep going") {
  DispatcherOptions options;
  options.max_in_flight = 16;
  Rig rig(options);
  rig.outbox.add({1}, 1, rig.now());
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  rig.client.answer(0, status(200));
  REQUIRE(rig.settles(1));
  for (int key = 2; key <= 40; ++key) {
    rig.outbox.add({key}, key * 1000, rig.now(), 10);
    rig.know(endpoint(key));
  }
  REQUIRE(eventually([&] { return rig.dispatcher.counters().in_flight >= 14; }));
  rig.outbox.add({1}, 50'000, rig.now(), 60);
  rig.dispatcher.wake_endpoints({{1}});
  CHECK(eventually([&] {
    rig.client.answer_all(url_of(1), 200);
    return rig.dispatcher.counters().delivered == 61;
  }));
}

TEST_CASE("an endpoint that says 410 is disabled at once and hears nothing until it is enabled") {
  // Standard Webhooks: 410 Gone means that the endpoint wants no more.
  Rig rig;
  rig.outbox.add({1}, 100, rig.now(), 20);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  rig.client.answer(0, status(410));
  REQUIRE(rig.settles(1));
  const auto gone = rig.outbox.settled()[0];
  CHECK(gone.next.verdict == Verdict::gone);
  CHECK(gone.endpoint_disabled);
  CHECK(gone.endpoint.health.state == HealthState::disabled);
  rig.client.answer(1, status(410));
  REQUIRE(rig.settles(2));
  CHECK_FALSE(rig.outbox.settled()[1].endpoint_disabled);  // it was already
  rig.advance(minutes(10));
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == 4);
  rig.know(endpoint(1));
  CHECK(rig.client.wait_for(6));
}

TEST_CASE("an endpoint that keeps failing is paused, then tried by one request, then trusted again") {
  DispatcherOptions options;
  options.health.trip_after = 3;
  Rig rig(options);
  rig.outbox.add({1}, 100, rig.now(), 20);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  for (std::size_t i = 0; i < 3; ++i) rig.client.answer(i, status(500));
  REQUIRE(rig.settles(3));
  REQUIRE(rig.comes_to_rest());
  const auto before = rig.client.count();
  for (std::size_t i = 3; i < before; ++i) rig.client.answer(i, status(500));
  REQUIRE(rig.settles(before));
  CHECK(rig.outbox.settled().back().endpoint.health.state == HealthState::failing);
  rig.advance(seconds(29));
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == before);
  rig.advance(seconds(2));
  REQUIRE(rig.client.wait_for(before + 1));
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == before + 1);
  rig.client.answer(before, status(200));
  REQUIRE(rig.settles(before + 1));
  CHECK(rig.outbox.settled().back().endpoint.health.state == HealthState::healthy);
  CHECK(rig.client.wait_for(before + 2));
}

TEST_CASE("a store that fails to lease is asked again") {
  Rig rig;
  rig.outbox.add({1}, 7, rig.now());
  rig.outbox.fail_next_lease();
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(eventually([&] { return rig.outbox.lease_calls() == 1; }));
  rig.advance(seconds(1));
  CHECK(rig.client.wait_for(1));
}

TEST_CASE("an endpoint that was removed gets nothing more, and what was under way is still settled") {
  Rig rig;
  rig.outbox.add({1}, 100, rig.now(), 20);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  rig.dispatcher.remove_endpoint({1});
  rig.client.answer(0, status(410));
  REQUIRE(rig.settles(1));
  CHECK_FALSE(rig.outbox.settled()[0].endpoint_changed);
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == 4);
}

TEST_CASE("stopping starts nothing more, waits for what is under way, and settles it") {
  Rig rig;
  rig.outbox.add({1}, 100, rig.now(), 20);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  std::thread stopper([&] { rig.dispatcher.stop(seconds(10)); });
  CHECK(rig.begins_to_stop());  // answers that come before would let more start
  for (std::size_t i = 0; i < 4; ++i) rig.client.answer(i, status(200));
  stopper.join();
  CHECK(rig.client.count() == 4);
  CHECK(rig.outbox.settled().size() == 4);
}

TEST_CASE("stopping is not held up by who never answers, and a later answer is harmless") {
  Rig rig;
  rig.outbox.add({1}, 100, rig.now(), 2);
  rig.know(endpoint(1));
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(2));
  rig.dispatcher.stop(milliseconds(20));
  rig.client.answer(0, status(200));
  CHECK(rig.outbox.settled().empty());
}

TEST_CASE("a clock that is set back does not prolong a pause") {
  Rig rig;
  const auto long_due = rig.now() - std::chrono::hours(3);
  auto paused = endpoint(1);
  paused.health.state = HealthState::failing;
  paused.health.paused_until = rig.now() + minutes(1);
  rig.know(paused);
  rig.know(endpoint(2));
  rig.outbox.add({1}, 7, long_due);
  rig.outbox.add({2}, 8, long_due);
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  rig.outbox.add({2}, 9, long_due);
  rig.advance(-std::chrono::hours(1));
  REQUIRE(rig.client.wait_for(2));
  CHECK(rig.client.count_to(url_of(1)) == 0);
  rig.advance(minutes(1));
  REQUIRE(rig.client.wait_for(3));
  CHECK(rig.client.count_to(url_of(1)) == 1);
}
