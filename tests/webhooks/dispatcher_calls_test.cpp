// The dispatcher's lane for the calls of flows.
#include <catch2/catch.hpp>

#include <thread>

#include "tests/support/eventually.hpp"
#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/rig.hpp"

using namespace answerback::tests;
using namespace answerback::webhooks;
using namespace std::chrono_literals;
using answerback::engine::CallRequest;

namespace {

const std::string crm = "https://crm.example.com/price";

CallRequest real_call(const Rig& rig, const std::string& url, std::int64_t contact = 7) {
  auto call = call_to(url, contact);
  call.give_up_at = rig.now() + 2s;
  call.save = {{"vars.price", "/price"}};
  return call;
}

// A dispatcher whose requests really go to the loopback, and what one call to a receiver like this comes to.
CallSettlement outcome_of(const SinkReply& behaviour, UrlRules rules = loopback_options().rules) {
  const Sink sink([behaviour](const SeenRequest&) { return behaviour; });
  BeastClientOptions options;
  options.rules = std::move(rules);
  BeastClient client(options);
  Rig rig({}, &client);
  auto call = real_call(rig, sink.url());
  call.give_up_at = rig.now() + 400ms;  // less than the pause before a second try
  rig.outbox.add_call(call, rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles_calls(1));
  return rig.outbox.settled_calls().front();
}

}  // namespace

