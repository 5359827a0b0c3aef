#include "server/log/log.hpp"

#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <thread>

#include "flows/text/text.hpp"
#include "flows/time.hpp"
#include "server/log/log_repeats.hpp"
#include "server/log/log_writer.hpp"
#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace answerback;
using namespace answerback::server;
using Json = nlohmann::json;

namespace {

// What goes to stderr meanwhile, with the log set up so and set back afterwards.
std::string logged(const std::string& level, const std::string& format, const std::function<void()>& body) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("stderr", "");
  std::fflush(stderr);
  const int saved = dup(STDERR_FILENO);
  FILE* to = std::fopen(file.c_str(), "wb");
  REQUIRE(saved >= 0);
  REQUIRE(to != nullptr);
  dup2(fileno(to), STDERR_FILENO);
  set_up_log(level, format);
  body();
  std::fflush(stderr);
  set_up_log("info", "json");
  dup2(saved, STDERR_FILENO);
  std::fclose(to);
  close(saved);
  return tests::read_text(file);
}

auto lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

const std::string nasty = "one\r\ntwo\n{\"level\":\"error\"}\t\x1b[31m \"quoted\" \\ \x7f";

}  // namespace

TEST_CASE("an event is one JSON object on one line of stderr, with its fields as they are") {
  const auto text = logged("info", "json", [] { log(LogLevel::warning, "endpoint_disabled", {{"endpoint", "ep_4"}, {"reason", "gone"}}); });
  CHECK(lines(text) == 1);
  auto json = Json::parse(text);
  CHECK(flows::parse_iso8601(json.at("at").get<std::string>()));
  json.erase("at");
  CHECK(json == Json{{"level", "warning"}, {"event", "endpoint_disabled"}, {"endpoint", "ep_4"}, {"reason", "gone"}});
}

TEST_CASE("a value from outside can't start a line of its own or add a field, and comes back as it was") {
  const auto text = logged("info", "json", [] { log(LogLevel::info, "x", {{"why", nasty}}); });
  CHECK(lines(text) == 1);
  const auto json = Json::parse(text);
  CHECK(json.at("why") == nasty);
  CHECK(json.at("level") == "info");
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("a value with line breaks and escapes stays one plain line too") {
  const auto text = logged("info", "text", [] { log(LogLevel::info, "x", {{"why", nasty}}); });
  CHECK(lines(text) == 1);
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("why=one  two ") != std::string::npos);
}

TEST_CASE("bytes that are no UTF-8 are logged as valid JSON all the same") {
  const auto text = logged("info", "json", [] { log(LogLevel::info, "x", {{"why", "a\xff\xc0z"}}); });
  CHECK(flows::is_valid_utf8(text));
  CHECK(Json::parse(text).at("why").get<std::string>().starts_with("a"));
}

TEST_CASE("braces in a value are no format") {
  CHECK(Json::parse(logged("info", "json", [] { log(LogLevel::info, "{}", {{"why", "{0} %s {"}}); })).at("why") == "{0} %s {");
}

TEST_CASE("only what is grave enough is logged, and nothing when it is off") {
  const auto all = [] {
    for (const auto level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) log(level, "x");
  };
  CHECK(lines(logged("debug", "json", all)) == 4);
  CHECK(lines(logged("info", "text", all)) == 3);
  CHECK(lines(logged("warning", "json", all)) == 2);
  CHECK(lines(logged("error", "json", all)) == 1);
  CHECK(lines(logged("off", "json", all)) == 0);
}

TEST_CASE("what is logged again and again is said a few times and then counted, whoever's request it was") {
  const auto text = logged("info", "json", [] {
    for (int i = 0; i < 1'000; ++i) log(LogLevel::warning, "carrier_signature_refused", {{"carrier", "twilio"}, {"request", std::to_string(i)}});
    log(LogLevel::warning, "carrier_signature_refused", {{"carrier", "other"}});
  });
  CHECK(lines(text) == 7);
  CHECK(text.find(R"("event":"repeated","of":"carrier_signature_refused","count":"995")") != std::string::npos);
  CHECK(text.find(R"("carrier":"other")") != std::string::npos);
}

TEST_CASE("repeats are counted by windows, and what differs is no repeat") {
  LogRepeats repeats;
  const LogRepeats::Time start{};
  int written = 0;
  for (int i = 0; i < 100; ++i) written += repeats.admit("x", "x why=1", start) ? 1 : 0;
  CHECK(written == LogRepeats::burst);
  CHECK(repeats.admit("x", "x why=2", start));
  CHECK(repeats.take_over(start + std::chrono::seconds(9)).empty());
  const auto over = repeats.take_over(start + std::chrono::seconds(10));
  REQUIRE(over.size() == 1);
  CHECK(over.front().count == 95);
  CHECK(repeats.admit("x", "x why=1", start + std::chrono::seconds(10)));
  // However many different lines there are, what is remembered of them is bounded: then they are told by their event alone.
  written = 0;
  for (std::size_t i = 0; i < 3 * LogRepeats::max_lines_known; ++i) written += repeats.admit("y", "y n=" + std::to_string(i), start) ? 1 : 0;
  CHECK(written < static_cast<int>(LogRepeats::max_lines_known + 2 * LogRepeats::burst));
}

TEST_CASE("a log that nobody reads holds nobody up: lines are dropped, counted, and the rest comes when somebody reads again") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::string got;
  {
    LogWriter writer(ends[1], [] {});
    const std::string line(1'000, 'x');
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 5'000; ++i) writer.push(line + "\n");
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
    CHECK(writer.dropped() > 2'000);
    CHECK_FALSE(writer.flush(std::chrono::milliseconds(50)));
    std::thread reader([&] {
      std::array<char, 65'536> buffer;
      for (ssize_t count = 1; count > 0 && got.find("last") == std::string::npos;) {
        count = ::read(ends[0], buffer.data(), buffer.size());
        got.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
      }
    });
    CHECK(writer.flush(std::chrono::seconds(10)));
    writer.push("last\n");
    reader.join();
  }
  CHECK(lines(got) > 1'000);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("a log whose reader is stuck or gone does not keep the process from ending") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const bool reader_is_gone = GENERATE(false, true);
  if (reader_is_gone) ::close(ends[0]);
  ::signal(SIGPIPE, SIG_IGN);
  const auto began = std::chrono::steady_clock::now();
  {
    LogWriter writer(ends[1], [] {});
    for (int i = 0; i < 200; ++i) writer.push(std::string(1'000, 'x') + "\n");
  }
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  ::close(ends[1]);
  if (!reader_is_gone) ::close(ends[0]);
}
