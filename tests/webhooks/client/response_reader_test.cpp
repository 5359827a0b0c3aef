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

TEST_CASE("whatever has no end in an answer is given up while it is read") {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  struct Row {
    std::string begin, again;
  };
  const auto row = GENERATE_COPY(
      Row{"", "H"}, Row{"HTTP/1.1 200 ", "a"}, Row{"HTTP/1.1 200 OK\r\n", "x"}, Row{"HTTP/1.1 200 OK\r\n", "X: y\r\n"}, Row{"", "\r\n"},
      Row{"HTTP/1.1 200 OK\r\nX: y\r\n", " folded\r\n"}, Row{"", "HTTP/1.1 103 Early Hints\r\n\r\n"}, Row{"HTTP/1.1 103 ", "a"},
      Row{chunked, "0"}, Row{chunked + "1", "1"}, Row{chunked + "1;", "a"}, Row{chunked + "1;a=\"", "b"}, Row{chunked, "1;" + std::string(1000, 'e') + "\r\na\r\n"},
      Row{chunked + "0;", "a"}, Row{chunked + "0\r\n", "a"}, Row{chunked + "0\r\n", "X: y\r\n"}, Row{chunked + "1\r\na", "\r"});
  for (const std::size_t piece : {1U, 7U, 8'192U}) {
    ResponseReader reader(100, false);
    INFO(row.begin << row.again << " in pieces of " << piece);
    std::string bytes = row.begin;
    while (bytes.size() < 300'000) bytes += row.again;
    std::size_t fed = 0;
    auto progress = Progress::more;
    while (progress == Progress::more && fed < bytes.size()) {
      progress = reader.feed(std::string_view(bytes).substr(fed, piece));
      fed += piece;
    }
    CHECK(progress == Progress::broken);
    CHECK(fed < 80'000);
  }
}

TEST_CASE("extensions and trailers of a sane size are passed over, and a trailer is no header") {
  ResponseReader reader(100, false);
  CHECK(reader.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nhello\r\n0;last\r\nRetry-After: 5\r\nX: y\r\n\r\n") == Progress::complete);
  CHECK(reader.leaves_reusable());
  const auto answer = reader.take();
  CHECK(answer.body == "hello");
  CHECK_FALSE(answer.header("retry-after"));
}

TEST_CASE("a status line needs no reason, and its reason may be in any letters (RFC 9112 4)") {
  const auto* line = GENERATE("HTTP/1.1 200", "HTTP/1.0 200", "HTTP/1.1 200 ", "HTTP/1.1 200 OK", "HTTP/1.1 200 Sch\xc3\xb6n", "HTTP/1.1 200 D\xe9j\xe0",
                              "HTTP/1.1 200 a\tb", "HTTP/1.1 200  two blanks");
  const auto text = std::string(line) + "\r\nContent-Length: 2\r\n\r\nok";
  for (const std::size_t piece : {std::size_t{1}, text.size()}) {
    ResponseReader reader(100, false);
    auto progress = Progress::more;
    for (std::size_t at = 0; at < text.size() && progress == Progress::more; at += piece) progress = reader.feed(std::string_view(text).substr(at, piece));
    INFO(line);
    CHECK(progress == Progress::complete);
    CHECK(reader.status() == 200);
    CHECK(reader.take().body == "ok");
  }
}

TEST_CASE("a status line that two readers could take for different ones is broken") {
  const auto* line = GENERATE("HTTP/1.1 2000", "HTTP/1.1 20", "HTTP/1.1  200 OK", "HTTP/1.1 200\tOK", "HTTP/1.1 200 OK\nX: y", "HTTP/1.1 200 O\rK", "HTTP/1.2x 200 OK",
                              "HTTP/1.1 abc", "http/1.1 200 OK", "HTTP/1.1 200OK");
  INFO(line);
  CHECK(read(std::string(line) + "\r\nContent-Length: 0\r\n\r\n") == Progress::broken);
}

TEST_CASE("the status is known once the header is whole, whatever becomes of the body") {
  ResponseReader reader(100, false);
  CHECK(reader.feed("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 5\r\n") == Progress::more);
  CHECK(reader.status() == 0);
  CHECK(reader.feed("\r\nhel") == Progress::more);
  CHECK(reader.status() == 201);
  CHECK(reader.close() == Progress::broken);
  CHECK(reader.take().body == "hel");
}

TEST_CASE("a last chunk may be cut anywhere") {
  const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    ResponseReader reader(100, false);
    INFO(cut);
    REQUIRE(reader.feed(text.substr(0, cut)) == Progress::more);
    REQUIRE(reader.feed(text.substr(cut)) == Progress::complete);
  }
}