TEST_CASE("a call is made once it is due, and its answer is settled") {
  Rig rig;
  auto call = call_to(crm);
  call.save = {{"vars.price", "/price"}};
  rig.outbox.add_call(call, rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  CHECK(rig.client.request(0).url == crm);
  auto answer = status(200);
  answer.body = R"({"price":"$120"})";
  rig.client.answer(0, answer);
  REQUIRE(rig.settles_calls(1));
  const auto settled = rig.outbox.settled_calls().front();
  CHECK(settled.answer.ok);
  CHECK(settled.answer.values == answerback::flows::Values{{"vars.price", std::string("$120")}});
  CHECK(rig.dispatcher.counters().calls == 1);
}

TEST_CASE("a call that may work later goes again under the same id, until an answer comes") {
  Rig rig;
  rig.outbox.add_call(call_to(crm), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  rig.client.answer(0, status(503));
  REQUIRE(rig.settles_calls(1));
  CHECK(rig.outbox.settled_calls()[0].retry_at == rig.now() + 500ms);
  rig.advance(499ms);
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.count() == 1);
  rig.advance(1ms);
  REQUIRE(rig.client.wait_for(2));
  CHECK(rig.client.request(1).headers == rig.client.request(0).headers);
  rig.client.answer(1, status(204));
  REQUIRE(rig.settles_calls(2));
  CHECK(rig.outbox.settled_calls()[1].answer.ok);
}

TEST_CASE("a host has four calls under way at most, and all hosts together no more than there are slots") {
  DispatcherOptions options;
  options.call_slots = 6;
  Rig rig(options);
  const std::string other = "https://other.example.com/";
  for (int contact = 1; contact <= 6; ++contact) rig.outbox.add_call(call_to(crm, contact), rig.now());
  for (int contact = 7; contact <= 12; ++contact) rig.outbox.add_call(call_to(other, contact), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(6));
  REQUIRE(rig.comes_to_rest());
  CHECK(rig.client.open_to(crm) == 4);
  CHECK(rig.client.open_to(other) == 2);
  rig.client.answer_all(other, 204);
  REQUIRE(rig.client.wait_for(8));
  CHECK(rig.client.open_to(other) == 2);
  CHECK(rig.client.open_to(crm) == 4);
}

TEST_CASE("calls that hang hold no webhook up, and webhooks that hang no call") {
  DispatcherOptions options;
  options.max_in_flight = 8;  // of which one endpoint that has not shown to be quick gets four
  options.call_slots = 4;
  Rig rig(options);
  for (int contact = 1; contact <= 8; ++contact) rig.outbox.add_call(call_to(crm, contact), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  rig.outbox.add({1}, 1, rig.now(), 8);
  rig.know(endpoint(1));
  REQUIRE(eventually([&] { return rig.client.open_to(url_of(1)) == 4; }));
  rig.client.answer_all(crm, 204);
  REQUIRE(eventually([&] { return rig.client.count_to(crm) == 8; }));
}

TEST_CASE("a call with a secret that nobody configured fails without a request") {
  Rig rig;
  auto call = call_to(crm);
  call.secret_headers = {{"Authorization", "crm_token"}};
  rig.outbox.add_call(call, rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles_calls(1));
  CHECK(rig.outbox.settled_calls()[0].error == "unknown_secret:crm_token");
  CHECK_FALSE(rig.outbox.settled_calls()[0].answer.ok);
  CHECK(rig.client.count() == 0);
}

TEST_CASE("the lane asks again when the store would not answer") {
  Rig rig;
  rig.outbox.fail_next_lease();
  rig.outbox.add_call(call_to(crm), rig.now());
  rig.dispatcher.start();
  rig.advance(0ms);
  CHECK(rig.client.wait_for(1));
}

TEST_CASE("a call that was due while the store would not answer is made soon after, though nothing else happens") {
  Rig rig;
  rig.outbox.leases_to_fail = 2;  // of texts and of calls
  rig.outbox.add_call(call_to(crm), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  CHECK(rig.outbox.leases_to_fail == 0);
}

TEST_CASE("stopping waits for the calls under way and starts no more") {
  Rig rig;
  for (int contact = 1; contact <= 5; ++contact) rig.outbox.add_call(call_to(crm, contact), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(4));
  std::thread stopper([&] { rig.dispatcher.stop(10s); });
  CHECK(rig.begins_to_stop());
  rig.client.answer_all(crm, 204);
  stopper.join();
  CHECK(rig.outbox.settled_calls().size() == 4);
  CHECK(rig.client.count() == 4);
}

TEST_CASE("what receivers really do leads a call where it should") {
  CHECK(outcome_of(reply(200, R"({"price":12})")).answer.ok);
  CHECK(outcome_of(reply(200, "<html>")).error == "not_json");
  CHECK(outcome_of(reply(200, R"({"cost":12})")).error == "pointer");
  CHECK(outcome_of(reply(200, R"({"price":12,"more":")" + std::string(70'000, 'x') + "\"}")).error == "answer_size");
  CHECK(outcome_of(reply(301, R"({"price":12})", "Location: http://127.0.0.1:1/\r\n")).error == "status");
  CHECK(outcome_of(reply(500)).status == 500);
  CHECK(outcome_of({"", SinkReply::Then::hang, {}}).error == "timeout");
  CHECK(outcome_of({reply(200, R"({"price":12})").bytes, SinkReply::Then::keep, 50ms}).error == "timeout");
  CHECK(outcome_of({"", SinkReply::Then::reset, {}}).error == "reset");
  CHECK(outcome_of({"hello\r\n\r\n", SinkReply::Then::close, {}}).error == "protocol");
}

TEST_CASE("a private address is refused to calls as it is to webhooks, unless it is allowed") {
  const auto refused = outcome_of(reply(200, R"({"price":12})"), {});
  CHECK(refused.error == "refused_address");
  CHECK_FALSE(refused.retry_at);
}

TEST_CASE("nobody listens: tried again, then given up") {
  std::string url;
  {
    const Sink gone([](const SeenRequest&) { return reply(200); });
    url = gone.url();
  }
  BeastClient client(loopback_options());
  Rig rig({}, &client);
  rig.outbox.add_call(real_call(rig, url), rig.now());
  rig.dispatcher.start();
  for (std::size_t tries = 1; tries <= 2; ++tries) {
    REQUIRE(rig.settles_calls(tries));
    rig.advance(1s);
  }
  const auto settled = rig.outbox.settled_calls();
  CHECK(settled.front().error == "connect");
  CHECK(settled.front().retry_at);
  CHECK_FALSE(settled.back().retry_at);
}

TEST_CASE("a value that would break out of its header never leaves") {
  BeastClient client(loopback_options());
  Rig rig({}, &client);
  const Sink sink([](const SeenRequest&) { return reply(200, R"({"price":12})"); });
  auto call = real_call(rig, sink.url());
  call.headers = {{"X-Name", "Ana\r\nX-Admin: yes"}};
  rig.outbox.add_call(call, rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles_calls(1));
  CHECK(rig.outbox.settled_calls()[0].error == "protocol");
  CHECK(sink.seen().empty());
}
