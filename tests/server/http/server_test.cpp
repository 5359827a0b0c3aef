#include "server/http/server.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <new>
#include <stdexcept>
#include <thread>

#include "tests/server/http/test_server.hpp"
#include "tests/support/eventually.hpp"

using namespace answerback;
using namespace answerback::server;
using namespace answerback::server::testing;

namespace {

std::string get(const std::string& path, const std::string& headers = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

std::string post(const std::string& body, const std::string& headers = "") {
  return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

}  // namespace

TEST_CASE("a connection is kept for many requests") {
  TestServer server;
  auto client = server.client();
  for (int i = 0; i < 20; ++i) CHECK(client.ask(get("/" + std::to_string(i))).body == "/" + std::to_string(i));
  CHECK(server.server().connections() == 1);
}

TEST_CASE("a connection ends when the caller says so, and after HTTP/1.0 unless the caller says otherwise") {
  TestServer server;
  auto one = server.client();
  CHECK(one.ask(get("/", "Connection: foo, Close\r\n")).headers.at("connection") == "close");
  CHECK(one.is_closed());
  auto two = server.client();
  CHECK(two.ask("GET / HTTP/1.0\r\n\r\n").headers.at("connection") == "close");
  CHECK(two.is_closed());
  auto three = server.client();
  CHECK(three.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers.at("connection") == "keep-alive");
  CHECK(three.ask(get("/again")).body == "/again");
}

TEST_CASE("every answer has its length, a date, the request id and headers against guessing, and no server version") {
  TestServer server;
  const auto answer = server.client().ask(get("/abc", "X-Request-Id: my.request-1\r\n"));
  CHECK(answer.headers.at("content-length") == "4");
  CHECK(answer.headers.at("content-type") == "text/plain");
  CHECK(answer.headers.at("cache-control") == "no-store");
  CHECK(answer.headers.at("x-content-type-options") == "nosniff");
  CHECK(answer.headers.at("x-request-id") == "my.request-1");
  CHECK(answer.headers.at("date").size() == 29);
  CHECK(answer.headers.count("server") == 0);
}

TEST_CASE("a caller's request id that could harm a log is replaced") {
  TestServer server;
  for (const std::string id : {"a b", "<script>", "\xc3\xa9", ""}) {
    const auto made = server.client().ask(get("/", "X-Request-Id: " + id + "\r\n")).headers.at("x-request-id");
    CHECK(made != id);
    CHECK_FALSE(made.empty());
  }
  const auto made = server.client().ask(get("/", "X-Request-Id: " + std::string(65, 'a') + "\r\n")).headers.at("x-request-id");
  CHECK(made.size() < 65);
}

TEST_CASE("pipelined requests are answered in their order, even when the answers come from elsewhere and late") {
  std::promise<Respond> first;
  std::vector<std::thread> threads;
  std::mutex mutex;
  {
    TestServer server({}, [&](HttpRequest request, Respond respond) {
      if (request.path == "/0") return first.set_value(std::move(respond));
      const std::lock_guard lock(mutex);
      threads.emplace_back([path = request.path, respond] { respond(ok(path)); });
    });
    auto client = server.client();
    std::string bytes;
    for (int i = 0; i < 10; ++i) bytes += get("/" + std::to_string(i));
    client.send(bytes);
    const auto late = first.get_future().get();
    CHECK(server.client().ask(get("/meanwhile")).body == "/meanwhile");
    late(ok("/0"));
    for (int i = 0; i < 10; ++i) CHECK(client.answer().body == "/" + std::to_string(i));
  }
  for (auto& thread : threads) thread.join();
}

TEST_CASE("many answers given at once from another thread all arrive") {
  std::mutex mutex;
  std::vector<Respond> waiting;
  TestServer server({}, [&](HttpRequest, Respond respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  std::vector<RawClient> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(server.client());
  for (auto& client : clients) client.send(get("/"));
  const auto all_wait = [&] {
    const std::lock_guard lock(mutex);
    return waiting.size() == clients.size();
  };
  REQUIRE(tests::eventually(all_wait));
  for (const auto& respond : waiting) respond(ok("done"));
  for (auto& client : clients) CHECK(client.answer().body == "done");
}

TEST_CASE("HEAD gets the length but not the body (RFC 9110 section 9.3.2)") {
  TestServer server;
  auto client = server.client();
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  const auto head = client.answer(true);
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "4");
  CHECK(client.answer().body == "/next");
}

TEST_CASE("204 has neither body nor length (RFC 9110 section 8.6)") {
  TestServer server({}, [](HttpRequest, Respond respond) {
    HttpResponse response = ok("not to be seen");
    response.status = 204;
    respond(std::move(response));
  });
  auto client = server.client();
  const auto answer = client.ask(get("/"));
  CHECK(answer.status == 204);
  CHECK(answer.headers.count("content-length") == 0);
  CHECK(client.ask(get("/")).status == 204);
}

TEST_CASE("a request that nobody answers is answered 500, and the connection lives on") {
  TestServer server({}, [](HttpRequest request, Respond respond) {
    if (request.path == "/throw") throw std::runtime_error("a secret of the inside");
    if (request.path == "/good") respond(ok("good"));
  });
  auto client = server.client();
  for (const std::string path : {"/drop", "/throw"}) {
    const auto answer = client.ask(get(path));
    CHECK(answer.status == 500);
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK(answer.body.find("secret") == std::string::npos);
  }
  CHECK(client.ask(get("/good")).body == "good");
}

TEST_CASE("only the first answer counts") {
  TestServer server({}, [](HttpRequest, Respond respond) {
    respond(ok("first"));
    respond(ok("second"));
  });
  auto client = server.client();
  CHECK(client.ask(get("/")).body == "first");
  CHECK(client.ask(get("/")).body == "first");
}

TEST_CASE("an answer whose header would break the line is not sent") {
  TestServer server({}, [](HttpRequest, Respond respond) {
    auto response = ok("x");
    response.headers.emplace_back("Location", "/\r\nSet-Cookie: a=b");
    respond(std::move(response));
  });
  const auto answer = server.client().ask(get("/"));
  CHECK(answer.status == 500);
  CHECK(answer.headers.count("set-cookie") == 0);
}

TEST_CASE("a body at the limit is taken, one byte more is 413 whether announced or chunked") {
  TestServer server({.max_body_bytes = 1000});
  CHECK(server.client().ask(post(std::string(1000, 'x'))).status == 200);
  CHECK(server.client().ask(post(std::string(1001, 'x'))).status == 413);
  const auto chunked = [](std::size_t chunks) {
    std::string text = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < chunks; ++i) text += "a\r\n0123456789\r\n";
    return text + "0\r\n\r\n";
  };
  CHECK(server.client().ask(chunked(100)).status == 200);
  CHECK(server.client().ask(chunked(101)).status == 413);
  CHECK(server.served().size() == 2);
}

TEST_CASE("an announced body over the limit is refused before any of it arrives") {
  TestServer server({.max_body_bytes = 1000});
  auto client = server.client();
  CHECK(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n").status == 413);
  CHECK(client.is_closed());
}

TEST_CASE("bodies together over their account are answered 503") {
  TestServer server({.max_pending_body_bytes = 1000});
  auto first = server.client();
  // Who asks first is told at once whether there is room.
  const auto head = [](const std::string& length) { return "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n"; };
  REQUIRE(first.ask(head("3000")).status == 100);
  first.send(std::string(2000, 'x'));
  RawAnswer answer;
  REQUIRE(tests::eventually([&] {
    answer = server.client().ask(head("3"));
    return answer.status == 503;
  }));
  CHECK(answer.headers.count("retry-after") == 1);
  CHECK(server.client().ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx").status == 503);
  first.send(std::string(1000, 'x'));
  CHECK(first.answer().status == 200);
  CHECK(server.client().ask(post("abc")).status == 200);
}

TEST_CASE("a caller that asks first is told to continue once its head is good (RFC 9110 section 10.1.1)") {
  TestServer server;
  auto client = server.client();
  const auto head = [](const std::string& length) {
    return "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n";
  };
  CHECK(client.ask(head("3")).status == 100);
  CHECK(client.ask("abc").status == 200);
  CHECK(server.served().back().body == "abc");
  CHECK(client.ask(head("0")).status == 200);
  CHECK(client.ask(head("1048577")).status == 413);
}

TEST_CASE("a server that cannot listen says where and why") {
  TestServer server;
  HttpServer second({}, [](HttpRequest, Respond) {});
  CHECK_THROWS_WITH(second.listen("127.0.0.1:" + std::to_string(server.port)), Catch::Contains("Address already in use"));
  for (const std::string address : {"", "8080", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:80x", "::1:80", "nowhere:80"})
    CHECK_THROWS_WITH(second.listen(address), Catch::Contains("cannot listen on"));
}

TEST_CASE("of a caller who will be refused the body is not read, nor asked for") {
  FrontHooks hooks;
  hooks.judge = [](const HttpRequest& request) {
    HeadVerdict verdict;
    if (!request.header("authorization")) verdict.refusal = HttpResponse{401, "text/plain", "no key for " + request.path, {}};
    return verdict;
  };
  TestServer server({}, {}, hooks);
  for (const std::string headers : {"Content-Length: 1000000\r\n", "Content-Length: 1000000\r\nExpect: 100-continue\r\n", "Transfer-Encoding: chunked\r\n"}) {
    auto client = server.client();
    const auto answer = client.ask("POST /v1/inbound HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    CHECK(answer.status == 401);
    CHECK(answer.body == "no key for /v1/inbound");
    CHECK(answer.headers.at("connection") == "close");
    CHECK(client.is_closed());
  }
  CHECK(server.served().empty());
  CHECK(server.client().ask(post(std::string(100'000, 'x'), "Authorization: Bearer k\r\n")).status == 200);
}

TEST_CASE("a route may take a smaller body than others, whether announced or chunked, or none at all") {
  FrontHooks hooks;
  hooks.judge = [](const HttpRequest& request) {
    HeadVerdict verdict;
    verdict.max_body_bytes = 4'000;
    verdict.wants_body = request.path != "/none";
    return verdict;
  };
  TestServer server({}, {}, hooks);
  CHECK(server.client().ask(post(std::string(4'001, 'x'))).status == 413);
  CHECK(server.client().ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4001\r\n\r\n").status == 413);
  CHECK(server.client().ask(post(std::string(4'000, 'x'))).status == 200);
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(server.client().ask(chunked + "fa1\r\n" + std::string(4'001, 'x') + "\r\n0\r\n\r\n").status == 413);
  CHECK(server.client().ask(chunked + "fa0\r\n" + std::string(4'000, 'x') + "\r\n0\r\n\r\n").status == 200);
  auto client = server.client();
  CHECK(client.ask("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\nabc").body == "/none");
  CHECK(server.served().back().body.empty());
  CHECK(client.is_closed());
}

TEST_CASE("bodies for which no key vouches fill an account of their own and keep no others out") {
  FrontHooks hooks;
  hooks.judge = [](const HttpRequest& request) {
    HeadVerdict verdict;
    verdict.is_vouched = request.header("authorization").has_value();
    return verdict;
  };
  HttpLimits limits;
  limits.max_unvouched_body_bytes = 1'000;
  TestServer server(limits, {}, hooks);
  auto crowd = server.client();
  crowd.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n" + std::string(8'000, 'x'));
  CHECK(tests::eventually([&] { return server.client().ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx").status == 503; }));
  CHECK(server.client().ask(post(std::string(9'000, 'x'), "Authorization: Bearer k\r\n")).status == 200);
  CHECK(server.client().ask(post("whole at once")).status == 200);
}

TEST_CASE("memory that is not to be had ends one request, not the process") {
  FrontHooks hooks;
  hooks.judge = [](const HttpRequest& request) {
    if (request.path == "/judge") throw std::bad_alloc();
    return HeadVerdict{};
  };
  TestServer server({}, [](HttpRequest request, Respond respond) {
    if (request.path == "/handler") throw std::bad_alloc();
    respond(ok("served"));
  }, hooks);
  CHECK(server.client().ask("GET /handler HTTP/1.1\r\nHost: a\r\n\r\n").status == 500);
  const auto answer = server.client().ask("POST /judge HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
  CHECK(answer.status == 503);
  CHECK(answer.headers.at("connection") == "close");
  CHECK(server.client().ask(get("/")).body == "served");
}

TEST_CASE("a large answer arrives whole, also to a caller that keeps the connection") {
  const std::string large(5 * 1024 * 1024 + 1, 'y');
  TestServer server({}, [&](HttpRequest request, Respond respond) { respond(ok(request.path == "/large" ? large : "small")); });
  auto client = server.client();
  for (int i = 0; i < 3; ++i) {
    CHECK(client.ask(get("/large")).body == large);
    CHECK(client.ask(get("/")).body == "small");
  }
  client.send("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.answer(true).headers.at("content-length") == std::to_string(large.size()));
  CHECK(client.ask(get("/")).body == "small");
}

TEST_CASE("a caller that never stops sending is refused after some kilobytes, whatever it is that has no end") {
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto begin = GENERATE_COPY(std::string("GET / HTTP/1.1\r\nHost: a\r\nX: "), std::string("GET /"), chunked + "1;", chunked + "0;", chunked + "0\r\nX: ");
  TestServer server;
  auto client = server.client();
  client.send(begin);
  for (int i = 0; i < 64; ++i) client.send(std::string(16 * 1024, 'e'));  // a mebibyte, and it would go on
  const auto status = client.answer().status;
  INFO(begin);
  CHECK((status == 400 || status == 414 || status == 431));
  CHECK(server.served().empty());
}
