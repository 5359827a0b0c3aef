// Responses as bytes, whole, in pieces and malformed.
#include "webhooks/client/response_reader.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <string>

using answerback::webhooks::client::ResponseReader;
using Progress = ResponseReader::Progress;

namespace {

std::string fields(int count) {
  std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
  for (int i = 1; i < count; ++i) text += fmt::format("X-{}: 1\r\n", i);
  return text + "\r\n";
}

Progress read(std::string_view bytes, std::size_t max_body = 100) { return ResponseReader(max_body, false).feed(bytes); }

}  // namespace

TEST_CASE("a response may come byte by byte") {
  ResponseReader reader(100, false);
  const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
  CHECK_FALSE(reader.has_begun());
  for (std::size_t i = 0; i + 1 < text.size(); ++i) REQUIRE(reader.feed(text.substr(i, 1)) == Progress::more);
  CHECK(reader.has_begun());
  CHECK(reader.feed(text.substr(text.size() - 1)) == Progress::complete);
  CHECK(reader.leaves_reusable());
  CHECK(reader.take().body == "hello world");
}

TEST_CASE("a body without length ends with the connection, which is then of no more use") {
  ResponseReader reader(100, false);
  CHECK(reader.feed("HTTP/1.1 200 OK\r\n\r\nsome") == Progress::more);
  CHECK(reader.close() == Progress::complete);
  CHECK_FALSE(reader.leaves_reusable());
  CHECK(reader.take().body == "some");
}

TEST_CASE("what is longer than wanted is cut and still complete") {
  ResponseReader reader(4, false);
  CHECK(reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nabcdefgh") == Progress::complete);
  CHECK_FALSE(reader.leaves_reusable());
  CHECK(reader.take().body == "abcd");
}

TEST_CASE("bytes behind the answer make the connection useless, not the answer") {
  ResponseReader reader(100, false);
  CHECK(reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n") == Progress::complete);
  CHECK_FALSE(reader.leaves_reusable());
}

TEST_CASE("answers that have no body are complete with their header") {
  CHECK(read("HTTP/1.1 204 No Content\r\n\r\n") == Progress::complete);
  CHECK(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n") == Progress::complete);
  CHECK(ResponseReader(100, true).feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n") == Progress::complete);
}

TEST_CASE("interim responses are passed over, a flood of them is not") {
  // RFC 9110 15.2: a client must be able to take one or more before the final response.
  const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  ResponseReader reader(100, false);
  CHECK(reader.feed(interim + interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == Progress::complete);
  const auto answer = reader.take();
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.header("link"));
  std::string eight;
  for (int i = 0; i < 8; ++i) eight += interim;
  CHECK(read(eight) == Progress::more);
  CHECK(read(eight + interim) == Progress::broken);
}

TEST_CASE("a header is bounded in bytes and in fields") {
  CHECK(read(fields(100)) == Progress::complete);
  CHECK(read(fields(101)) == Progress::broken);
  CHECK(read("HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x')) == Progress::broken);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + std::string(15'000, 'x') + "\r\n\r\n") == Progress::complete);
  CHECK(read(std::string(20'000, 'H')) == Progress::broken);
}

TEST_CASE("what is no HTTP/1 response is broken") {
  const auto* text = GENERATE("SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 99 Low\r\n\r\n", "HTTP/1.1 600 High\r\n\r\n",
                              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
  CHECK(read(text) == Progress::broken);
}

TEST_CASE("a connection that ends early is broken") {
  const auto* text = GENERATE("", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
  ResponseReader reader(100, false);
  REQUIRE(reader.feed(text) == Progress::more);
  CHECK(reader.close() == Progress::broken);
}
