#include <catch2/catch.hpp>

#include "server/http/request_reader.hpp"
#include "tests/server/http/test_server.hpp"

using namespace answerback::server;
using namespace answerback::server::testing;

namespace {

const std::string follow_up = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("every doubtful framing is refused, the connection closed, and what is pipelined behind it never served") {
  TestServer server;
  for (const auto& entry : read_cases("framing_cases.json")) {
    INFO(entry.at("name").get<std::string>() << " (" << entry.at("source").get<std::string>() << ")");
    auto client = server.client();
    const auto answer = client.ask(entry.at("bytes").get<std::string>() + follow_up);
    CHECK(answer.status == entry.at("status").get<int>());
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK(answer.headers.at("connection") == "close");
    const auto problem = nlohmann::json::parse(answer.body);
    CHECK(problem.at("code") == entry.at("code"));
    CHECK(problem.at("status") == entry.at("status"));
    CHECK(problem.at("request_id") == answer.headers.at("x-request-id"));
    CHECK(client.rest().empty());
  }
  CHECK(server.served().empty());
  CHECK(server.client().ask(follow_up).status == 200);
}

TEST_CASE("a doubtful framing is refused too when it arrives byte by byte") {
  for (const auto& entry : read_cases("framing_cases.json")) {
    INFO(entry.at("name").get<std::string>());
    const auto bytes = entry.at("bytes").get<std::string>() + follow_up;
    const HttpLimits limits;
    RequestReader reader(limits);
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= bytes.size(); ++end)
      begin += reader.feed(std::string_view(bytes).substr(begin, end - begin));
    REQUIRE(reader.state() == RequestReader::State::refused);
    CHECK(reader.refusal().status == entry.at("status").get<int>());
    CHECK(reader.refusal().code == entry.at("code").get<std::string>());
  }
}

TEST_CASE("what RFC 9112 allows is served, and the request behind it too") {
  for (const auto& entry : read_cases("accepted_cases.json")) {
    INFO(entry.at("name").get<std::string>());
    TestServer server;
    auto client = server.client();
    CHECK(client.ask(entry.at("bytes").get<std::string>() + follow_up).status == 200);
    CHECK(client.answer().status == 200);
    const auto served = server.served();
    REQUIRE(served.size() == 2);
    CHECK(served[0].path == entry.at("path").get<std::string>());
    CHECK(served[0].query == entry.at("query").get<std::string>());
    CHECK(served[0].body == entry.at("body").get<std::string>());
    CHECK(served[0].peer == "127.0.0.1");
    CHECK(served[1].path == "/smuggled");
  }
}

TEST_CASE("a trailer is not taken for a header (RFC 9110 section 6.5.1)") {
  TestServer server;
  auto client = server.client();
  client.ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: Bearer x\r\n\r\n");
  REQUIRE(server.served().size() == 1);
  CHECK_FALSE(server.served()[0].header("authorization"));
}

TEST_CASE("heads over their limits are refused with the status of the limit") {
  TestServer server({.max_head_bytes = 1024, .max_headers = 5, .max_target_bytes = 300});
  const auto status = [&](const std::string& bytes) { return server.client().ask(bytes + follow_up).status; };
  const auto headers = [](int count) {
    std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 1; i < count; ++i) text += "X: y\r\n";
    return text + "\r\n";
  };
  CHECK(status(headers(5)) == 200);
  CHECK(status(headers(6)) == 431);
  CHECK(status("GET /" + std::string(299, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
  CHECK(status("GET /" + std::string(300, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
  CHECK(status("GET /" + std::string(500, 'a')) == 414);
  CHECK(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(900, 'a') + "\r\n\r\n") == 200);
  CHECK(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1000, 'a') + "\r\n\r\n") == 431);
  CHECK(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'a')) == 431);
}
