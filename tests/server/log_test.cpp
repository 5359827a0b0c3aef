#include "server/log.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

#include "flows/text.hpp"
#include "flows/time.hpp"
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
