#include "flows/json/json.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <catch2/catch.hpp>

using namespace answerback::flows;

namespace {

Json parsed(std::string_view text, const JsonLimits& limits = {}) {
  auto result = parse_json(text, limits);
  if (const auto* issue = std::get_if<Issue>(&result)) FAIL(to_line(*issue, "json"));
  return std::move(std::get<Json>(result));
}

Issue refused(std::string_view text, const JsonLimits& limits = {}) {
  auto result = parse_json(text, limits);
  if (std::holds_alternative<Json>(result)) FAIL("was not refused: " << text.substr(0, 80));
  return std::move(std::get<Issue>(result));
}

std::string refusal(std::string_view text, const JsonLimits& limits = {}) { return to_line(refused(text, limits), "f"); }

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

constexpr JsonLimits with_comments{.comments = true};

}  // namespace

TEST_CASE("JSON values come out with their kind") {
  const auto json = parsed(R"({"n": null, "t": true, "i": -7, "r": 2.5, "w": 2.0, "s": "Ana \u00e9", "a": [1, []], "o": {}})");
  REQUIRE(json.kind == Json::Kind::object);
  CHECK(json.find("n")->kind == Json::Kind::null);
  CHECK(json.find("t")->boolean);
  CHECK(json.find("i")->integer == -7);
  CHECK(json.find("i")->real == -7.0);
  CHECK(json.find("r")->real == 2.5);
  CHECK(json.find("w")->kind == Json::Kind::real);
  CHECK(json.find("w")->integer == 2);
  CHECK(json.find("s")->string == "Ana é");
  CHECK(json.find("a")->items.size() == 2);
  CHECK(json.find("o")->kind == Json::Kind::object);
  CHECK(json.find("x") == nullptr);
}

TEST_CASE("members keep the order of the text") {
  const auto json = parsed(R"({"z": 1, "a": 2, "m": 3})");
  REQUIRE(json.members.size() == 3);
  CHECK(json.members[0].key == "z");
  CHECK(json.members[1].key == "a");
  CHECK(json.members[2].key == "m");
}

TEST_CASE("every value and name knows its line and column, counted in characters") {
  const auto json = parsed("{\n  \"é\": \"a\\\"b\",\t\"list\": [ 10 ,\r\n true ] }");
  CHECK(json.at == Position{1, 1});
  CHECK(json.members[0].key_at == Position{2, 3});
  CHECK(json.members[0].value.at == Position{2, 8});
  CHECK(json.members[1].key_at == Position{2, 16});
  CHECK(json.members[1].value.at == Position{2, 24});
  CHECK(json.members[1].value.items[0].at == Position{2, 26});
  CHECK(json.members[1].value.items[1].at == Position{3, 2});
}

TEST_CASE("comments are passed over where they are allowed, places stay right") {
  const auto json = parsed("// ü \"{\n{ /* , : */ \"a\" /**/ : // x\n 1 }\n// end", with_comments);
  CHECK(json.at == Position{2, 1});
  CHECK(json.members[0].key_at == Position{2, 13});
  CHECK(json.members[0].value.at == Position{3, 2});
  CHECK(refused("{} // no").code == "json_syntax");
  CHECK(refused("{} /* open", with_comments).code == "json_syntax");
}

TEST_CASE("a syntax error says what was expected and where") {
  CHECK(refusal("{\"a\": 1\n \"b\": 2}") == "f:2:2: error[json_syntax]: unexpected text; expected ',' or '}'");
  CHECK(refusal("[1 2]") == "f:1:4: error[json_syntax]: unexpected number; expected ',' or ']'");
  CHECK(refusal("[1,]") == "f:1:4: error[json_syntax]: unexpected ']'; expected a value");
  CHECK(refusal("{\"a\": 1,}") == "f:1:9: error[json_syntax]: unexpected '}'; expected a name in double quotes");
  CHECK(refusal("{,}") == "f:1:2: error[json_syntax]: unexpected ','; expected a name in double quotes");
  CHECK(refusal("{\"a\" 1}") == "f:1:6: error[json_syntax]: unexpected number; expected ':'");
  CHECK(refusal("[nul]") ==
        "f:1:2: error[json_syntax]: invalid word; only true, false and null stand without quotes");
  CHECK(refusal("") == "f:1:1: error[json_syntax]: unexpected end of input; expected a value");
  CHECK(refusal("{\"a\": 1") == "f:1:8: error[json_syntax]: unexpected end of input; expected ',' or '}'");
  CHECK(refusal("[\"abc") == "f:1:2: error[json_syntax]: invalid string: missing closing quote");
  CHECK(refusal("{} x").starts_with("f:1:4: error[json_syntax]: "));
  CHECK(refusal("{}{}") == "f:1:3: error[json_syntax]: unexpected '{'; expected end of input");
}

