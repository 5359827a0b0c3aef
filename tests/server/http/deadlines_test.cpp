#include <catch2/catch.hpp>

#include <future>
#include <thread>

#include "tests/server/http/test_server.hpp"

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

TEST_CASE("a handler may take longer than every time limit") {
  std::promise<Respond> taken;
  TestServer server(short_limits(), [&](HttpRequest, Respond respond) { taken.set_value(std::move(respond)); });
  auto client = server.client();
  client.send(plain_request);
  const auto respond = taken.get_future().get();
  std::this_thread::sleep_for(300ms);
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

TEST_CASE("connections over the limit are answered 503 and closed") {
  TestServer server({.max_connections = 3});
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(server.client());
    CHECK(clients.back().ask(plain_request).status == 200);
  }
  auto over = server.client();
  CHECK(over.answer().status == 503);
  CHECK(over.is_closed());
  CHECK(clients.front().ask(plain_request).status == 200);
  clients.pop_back();
  CHECK(server.has_connections(2));
  CHECK(server.client().ask(plain_request).status == 200);
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
