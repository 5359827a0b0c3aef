#include "server/http/request_reader.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>

using namespace answerback::server;

namespace {

// Bytes of which many look like HTTP.
rc::Gen<std::string> almost_http() {
  static const std::vector<std::string> pieces{
      "GET", "POST", " ", "/", "/a?b", "HTTP/1.1", "HTTP/1.0", "\r\n", "\r\n\r\n", "\n", "\r", "Host: a", "Host:", ":", "\t",
      "Content-Length: ", "3", "0", "Transfer-Encoding: chunked", "5;x=y", "hello", "Connection: close", "Expect: 100-continue",
      "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n"};
  const auto piece = rc::gen::oneOf(rc::gen::elementOf(pieces), rc::gen::arbitrary<std::string>());
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += part;
    return text.substr(0, 4000);
  });
}

std::vector<std::string> read_in_steps(std::string_view bytes, std::size_t step) {
  const HttpLimits limits;
  RequestReader reader(limits);
  std::vector<std::string> seen;
  std::size_t begin = 0;
  std::size_t end = 0;
  while (reader.state() != RequestReader::State::refused) {
    if (reader.state() == RequestReader::State::complete) {
      const auto request = reader.take();
      seen.push_back(request.method + " " + request.path + " " + request.body);
    } else if (end == bytes.size()) {
      break;
    } else {
      end = std::min(bytes.size(), end + step);
    }
    begin += reader.feed(bytes.substr(begin, end - begin));
  }
  if (reader.state() == RequestReader::State::refused) seen.push_back("refused");
  return seen;
}

}  // namespace

TEST_CASE("any bytes are read alike whole and in pieces") {
  rc::prop("the same requests, the same end", [] {
    const auto bytes = *almost_http();
    const auto step = *rc::gen::inRange<std::size_t>(1, 40);
    RC_ASSERT(read_in_steps(bytes, std::max<std::size_t>(1, bytes.size())) == read_in_steps(bytes, step));
  });
}

TEST_CASE("a head is judged without reading past it, whatever its bytes") {
  rc::prop("accepted heads have one Host and no control bytes", [] {
    const auto bytes = *almost_http();
    const auto verdict = check_head(bytes, {});
    if (std::holds_alternative<Refusal>(verdict)) return;
    RC_ASSERT(bytes.size() >= 4 && bytes.substr(bytes.size() - 4) == "\r\n\r\n");
    RC_ASSERT(std::count(bytes.begin(), bytes.end(), '\n') == std::count(bytes.begin(), bytes.end(), '\r'));
    RC_ASSERT(bytes.find('\0') == std::string::npos);
  });
}

TEST_CASE("a last chunk may be cut anywhere") {
  const std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX: y\r\n\r\n";
  const std::string empty = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n";
  for (std::size_t step = 1; step < 20; ++step) {
    CHECK(read_in_steps(bytes, step) == std::vector<std::string>{"POST / hi"});
    CHECK(read_in_steps(empty, step) == std::vector<std::string>{"POST / "});
  }
}

TEST_CASE("an endless chunk extension is refused") {
  const HttpLimits limits;
  RequestReader reader(limits);
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  REQUIRE(reader.feed(head) == head.size());
  reader.feed("2;" + std::string(5000, 'x'));
  CHECK(reader.state() == RequestReader::State::refused);
}

TEST_CASE("chunks that carry far more framing than body are refused") {
  const HttpLimits limits{.max_body_bytes = 1024};
  RequestReader reader(limits);
  REQUIRE(reader.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") > 0);
  const std::string chunk = "1;" + std::string(100, 'x') + "\r\na\r\n";
  std::string rest;
  int chunks = 0;
  while (reader.state() == RequestReader::State::body && chunks < 1000) {
    rest += chunk;
    ++chunks;
    rest.erase(0, reader.feed(rest));
  }
  CHECK(reader.state() == RequestReader::State::refused);
  CHECK(chunks < 200);
}
