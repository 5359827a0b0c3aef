#include "server/http/form.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "server/http/query.hpp"

using namespace answerback::server;

namespace {

Form fields_of(std::string_view text) {
  auto parsed = parse_form(text);
  REQUIRE(std::holds_alternative<Form>(parsed));
  return std::get<Form>(parsed);
}

std::string fault(std::string_view text, const FormLimits& limits = {}) {
  const auto parsed = parse_form(text, Plus::space, limits);
  const auto* issue = std::get_if<answerback::flows::Issue>(&parsed);
  return issue == nullptr ? "" : issue->code + " " + issue->pointer;
}

std::vector<std::string> codes(Query& query) {
  query.done();
  std::vector<std::string> codes;
  for (const auto& issue : query.issues()) codes.push_back(issue.code + " " + issue.pointer);
  return codes;
}

std::string encode(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte / 16], digits[byte % 16]};
  }
  return out;
}

}  // namespace

TEST_CASE("a form is taken apart in order, repeated names and empty values included") {
  CHECK(fields_of("From=%2B15125550142&Body=its+leaking%21&A=&B&A=2") ==
        Form{{"From", "+15125550142"}, {"Body", "its leaking!"}, {"A", ""}, {"B", ""}, {"A", "2"}});
  CHECK(fields_of("") == Form{});
  CHECK(fields_of("&&a=b&") == Form{{"a", "b"}});
  CHECK(fields_of("a=b=c") == Form{{"a", "b=c"}});
  CHECK(fields_of("Body=caf%C3%A9+%F0%9F%98%80") == Form{{"Body", "caf\xc3\xa9 \xf0\x9f\x98\x80"}});
  CHECK(form_value(fields_of("a=1&a=2"), "a") == "1");
  CHECK_FALSE(form_value(fields_of("a=1"), "b"));
}

TEST_CASE("a broken escape, a NUL and text that is no UTF-8 are refused with the field's name") {
  for (const std::string value : {"%", "%4", "%4g", "%%41", "a%", "%00", "%ff", "%c3", "%ed%a0%80", "\xff"}) {
    INFO(value);
    CHECK(fault("x=1&Body=" + value) == "bad_encoding /Body");
    CHECK(fault(value + "=1") == "bad_encoding ");
  }
}

TEST_CASE("a form has limits of size and number") {
  CHECK(fault(std::string(64 * 1024, 'a')).empty());
  CHECK(fault(std::string(64 * 1024 + 1, 'a')) == "too_large ");
  std::string many;
  for (int i = 0; i < 200; ++i) many += "a=b&";
  CHECK(fault(many).empty());
  CHECK(fault(many + "a=b") == "too_many_fields ");
}

TEST_CASE("what was encoded is what comes out") {
  rc::prop("any printable text", [](const std::vector<std::pair<std::string, std::string>>& pairs) {
    Form form;
    std::string text;
    for (const auto& [name, value] : pairs) {
      if (form.size() == 50 || !percent_decode(encode(name)) || !percent_decode(encode(value))) continue;
      form.emplace_back(name, value);
      text += encode(name) + "=" + encode(value) + "&";
    }
    const auto parsed = parse_form(text);
    RC_ASSERT(std::get<Form>(parsed) == form);
  });
  rc::prop("any bytes at all do no harm", [](const std::string& bytes) { parse_form(bytes); });
}

TEST_CASE("a query is read by name") {
  Query query("limit=20&after=p1f&status=active&contact=+1512%2B&n=-3");
  const auto page = query.page({});
  CHECK(page.limit == 20);
  CHECK(page.after == 31);
  CHECK(query.one_of("status", {"active", "ended"}) == "active");
  CHECK(query.text("contact") == "+1512+");
  CHECK(query.integer("n", -5, 5) == -3);
  CHECK_FALSE(query.text("flow"));
  CHECK(query.done());
}

TEST_CASE("a list without parameters begins at its start with fifty") {
  Query query("");
  CHECK(query.page({}).limit == 50);
  CHECK(query.page({}).after == 0);
  CHECK(query.done());
}

TEST_CASE("every problem of a query is named") {
  const auto page = [](const std::string& raw) {
    Query query(raw);
    query.page({});
    return codes(query);
  };
  using Codes = std::vector<std::string>;
  CHECK(page("limit=0") == Codes{"out_of_range /query/limit"});
  CHECK(page("limit=501") == Codes{"out_of_range /query/limit"});
  CHECK(page("limit=500").empty());
  CHECK(page("limit=ten") == Codes{"wrong_type /query/limit"});
  CHECK(page("limit=") == Codes{"wrong_type /query/limit"});
  CHECK(page("limit=1&limit=2") == Codes{"duplicate /query/limit"});
  CHECK(page("limit=99999999999999999999") == Codes{"wrong_type /query/limit"});
  CHECK(page("after=17") == Codes{"wrong_type /query/after"});
  CHECK(page("after=p-1") == Codes{"wrong_type /query/after"});
  CHECK(page("limits=1&x=2") == Codes{"unknown_parameter /query/limits", "unknown_parameter /query/x"});
  CHECK(page("limit=0&after=z") == Codes{"out_of_range /query/limit", "wrong_type /query/after"});
  CHECK(page("a=%zz") == Codes{"bad_encoding /query/a"});
  Query query("status=acitve&flow=" + std::string(300, 'x'));
  query.one_of("status", {"active", "ended"});
  query.text("flow");
  CHECK(codes(query) == Codes{"not_allowed /query/status", "too_long /query/flow"});
}