TEST_CASE("a syntax error does not repeat the document") {
  CHECK(refused("[\"" + std::string(500'000, 'a')).message.size() < 200);
}

TEST_CASE("what some readers let pass is refused (RFC 8259)") {
  for (const auto* text : {"'a'", "{a: 1}", "[01]", "[+1]", "[.5]", "[1.]", "[0x10]", "[NaN]", "[Infinity]", "[\"\t\"]", "[\"\\x41\"]", "[\"\\ud800\"]",
                           "[\"\\udc00\"]", "[\"\\ud800\\u0041\"]", "True", "[1,,2]", "[1;2]"}) {
    INFO(text);
    CHECK(refused(text).code == "json_syntax");
  }
}

TEST_CASE("a byte order mark is refused (RFC 8259 section 8.1)") {
  CHECK(refusal("\xEF\xBB\xBF{}") == "f:1:1: error[json_syntax]: begins with a byte order mark, save it without one");
}

TEST_CASE("invalid UTF-8 is refused where it stands, also outside of strings") {
  CHECK(refusal("[\"é\xFF\"]") == "f:1:4: error[json_utf8]: not valid UTF-8");
  CHECK(refused("[\"\xC0\xAF\"]").code == "json_utf8");          // overlong
  CHECK(refused("[\"\xED\xA0\x80\"]").code == "json_utf8");      // a surrogate
  CHECK(refused("[\"\xF5\x80\x80\x80\"]").code == "json_utf8");  // beyond U+10FFFF
  CHECK(refused("[\"\xE2\x82").code == "json_utf8");
  CHECK(refused("{} // \xFF", with_comments).code == "json_utf8");
}

TEST_CASE("NUL is refused, plain and escaped, in values and in names") {
  using namespace std::string_view_literals;
  CHECK(refusal("[\"a\0b\"]"sv) == "f:1:4: error[json_utf8]: the character U+0000 (NUL) is not allowed");
  CHECK(refused("{}\0"sv).code == "json_utf8");
  CHECK(refusal(R"(["a", "b\u0000"])") == "f:1:7: error[json_utf8]: the character U+0000 (NUL) is not allowed");
  CHECK(refused(R"({"\u0000": 1})").code == "json_utf8");
  CHECK(parsed(R"(["\\u0000"])").items[0].string == "\\u0000");
}

TEST_CASE("numbers that would change in the reading are refused") {
  CHECK(parsed("9223372036854775807").integer == INT64_MAX);
  CHECK(parsed("-9223372036854775808").integer == INT64_MIN);
  const auto issue = refused("{\"a\": [1, 1e999]}");
  CHECK(issue.code == "json_number");
  CHECK(issue.at == Position{1, 11});
  CHECK(issue.pointer == "/a/1");
  for (const auto* text : {"9223372036854775808", "18446744073709551616", "-9223372036854775809", "-1e999", "100000000000000000000"}) {
    INFO(text);
    CHECK(refused(text).code == "json_number");
  }
  CHECK(parsed("1e18").integer == 1'000'000'000'000'000'000);
  CHECK(parsed("1e19").integer == 0);
}

TEST_CASE("a name twice in one object is refused at its second place") {
  const auto issue = refused("{\"o\": [{\"a/b\": 1,\n \"c\": 2,\n \"a/b\": 3}]}");
  CHECK(to_line(issue, "f") == "f:3:2: error[json_duplicate_key]: \"a/b\" stands here already, at line 1");
  CHECK(issue.pointer == "/o/0/a~1b");
  CHECK(refused(R"({"a": 1, "\u0061": 2})").code == "json_duplicate_key");
  CHECK(parsed(R"({"a": {"a": 1}, "b": {"a": 1}})").members.size() == 2);
}

TEST_CASE("size, depth and number of values are bounded, the bound itself passes") {
  CHECK(parsed("[1,2]", {.max_bytes = 5}).items.size() == 2);
  CHECK(refused("[1,2] ", {.max_bytes = 5}).code == "json_size");
  parsed(nested(32));
  CHECK(refusal(nested(33)) == "f:1:33: error[json_depth]: nested deeper than 32 levels");
  parsed("[1,2]", {.max_nodes = 3});
  CHECK(refusal("[1,2,3]", {.max_nodes = 3}) == "f:1:6: error[json_nodes]: more than 3 values");
}

namespace {

struct SmallStackRun {
  std::string text;
  std::string code;
};

void* refuse_it(void* argument) {
  auto& run = *static_cast<SmallStackRun*>(argument);
  run.code = refused(run.text, {.max_bytes = 8'000'000}).code;
  return nullptr;
}

std::string code_on_small_stack(std::string text) {
  SmallStackRun run{std::move(text), ""};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 128 * 1024);
  pthread_t thread{};
  REQUIRE(pthread_create(&thread, &attributes, refuse_it, &run) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  return run.code;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("nesting without end is refused on a small stack") {
  for (const std::size_t depth : {10'000U, 1'000'000U}) {
    CHECK(code_on_small_stack(nested(depth)) == "json_depth");
    CHECK(code_on_small_stack(repeated("{\"a\":", depth)) == "json_depth");
    CHECK(code_on_small_stack(repeated("[{\"a\":", depth)) == "json_depth");
  }
}

TEST_CASE("thousands of names in one object are compared in time that does not grow with the square") {
  std::string text = "{";
  for (int i = 0; i < 9'000; ++i) text += fmt::format("\"{:08}\":0,", i);
  CHECK(parsed(text + "\"x\":0}").members.size() == 9'001);
  CHECK(refused(text + "\"00000000\":0}").code == "json_duplicate_key");
}
