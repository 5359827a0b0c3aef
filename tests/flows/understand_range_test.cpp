#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "flows/load/load_expect.hpp"
#include "flows/text/number_text.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {
namespace {

using nlohmann::json;

json range_json(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* yes = std::get_if<bool>(&value)) return *yes;
  if (const auto* money = std::get_if<Money>(&value)) return {{"amount", money->amount}, {"currency", money->currency}};
  if (const auto* range = std::get_if<Range>(&value)) return {{"from", range_json(range->from())}, {"to", range_json(range->to())}};
  return nullptr;
}

// Monday, March 2, 2026, ten in the morning.
ReplyContext on_monday(const json& row) {
  ReplyContext context{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}, row.value("language", "en"), std::chrono::hours(10)};
  context.country = row.value("country", "");
  if (row.contains("phone")) context.phone = row["phone"].get_ref<const std::string&>();
  return context;
}

void read_rows(const std::string& file) {
  const auto rows = json::parse(std::ifstream(TESTS_DIR "/flows/data/" + file));
  REQUIRE(rows.size() > 40);
  for (const auto& row : rows) {
    const auto reply = row["reply"].get<std::string>();
    const auto options = row.contains("options") ? row["options"].dump() : "";
    CAPTURE(row["kind"], options, reply);
    const auto loaded = load_expect(row["kind"], options);
    REQUIRE(loaded.expect);
    const auto found = understand(*loaded.expect, reply, on_monday(row));
    CHECK((found.value ? range_json(*found.value) : json()) == row["value"]);
    if (row.contains("sure")) CHECK(found.sure == row["sure"].get<bool>());
    CHECK(found.span.end <= reply.size());
    if (!row.contains("others")) continue;
    json others = json::array();
    for (const auto& other : found.others) others.push_back(range_json(other));
    CHECK(others == row["others"]);
  }
}

}  // namespace

TEST_CASE("two ends are offered back where one value is wanted") { read_rows("understand_range.json"); }

// Each joint has both of its halves read: in a text of a page that would hold everybody else up.
TEST_CASE("in a text that goes on for a page nobody's two ends are looked for") {
  const auto loaded = load_expect("time", R"({"range":true})");
  REQUIRE(loaded.expect);
  const auto with_words = [&](std::size_t words) {
    std::string reply;
    for (std::size_t i = 0; i < words; ++i) reply += "well ";
    return understand(*loaded.expect, reply + "between 2 and 4", on_monday(json::object())).value;
  };
  CHECK(range_json(with_words(50).value_or(Value())) == json{{"from", "14:00"}, {"to", "16:00"}});
  CHECK(range_json(with_words(100).value_or(Value())) != json{{"from", "14:00"}, {"to", "16:00"}});
}

TEST_CASE("a reply is read as one of the contact's country, who writes from their own number") { read_rows("understand_for_contact.json"); }

TEST_CASE("only what is offered is an answer, and of several readings the one that is offered is meant") { read_rows("understand_offered.json"); }

TEST_CASE("ranges, offered times and own numbers are read as people write them, slips and all") { read_rows("understand_messy.json"); }

TEST_CASE("two ends are the answer where a range is wanted, and one value is both of them") { read_rows("understand_range_answer.json"); }

TEST_CASE("a slip in the domain of a big mail host is offered back, never mended silently") {
  const std::vector<std::pair<std::string, std::string>> slips{
      {"gmial.com", "gmail.com"},   {"gmail.con", "gmail.com"},   {"gmai.com", "gmail.com"},     {"gnail.com", "gmail.com"},     {"gmaill.com", "gmail.com"},  {"gmail.co", "gmail.com"},
      {"gmail.cm", "gmail.com"},    {"gmial.con", "gmail.com"},   {"hotmial.com", "hotmail.com"}, {"hotmal.com", "hotmail.com"},  {"hotmai.com", "hotmail.com"}, {"hotmail.cmo", "hotmail.com"},
      {"yaho.com", "yahoo.com"},    {"yahooo.com", "yahoo.com"},  {"yahoo.vom", "yahoo.com"},    {"outlok.com", "outlook.com"},  {"outloook.com", "outlook.com"}, {"iclod.com", "icloud.com"},
      {"icloud.comm", "icloud.com"}, {"example.con", "example.com"}, {"comcast.nte", "comcast.net"}, {"orage.fr", "orange.fr"}};
  for (const auto& [typed, meant] : slips) {
    CAPTURE(typed);
    const auto found = understand(ExpectEmail{}, "it's ana@" + typed, on_monday(json::object()));
    CHECK(found.value == Value("ana@" + typed));
    CHECK_FALSE(found.sure);
    CHECK(found.others == std::vector<Value>{"ana@" + meant});
  }
  for (const auto* right : {"gmail.com", "mail.com", "ymail.com", "email.com", "gmx.com", "yahoo.de", "hotmail.it", "outlook.de", "example.com", "me.com", "aol.com", "bol.com", "live.com", "acme.co"}) {
    CAPTURE(right);
    CHECK(understand(ExpectEmail{}, std::string("ana@") + right, on_monday(json::object())).sure);
  }
}

TEST_CASE("what has more than fifteen digits is no number") {
  const auto context = on_monday(json::object());
  for (const auto* reply : {"9007199254740993", "12345678901234567890", "1234567890123456", "0.1234567890123456", "1,234,567,890,123,456", "1 234 567 890 123 456"}) {
    CAPTURE(reply);
    CHECK_FALSE(understand(ExpectNumber{}, reply, context).value);
    CHECK_FALSE(understand(ExpectMoney{}, reply, context).value);
  }
  CHECK(understand(ExpectNumber{}, "999999999999999", context).value == Value(std::int64_t{999'999'999'999'999}));
  CHECK(understand(ExpectNumber{}, "123456789012345", context).value == Value(std::int64_t{123'456'789'012'345}));
  CHECK(understand(ExpectNumber{}, "1000000000000000", context).value == Value(std::int64_t{1'000'000'000'000'000}));
  CHECK(understand(ExpectNumber{}, "a third", context).value);
}

TEST_CASE("a number is spelled as JSON.stringify spells it") {
  const std::vector<std::pair<double, std::string>> rows{
      {12.0, "12"},   {-0.0, "0"},      {0.5, "0.5"},     {-2.5, "-2.5"},   {1e21, "1e+21"},  {1.5e21, "1.5e+21"}, {1e20, "100000000000000000000"}, {123456789.125, "123456789.125"},
      {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.25e-7, "1.25e-7"}, {0.1 + 0.2, "0.30000000000000004"}, {1e16, "10000000000000000"}, {1e300, "1e+300"}, {5e-324, "5e-324"}, {100, "100"}, {0.00012, "0.00012"}};
  for (const auto& [number, text] : rows) CHECK(number_text(number) == text);
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "null");
  rc::prop("reads back as the same number", [](double number) {
    if (std::isfinite(number)) RC_ASSERT(json::parse(number_text(number)).get<double>() == number);
  });
}

}  // namespace answerback::flows
