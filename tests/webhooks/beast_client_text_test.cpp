// The promises that texts need: at most once, and the last look at consent right before the first byte.
#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "tests/support/eventually.hpp"
#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/sink.hpp"

using namespace answerback::tests;
using answerback::webhooks::BeastClient;
using std::chrono::milliseconds;
using Then = SinkReply::Then;

namespace {

// Answers the first request of a connection and drops the connection on the second, after having read it: what a client
// sees that writes just when the server closes an idle connection.
SinkReply drops_second(const SeenRequest& request) {
  return request.on_connection == 1 ? reply(200, "ok") : SinkReply{"", Then::close, {}};
}

}  // namespace

TEST_CASE("a text that may not start sends no byte") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  BeastClient client(loopback_options());
  auto request = post(sink.url());
  std::atomic<int> asked{0};
  const bool throws = GENERATE(false, true);
  request.may_start = [&]() -> bool {
    ++asked;
    if (throws) throw std::runtime_error("the store is gone");
    return false;
  };
  const auto answer = exchange(client, request);
  CHECK(answer.error == "not_started");
  CHECK(answer.before_send);
  CHECK(asked == 1);
  CHECK(sink.seen().empty());
}

TEST_CASE("consent is looked at after the connection stands, not when the text was handed in") {
  Sink sink([](const SeenRequest&) { return reply(201, "{}"); });
  BeastClient client(loopback_options());
  auto request = post(sink.url());
  std::atomic<int> connections_when_asked{-1};
  request.may_start = [&] {
    eventually([&] { return sink.connections() == 1; });
    connections_when_asked = sink.connections();
    return true;
  };
  CHECK(exchange(client, request).status == 201);
  CHECK(connections_when_asked == 1);
}

TEST_CASE("the first byte waits until the store has marked the text") {
  Sink sink([](const SeenRequest&) { return reply(201, "{}"); });
  BeastClient client(loopback_options());
  auto request = post(sink.url());
  const bool go = GENERATE(true, false);
  std::thread store;
  std::size_t seen_before = 1;
  request.announce = [&](std::function<void(bool)> done) {
    store = std::thread([&, done = std::move(done)] {
      eventually([&] { return sink.connections() == 1; });
      seen_before = sink.seen().size();
      done(go);
    });
  };
  const auto answer = exchange(client, request);
  store.join();
  CHECK(seen_before == 0);
  CHECK(answer.status == (go ? 201 : 0));
  CHECK(sink.seen().size() == (go ? 1 : 0));
  if (!go) CHECK(answer.before_send);
}

TEST_CASE("a mark that never comes ends with the deadline, and one that comes after the client's end is nobody's") {
  Sink sink([](const SeenRequest&) { return reply(201, "{}"); });
  std::function<void(bool)> late;
  {
    BeastClient client(loopback_options());
    auto request = post(sink.url(), milliseconds(100));
    request.announce = [&](std::function<void(bool)> done) { late = std::move(done); };
    const auto answer = exchange(client, request);
    CHECK(answer.error == "timeout");
    CHECK(answer.before_send);
  }
  late(true);
  CHECK(sink.seen().empty());
}

TEST_CASE("a kept connection that closes while a text waits for its mark is replaced") {
  Sink sink([](const SeenRequest&) { return reply(200, "ok"); });
  BeastClient client(loopback_options());
  CHECK(exchange(client, post(sink.url())).status == 200);
  auto text = post(sink.url());
  std::atomic<bool> hung_up{false};
  text.announce = [&](const std::function<void(bool)>& done) {
    hung_up = sink.connections() == 1 && sink.hang_up();
    done(true);
  };
  CHECK(exchange(client, text).status == 200);
  CHECK(hung_up);
  CHECK(sink.connections() == 2);
  CHECK(sink.seen().size() == 2);
}

TEST_CASE("a webhook on a kept connection that turns out closed goes again on a new one") {
  Sink sink(drops_second);
  BeastClient client(loopback_options());
  const auto first = exchange(client, post(sink.url()));
  CHECK(first.status == 200);
  CHECK_FALSE(first.lost_after);
  const auto second = exchange(client, post(sink.url()));
  CHECK(second.status == 200);
  REQUIRE(second.lost_after);
  CHECK(*second.lost_after <= second.took);
  CHECK(sink.connections() == 2);
  CHECK(sink.seen().size() == 3);
}

TEST_CASE("a text on a kept connection that turns out closed is not written twice") {
  Sink sink(drops_second);
  BeastClient client(loopback_options());
  CHECK(exchange(client, post(sink.url())).status == 200);
  auto text = post(sink.url());
  text.may_start = [] { return true; };
  const auto answer = exchange(client, text);
  CHECK(answer.error == "reset");
  CHECK_FALSE(answer.before_send);
  CHECK_FALSE(answer.lost_after);
  CHECK(sink.seen().size() == 2);
}

TEST_CASE("a connection that the server has closed already is not used for a text") {
  Sink sink([](const SeenRequest&) { return reply(200, "ok"); });  // promises to stay
  BeastClient client(loopback_options());
  CHECK(exchange(client, post(sink.url())).status == 200);
  REQUIRE(sink.hang_up());
  auto text = post(sink.url());
  text.may_start = [] { return true; };
  CHECK(exchange(client, text).status == 200);
  CHECK(sink.seen().size() == 2);
}

TEST_CASE("a text whose carrier takes it and then hangs or drops stays unknown") {
  const auto script = GENERATE(SinkReply{"", Then::reset, {}}, SinkReply{"", Then::close, {}}, SinkReply{"", Then::hang, {}});
  Sink sink([&](const SeenRequest&) { return script; });
  BeastClient client(loopback_options());
  auto text = post(sink.url(), milliseconds(300));
  text.may_start = [] { return true; };
  const auto answer = exchange(client, text);
  CHECK(answer.status == 0);
  CHECK_FALSE(answer.before_send);
  CHECK(sink.seen().size() == 1);
}
