#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/server/http/test_server.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::server;
using namespace answerback::server::testing;
using namespace std::chrono_literals;

namespace {

const std::string plain_request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

HttpLimits short_limits() {
  HttpLimits limits;
  limits.head_timeout = 150ms;
  limits.body_timeout = 600ms;
  limits.body_grace = 150ms;
  limits.idle_timeout = 150ms;
  limits.write_timeout = 150ms;
  limits.linger_timeout = 100ms;
  return limits;
}

// One byte every 20 ms until the server has answered or closed.
int drip(RawClient& client, const std::string& bytes) {
  auto answer = std::async(std::launch::async, [&] { return client.answer().status; });
  for (const char byte : bytes) {
    if (answer.wait_for(20ms) == std::future_status::ready) break;
    client.send(std::string(1, byte));
  }
  return answer.get();
}

}  // namespace

TEST_CASE("half a head and silence is answered 408 and closed") {
  TestServer server(short_limits());
  auto client = server.client();
  CHECK(client.ask("GET / HTTP/1.1\r\nHost:").status == 408);
  CHECK(client.is_closed());
  CHECK(server.has_connections(0));
}

TEST_CASE("a connection on which nothing is ever said is closed without a word") {
  TestServer server(short_limits());
  auto client = server.client();
  CHECK(client.rest().empty());
  CHECK(server.has_connections(0));
}

TEST_CASE("a head that drips is cut off although every byte comes soon after the last") {
  TestServer server(short_limits());
  auto client = server.client();
  CHECK(drip(client, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(200, 'x')) == 408);
  CHECK(server.served().empty());
}

TEST_CASE("a body that drips is cut off by its rate, long before its total time") {
  auto limits = short_limits();
  limits.body_timeout = 20s;
  TestServer server(limits);
  auto client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\n\r\n");
  const auto began = std::chrono::steady_clock::now();
  CHECK(drip(client, std::string(299, 'x')) == 408);
  CHECK(std::chrono::steady_clock::now() - began < 5s);
}

TEST_CASE("a body that is fast enough but endless is cut off by its total time") {
  auto limits = short_limits();
  limits.min_body_bytes_per_second = 1;
  TestServer server(limits);
  auto client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\n\r\n");
  CHECK(drip(client, std::string(299, 'x')) == 408);
}

TEST_CASE("a kept connection is closed when it stays idle") {
  TestServer server(short_limits());
  auto client = server.client();
  CHECK(client.ask(plain_request).status == 200);
  CHECK(client.is_closed());
  CHECK(server.has_connections(0));
}

TEST_CASE("a caller that does not read its answer is let go") {
  TestServer server(short_limits(), [](HttpRequest, Respond respond) { respond(ok(std::string(32 * 1024 * 1024, 'x'))); });
  auto client = server.client();
  client.send(plain_request);
  CHECK(server.has_connections(1));
  CHECK(server.has_connections(0));
}

TEST_CASE("a caller that reads slowly but steadily gets all of its answer, however long that takes") {
  constexpr std::size_t size = 3 * 1024 * 1024;
  auto limits = short_limits();
  limits.write_timeout = 400ms;
  TestServer server(limits, [](HttpRequest, Respond respond) { respond(ok(std::string(size, 'x'))); });
  RawClient client(server.port, 16 * 1024);
  client.send(plain_request);
  const auto began = std::chrono::steady_clock::now();
  std::size_t got = 0;
  while (got < size && client.take(100 * 1024, got)) std::this_thread::sleep_for(50ms);  // two megabytes a second
  CHECK(got >= size);
  CHECK(std::chrono::steady_clock::now() - began > 2 * limits.write_timeout);
}

