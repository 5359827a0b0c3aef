// The dispatcher's lane for texts: at most once, with what is certain repeated and what is not left visible.
#include <catch2/catch.hpp>

#include <thread>

#include "tests/support/eventually.hpp"
#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/rig.hpp"
#include "webhooks/dispatch/handover.hpp"

using namespace answerback::tests;
using namespace answerback::webhooks;
using answerback::webhooks::dispatch::max_send_attempts;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Result = answerback::engine::Handover::Result;

namespace {

SendSettlement settle(Rig& rig, std::uint32_t attempt, const HttpAnswer& answer, std::optional<answerback::flows::Instant> expires_at = {}) {
  DueSend send;
  send.message = text(7);
  send.message.expires_at = expires_at;
  send.attempt = attempt;
  return dispatch::settle_send(send, rig.lane, answer, false, rig.now());
}

}  // namespace

TEST_CASE("a text goes to its carrier and the carrier's word is settled") {
  Rig rig;
  rig.outbox.add_text(text(7), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  CHECK(rig.client.request(0).body == "Hi there");
  CHECK(rig.client.request(0).may_start());
  auto answer = status(201);
  answer.body = "SM1";
  rig.client.answer(0, answer);
  REQUIRE(rig.settles_texts(1));
  const auto settled = rig.outbox.settled_texts()[0];
  CHECK(settled.result == Result::accepted);
  CHECK(settled.provider_id == "SM1");
  CHECK_FALSE(settled.retry);
}

TEST_CASE("a text that was due while the store would not answer goes soon after, though nothing else happens") {
  Rig rig;
  rig.outbox.leases_to_fail = 1;
  rig.outbox.add_text(text(7), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  CHECK(rig.outbox.leases_to_fail == 0);
}

TEST_CASE("a text for a carrier that nobody knows is refused") {
  Rig rig;
  rig.outbox.add_text(text(7, "pigeon"), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles_texts(1));
  CHECK(rig.outbox.settled_texts()[0].result == Result::refused);
  CHECK(rig.outbox.settled_texts()[0].error == "no_carrier");
  CHECK(rig.client.count() == 0);
}

TEST_CASE("no more texts are under way than there are slots") {
  DispatcherOptions options;
  options.sends.total = 3;
  Rig rig(options);
  for (int contact = 1; contact <= 9; ++contact) rig.outbox.add_text(text(contact), rig.now());
  rig.dispatcher.start();
  for (std::size_t answered = 0; answered < 9; ++answered) {
    REQUIRE(rig.client.wait_for(std::min<std::size_t>(answered + 3, 9)));
    CHECK(rig.dispatcher.counters().in_flight <= 3);
    rig.client.answer(answered, status(201));
  }
  REQUIRE(rig.settles_texts(9));
}

TEST_CASE("a sender that hangs takes its own slots, and the texts of others go on") {
  DispatcherOptions options;
  options.sends = {8, 4, 2};
  Rig rig(options);
  const auto texts = [&](int first, int count, const std::string& sender) {
    for (int contact = first; contact < first + count; ++contact) {
      auto message = text(contact);
      message.from = message.text = sender;
      rig.outbox.add_text(message, rig.now());
    }
  };
  texts(1, 50, "+15125550100");
  texts(51, 3, "+15125550101");
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(3));  // two that hang, one of the other sender
  for (std::size_t i = 0; i < 5; ++i) {
    REQUIRE(rig.client.wait_for(i + 1));
    if (rig.client.request(i).body == "+15125550101") rig.client.answer(i, status(201));
  }
  REQUIRE(rig.settles_texts(3));
  for (const auto& settled : rig.outbox.settled_texts()) CHECK(settled.send.message.from == "+15125550101");
  CHECK(rig.client.count() == 5);
}

TEST_CASE("a text that the gate stops is suppressed, not repeated") {
  Rig rig;
  rig.may_start = false;
  rig.outbox.add_text(text(7), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  CHECK_FALSE(rig.client.request(0).may_start());
  rig.client.answer(0, no_answer("not_started", true));
  REQUIRE(rig.settles_texts(1));
  CHECK(rig.outbox.settled_texts()[0].result == Result::suppressed);
  CHECK_FALSE(rig.outbox.settled_texts()[0].retry);
}

TEST_CASE("a text asks for its mark when its connection stands, and what the store has settled is not settled again") {
  const auto start = GENERATE(SendStart::suppressed, SendStart::expired, SendStart::gone);
  Sink carrier([](const SeenRequest&) { return reply(201, "SM1"); });
  BeastClient client(loopback_options());
  Rig rig({}, &client, carrier.url());
  rig.outbox.sends_start = start;
  rig.outbox.add_text(text(7), rig.now());
  rig.dispatcher.start();
  REQUIRE(eventually([&] { return carrier.connections() == 1 && rig.dispatcher.counters().in_flight == 0; }));
  rig.outbox.sends_start = SendStart::go;
  rig.outbox.add_text(text(8), rig.now());
  rig.dispatcher.wake_sends();
  REQUIRE(rig.settles_texts(1));
  CHECK(rig.outbox.settled_texts().size() == 1);
  CHECK(rig.outbox.settled_texts()[0].send.message.id.contact.value == 8);
  CHECK(carrier.seen().size() == 1);
}

TEST_CASE("without an answer a text goes again only when nothing of it was written") {
  Rig rig;
  for (const auto* error : {"dns", "connect", "tls", "timeout", "refused_address", "not_started"}) {
    const auto settled = settle(rig, 1, no_answer(error, true));
    CHECK(settled.retry);
    CHECK(settled.retry_at == rig.now() + seconds(1));
    CHECK(settled.error == error);
  }
  for (const auto* error : {"timeout", "reset", "protocol"}) {
    const auto settled = settle(rig, 1, no_answer(error, false));
    CHECK_FALSE(settled.retry);
    CHECK(settled.result == Result::unknown);
    CHECK(settled.error == error);
  }
}

TEST_CASE("a text waits twice as long each time, five minutes at most, and gives up after twelve attempts") {
  Rig rig;
  const auto waits = std::vector<int>{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
  for (std::uint32_t attempt = 1; attempt <= waits.size(); ++attempt) {
    const auto settled = settle(rig, attempt, status(503));
    CHECK(settled.retry);
    CHECK(settled.retry_at == rig.now() + seconds(waits[attempt - 1]));
  }
  const auto last = settle(rig, max_send_attempts, status(503));
  CHECK_FALSE(last.retry);
  CHECK(last.result == Result::refused);
}

TEST_CASE("a carrier that asks to wait longer is heeded, and a text is not repeated beyond its own time") {
  Rig rig;
  auto answer = status(503);
  answer.headers = {{"retry-after", "90"}};
  CHECK(settle(rig, 1, answer).retry_at == rig.now() + seconds(90));
  const auto late = settle(rig, 1, answer, rig.now() + seconds(60));
  CHECK_FALSE(late.retry);
  CHECK(late.result == Result::expired);
  CHECK(settle(rig, 1, status(503), rig.now() + seconds(60)).retry);
}

TEST_CASE("a text that was not taken goes again in time") {
  Rig rig;
  rig.outbox.add_text(text(7), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.client.wait_for(1));
  rig.client.answer(0, no_answer("connect", true));
  REQUIRE(rig.settles_texts(1));
  rig.advance(seconds(1));
  REQUIRE(rig.client.wait_for(2));
  rig.client.answer(1, status(201));
  REQUIRE(rig.settles_texts(2));
  CHECK(rig.outbox.settled_texts()[1].send.attempt == 2);
}

TEST_CASE("a carrier that takes a text and drops the line is not sent it again") {
  Sink carrier([](const SeenRequest&) { return SinkReply{"", SinkReply::Then::close, {}}; });
  BeastClient client(loopback_options());
  Rig rig({}, &client, carrier.url());
  for (int contact = 1; contact <= 20; ++contact) rig.outbox.add_text(text(contact), rig.now());
  rig.dispatcher.start();
  REQUIRE(rig.settles_texts(20));
  rig.advance(minutes(30));
  REQUIRE(rig.comes_to_rest());
  rig.dispatcher.stop(seconds(5));
  CHECK(carrier.seen().size() == 20);
  REQUIRE(rig.outbox.settled_texts().size() == 20);
  for (const auto& settled : rig.outbox.settled_texts()) CHECK(settled.result == Result::unknown);
}
