// Calls of flows on the loop: leased, answered, settled with the decision that takes the answer.
#include <catch2/catch.hpp>

#include <algorithm>
#include <future>

#include "tests/server/loop_rig.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;

namespace {

const std::string priced = "A new roof there costs about $9,000.";
const std::string by_person = "A person will write to you about it.";

// A conversation that waits for its call.
struct Calling : LoopRig {
  Calling() {
    office.turns.flows().publish(price_check(), 1);
    loop.start();
    send(office.text(ana, "PRICE"));
    made = send(office.text(ana, "78701"));
  }

  webhooks::LeasedCalls lease_calls() {
    auto promise = std::make_shared<std::promise<webhooks::LeasedCalls>>();
    auto leased = promise->get_future();
    outbox.lease_calls(16, 4, [promise](webhooks::LeasedCalls calls) { promise->set_value(std::move(calls)); });
    REQUIRE(leased.wait_for(20s) == std::future_status::ready);
    return leased.get();
  }
  webhooks::DueCall lease_one() {
    auto leased = lease_calls();
    REQUIRE(leased.due.size() == 1);
    return leased.due.front();
  }
  webhooks::CallSettlement settled(const webhooks::DueCall& call, int status, const std::string& body) {
    auto reading = webhooks::read_call_answer(call.request, status, body);
    webhooks::CallSettlement settlement;
    settlement.call = call;
    settlement.status = status;
    settlement.took = 20ms;
    settlement.error = reading.error;
    settlement.answer = std::move(reading.answer);
    return settlement;
  }
  void answer(const webhooks::DueCall& call, int status = 200, const std::string& body = R"({"quote":{"price":"$9,000"}})") {
    outbox.settle_calls({settled(call, status, body)});
  }

  std::ptrdiff_t times_said(const std::string& text) {
    const auto sent = office.outgoing(ana);
    return std::count_if(sent.begin(), sent.end(), [&](const auto& message) { return message.text == text; });
  }
  std::string reason() { return office.store.find_conversation({office.contact(ana).key, 1})->reason; }
  std::uint64_t unfinished() { return office.store.gauges().unfinished_calls; }

  server::Handled made;
};

}  // namespace

TEST_CASE("a turn that makes a call says nothing yet; the answer goes on with what it saved") {
  Calling rig;
  REQUIRE(rig.made.decision.calls.size() == 1);
  CHECK(texts(rig.made.decision).empty());
  const auto call = rig.lease_one();
  CHECK(call.request.url == "https://crm.example/quotes?zip=78701");
  CHECK(call.request.body == R"({"zip":"78701"})");
  CHECK(rig.lease_calls().due.empty());
  rig.answer(call);
  CHECK(rig.eventually([&] { return rig.times_said(priced) == 1; }));
  rig.on_loop([&] {
    CHECK(rig.reason() == "priced");
    CHECK(rig.unfinished() == 0);
  });
}

TEST_CASE("an answer that comes twice goes on once") {
  Calling rig;
  const auto call = rig.lease_one();
  rig.answer(call);
  rig.answer(call);
  rig.answer(call, 500, "");
  CHECK(rig.eventually([&] { return rig.reason() == "priced"; }));
  rig.on_loop([&] {
    CHECK(rig.times_said(priced) == 1);
    CHECK(rig.times_said(by_person) == 0);
  });
}

TEST_CASE("a call that fails goes the way of `failed`") {
  Calling rig;
  rig.answer(rig.lease_one(), 404, "");
  CHECK(rig.eventually([&] { return rig.reason() == "no_price"; }));
  rig.on_loop([&] { CHECK(rig.times_said(by_person) == 1); });
}

TEST_CASE("a call that nobody answers fails by its conversation's own timer, and the answer that comes then is void") {
  Calling rig;
  const auto call = rig.lease_one();
  rig.clock.move(1min);
  CHECK(rig.eventually([&] { return rig.reason() == "no_price"; }));
  rig.answer(call);
  CHECK(rig.eventually([&] { return rig.unfinished() == 0; }));
  rig.on_loop([&] {
    CHECK(rig.times_said(by_person) == 1);
    CHECK(rig.times_said(priced) == 0);
  });
}

TEST_CASE("after STOP a call that has not left stays, and an answer to one that has left is void") {
  Calling rig;
  const bool has_left = GENERATE(true, false);
  std::optional<webhooks::DueCall> call;
  if (has_left) call = rig.lease_one();
  rig.send(rig.office.text(ana, "STOP"));
  CHECK(rig.lease_calls().due.empty());
  if (call) rig.answer(*call);
  rig.on_loop([&] {
    CHECK(rig.reason() == "opted_out");
    CHECK(rig.unfinished() == 0);
    CHECK(rig.times_said(priced) == 0);
  });
}

TEST_CASE("a call that goes again tells the flow nothing") {
  Calling rig;
  auto again = rig.settled(rig.lease_one(), 503, "");
  again.retry_at = rig.clock.now() + 500ms;
  rig.outbox.settle_calls({again});
  CHECK(rig.lease_calls().due.empty());
  rig.clock.move(500ms);
  const auto second = rig.lease_one();
  CHECK(second.attempt == 2);
  rig.on_loop([&] { CHECK(rig.reason().empty()); });
  rig.answer(second);
  CHECK(rig.eventually([&] { return rig.reason() == "priced"; }));
}

TEST_CASE("an answer that came while the disk was full goes on once there is room, and once only") {
  Calling rig;
  const auto call = rig.lease_one();
  rig.on_loop([&] { rig.office.store.commit_fails = true; });
  rig.answer(call);
  rig.on_loop([&] {
    CHECK(rig.reason().empty());
    CHECK(rig.unfinished() == 1);
    rig.office.store.commit_fails = false;
  });
  CHECK(rig.eventually([&] { return rig.reason() == "priced"; }));
  rig.on_loop([&] {
    CHECK(rig.times_said(priced) == 1);
    CHECK(rig.unfinished() == 0);
  });
}

TEST_CASE("a call that could not be stored is not made") {
  Calling rig;
  rig.on_loop([&] { rig.office.store.commit_fails = true; });
  rig.send(rig.office.text(ben, "PRICE"));
  CHECK_FALSE(rig.send(rig.office.text(ben, "78701")).stored);
  CHECK(rig.lease_calls().due.size() == 1);  // ana's
}

TEST_CASE("calls are counted by what came of them, with the age of those that wait") {
  Calling rig;
  auto again = rig.settled(rig.lease_one(), 503, "");
  again.retry_at = rig.clock.now();
  rig.outbox.settle_calls({again});
  rig.answer(rig.lease_one());
  CHECK(rig.eventually([&] { return rig.metrics_text().find("answerback_call_attempts_total{result=\"ok\"} 1") != std::string::npos; }));
  CHECK(rig.metrics_text().find("answerback_call_attempts_total{result=\"retry\"} 1") != std::string::npos);
  CHECK(rig.metrics_text().find("answerback_call_attempt_seconds_count 2") != std::string::npos);
}

TEST_CASE("a batch tells that it made a call, so that the dispatcher is woken") {
  Office office;
  office.turns.flows().publish(price_check(), 1);
  office.handle_one(office.text(ana, "PRICE"));
  CHECK_FALSE(office.result.calls_with_work);
  office.handle_one(office.text(ana, "78701"));
  CHECK(office.result.calls_with_work);
}