TEST_CASE("callers that never read cost one account of memory together, and others are served") {
  HttpLimits limits;
  limits.max_unsent_bytes = 8 * 1024 * 1024;
  std::atomic<std::size_t> closed{0};
  FrontHooks hooks;
  hooks.trouble = [&](FrontTrouble what, std::size_t count) { closed += what == FrontTrouble::closed_unread ? count : 0; };
  TestServer server(limits, [](HttpRequest request, Respond respond) {
    respond(ok(request.path == "/large" ? std::string(4 * 1024 * 1024, 'x') : "small"));
  }, hooks);
  std::vector<RawClient> idle;
  for (int i = 0; i < 6; ++i) {
    idle.emplace_back(server.port, 4 * 1024);
    idle.back().send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  CHECK(server.client().ask(plain_request).body == "small");
  // The account is full; once those have taken nothing for a while, they go.
  CHECK(tests::eventually([&] {
    const auto answer = server.client().ask("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    return answer.status == 200 && answer.body.size() == 4 * 1024 * 1024;
  }));
  CHECK(closed >= 1);
}

TEST_CASE("a handler may take longer than every time limit") {
  std::promise<Respond> taken;
  TestServer server(short_limits(), [&](HttpRequest, Respond respond) { taken.set_value(std::move(respond)); });
  auto client = server.client();
  client.send(plain_request);
  const auto respond = taken.get_future().get();
  // Those that come after it run out of their time, each of its own kind.
  CHECK(server.client().rest().empty());
  CHECK(server.client().ask("GET / HTTP/1.1\r\nHost:").status == 408);
  CHECK(server.client().ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx").status == 408);
  respond(ok("late"));
  CHECK(client.answer().body == "late");
}

TEST_CASE("others are served while many drip and many idle") {
  TestServer server;
  std::vector<RawClient> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(server.client());
    slow.back().send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHo" : "");
  }
  auto client = server.client();
  for (int i = 0; i < 20; ++i) CHECK(client.ask(plain_request).status == 200);
}

TEST_CASE("when all connections work for somebody, one more is answered 503 and closed, and it is told") {
  std::mutex mutex;
  std::vector<Respond> owed;
  std::atomic<int> turned_away{0};
  FrontHooks hooks;
  hooks.trouble = [&](FrontTrouble what, std::size_t) { turned_away += what == FrontTrouble::full_turned_away ? 1 : 0; };
  TestServer server({.max_connections = 3}, [&](HttpRequest, Respond respond) {
    const std::scoped_lock lock(mutex);
    owed.push_back(std::move(respond));
  }, hooks);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(server.client());
    clients.back().send(plain_request);
  }
  REQUIRE(tests::eventually([&] {
    const std::scoped_lock lock(mutex);
    return owed.size() == 3;
  }));
  auto over = server.client();
  CHECK(over.answer().status == 503);
  CHECK(over.is_closed());
  CHECK(turned_away == 1);
  for (const auto& respond : owed) respond(ok("at last"));
  for (auto& client : clients) CHECK(client.answer().body == "at last");
}

TEST_CASE("a crowd that only holds connections open keeps nobody out: those idle longest are closed, and it is told") {
  std::atomic<std::size_t> closed{0};
  FrontHooks hooks;
  hooks.trouble = [&](FrontTrouble what, std::size_t count) { closed += what == FrontTrouble::full_closed_idle ? count : 0; };
  TestServer server({.max_connections = 3}, {}, hooks);
  auto silent = server.client();  // never says anything
  REQUIRE(server.has_connections(1));
  auto half = server.client();
  half.send("GET / HTTP/1.1\r\nHo");
  REQUIRE(server.has_connections(2));
  auto used = server.client();
  CHECK(used.ask(plain_request).status == 200);
  CHECK(server.client().ask(plain_request).status == 200);
  CHECK(silent.is_closed());
  CHECK(used.ask(plain_request).status == 200);
  for (int i = 0; i < 20; ++i) CHECK(server.client().ask(plain_request).status == 200);
  CHECK(closed >= 1);
}

TEST_CASE("one peer has its own limit of connections") {
  TestServer server({.max_connections_per_peer = 2});
  auto one = server.client();
  auto two = server.client();
  CHECK(one.ask(plain_request).status == 200);
  CHECK(two.ask(plain_request).status == 200);
  CHECK(server.client().answer().status == 503);
}

TEST_CASE("stopping answers what is under way, tells it to close, and takes nothing new") {
  std::promise<Respond> taken;
  TestServer server({}, [&](HttpRequest, Respond respond) { taken.set_value(std::move(respond)); });
  auto idle = server.client();
  auto busy = server.client();
  busy.send(plain_request);
  const auto respond = taken.get_future().get();
  auto stopped = std::async(std::launch::async, [&] { server.server().stop(5s); });
  CHECK(idle.is_closed());
  CHECK_THROWS(server.client());
  respond(ok("done"));
  const auto answer = busy.answer();
  CHECK(answer.body == "done");
  CHECK(answer.headers.at("connection") == "close");
  CHECK(busy.is_closed());
  CHECK(stopped.wait_for(2s) == std::future_status::ready);
}

TEST_CASE("stopping waits no longer than its patience, and answers that come later go nowhere") {
  std::promise<Respond> taken;
  TestServer server({}, [&](HttpRequest, Respond respond) { taken.set_value(std::move(respond)); });
  auto client = server.client();
  client.send(plain_request);
  const auto respond = taken.get_future().get();
  const auto began = std::chrono::steady_clock::now();
  server.server().stop(100ms);
  CHECK(std::chrono::steady_clock::now() - began < 2s);
  respond(ok("too late"));
  CHECK(client.rest().empty());
}
