#include "server/rehearsal/rehearsal.hpp"

#include <catch2/catch.hpp>

#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;

namespace {

const engine::Instant monday = *flows::parse_iso8601("2026-03-02T15:00:00Z");

server::Rehearsal roof(engine::Values fields = {}) { return {example_flow("roof-estimate"), std::move(fields), monday}; }

}  // namespace

TEST_CASE("a rehearsed conversation goes as the real one: texts, events and the outcome with its answers") {
  auto rehearsal = roof();
  CHECK(rehearsal.start().texts == std::vector<std::string>{"Hi there, Acme Roofing here. Reply STOP to opt out.",
                                                            "What do you need? 1) repair 2) replacement 3) inspection"});
  CHECK(rehearsal.say("its leaking").texts == std::vector<std::string>{"About how old is the roof, in years?"});
  rehearsal.say("12");
  const auto last = rehearsal.say("78701");
  REQUIRE(last.ended);
  CHECK(last.ended->life == engine::Life::completed);
  CHECK(last.ended->reason == "estimate_requested");
  CHECK(*flows::find(last.ended->answers, "service") == flows::Value{std::string("repair")});
  REQUIRE(last.events.size() == 1);
  CHECK(last.events.front().type == "conversation.completed");
  CHECK(rehearsal.passed() == std::vector<std::string>{"greet", "service", "age", "zip", "booked"});
}

TEST_CASE("the contact of a rehearsal has its fields from the first text on") {
  auto rehearsal = roof({{"first_name", std::string("Ana")}});
  CHECK(rehearsal.start().texts.front() == "Hi Ana, Acme Roofing here. Reply STOP to opt out.");
}

TEST_CASE("every timer on the way fires at its own instant, and the clock ends where it was sent") {
  auto rehearsal = roof();
  rehearsal.start();
  CHECK(rehearsal.wait(59min).texts.empty());
  CHECK(rehearsal.wait(1min).texts == std::vector<std::string>{"Still there? What does your roof need?"});
  const auto last = rehearsal.wait(24h * 30);
  CHECK(rehearsal.now() == monday + 1h + 24h * 30);
  REQUIRE(last.ended);
  CHECK(last.ended->reason == "no_reply");
  CHECK(last.ended->ended_at <= monday + 25h);
  CHECK(rehearsal.conversation()->life == engine::Life::discarded);
}

TEST_CASE("what the engine refuses is told: a second start, a start after STOP") {
  auto rehearsal = roof();
  rehearsal.start();
  CHECK(rehearsal.start().refusal == engine::Refusal::active_conversation);
  CHECK(rehearsal.say("STOP").texts.size() == 1);
  CHECK(rehearsal.say("ROOF").texts.empty());
  CHECK(rehearsal.start().refusal == engine::Refusal::opted_out);
  CHECK(rehearsal.say("START").refusal == engine::Refusal::none);
  CHECK(rehearsal.start().texts.size() == 2);
}

TEST_CASE("bytes that are no text do no harm to a rehearsal") {
  auto rehearsal = roof();
  rehearsal.start();
  CHECK(rehearsal.say(std::string("\xff\xfe\0", 3)).texts.size() == 1);
  CHECK(rehearsal.say(std::string(100'000, 'x')).texts.size() == 1);
  CHECK(rehearsal.say("").ended);
}

TEST_CASE("a rehearsal makes no network call: it shows the request and takes the answer that it is given") {
  server::Rehearsal rehearsal(price_check(), {}, monday);
  rehearsal.start();
  CHECK_FALSE(rehearsal.pending_call());
  const auto asked = rehearsal.say("78701");
  REQUIRE(asked.calls.size() == 1);
  CHECK(asked.calls[0].method == "POST");
  CHECK(asked.calls[0].url == "https://crm.example/quotes?zip=78701");
  CHECK(rehearsal.pending_call() == asked.calls[0]);
  const auto last = rehearsal.answer(asked.calls[0], 200, R"({"quote":{"price":9000}})");
  CHECK(last.texts == std::vector<std::string>{"A new roof there costs about 9000."});
  CHECK(last.ended->reason == "priced");
  CHECK_FALSE(rehearsal.pending_call());
  CHECK(rehearsal.answer(asked.calls[0], 200, R"({"quote":{"price":1}})").texts.empty());
}

TEST_CASE("a rehearsed call fails by its status, by an answer that can't be read, or by its time") {
  server::Rehearsal rehearsal(price_check(), {}, monday);
  rehearsal.start();
  const auto call = rehearsal.say("78701").calls.at(0);
  const auto how = GENERATE(as<std::string>{}, "status", "unreadable", "nobody", "time");
  const auto last = how == "status" ? rehearsal.answer(call, 404)
                    : how == "unreadable" ? rehearsal.answer(call, 200, "{}")
                    : how == "nobody"     ? rehearsal.answer(call, 0)
                                          : rehearsal.wait(1min);
  REQUIRE(last.ended);
  CHECK(last.ended->reason == "no_price");
}
