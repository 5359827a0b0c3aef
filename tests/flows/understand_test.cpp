#include "flows/understand/understand.hpp"
#include "tests/flows/flow_files.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace answerback::flows {
namespace {

using nlohmann::json;
using namespace std::chrono;

constexpr sys_days monday = sys_days{year{2026} / 3 / 2};

ExpectChoice roof_services() {
  return {{{"repair", tests::cues({"1", "fix", "leak"})}, {"replacement", tests::cues({"2", "new roof"})}, {"inspection", tests::cues({"3", "check"})}}};
}

Expect expectation(const std::string& kind, const json& row) {
  const std::string country = row.value("country", "US");
  if (kind == "yes_no") return ExpectYesNo{};
  if (kind == "choice") return roof_services();
  if (kind == "email") return ExpectEmail{};
  if (kind == "phone") return ExpectPhone{country};
  return ExpectPostcode{country};
}

json to_json(const std::optional<Value>& value) {
  if (!value) return nullptr;
  if (const auto* flag = std::get_if<bool>(&*value)) return *flag;
  if (const auto* whole = std::get_if<std::int64_t>(&*value)) return *whole;
  if (const auto* real = std::get_if<double>(&*value)) return *real;
  return std::get<std::string>(*value);
}

void check_table(const std::string& kind) {
  const auto rows = json::parse(std::ifstream(TESTS_DIR "/flows/data/understand_" + kind + ".json"));
  REQUIRE_FALSE(rows.empty());
  for (const auto& row : rows) {
    const auto reply = row["reply"].get<std::string>();
    CAPTURE(kind, reply);
    const auto found = understand(expectation(kind, row), reply, {monday, row.value("language", "en")});
    CHECK(to_json(found.value) == row["value"]);
    if (row.contains("sure")) CHECK(found.sure == row["sure"].get<bool>());
    CHECK(found.span.end <= reply.size());
    if (found.value) CHECK(found.span.begin < found.span.end);
  }
}

TEST_CASE("yes and no are understood in the words people use") { check_table("yes_no"); }
TEST_CASE("a choice is understood by key, synonym, place and unique typo") { check_table("choice"); }
TEST_CASE("an e-mail address is found in a sentence") { check_table("email"); }
TEST_CASE("a phone number is understood in its country's spelling") { check_table("phone"); }
TEST_CASE("a postcode comes in its country's canonical form") { check_table("postcode"); }

TEST_CASE("a text is trimmed and held to its length and pattern") {
  ExpectText expect;
  CHECK(understand(expect, "  hello there \n", {}).value == Value(std::string("hello there")));
  CHECK(understand(expect, "  hello there \n", {}).span == Span{2, 13});
  CHECK_FALSE(understand(expect, " \t ", {}).value);
  expect.max = 3;
  CHECK(understand(expect, "äöü", {}).value);
  CHECK_FALSE(understand(expect, "abcd", {}).value);
  expect.matches = Pattern("[A-Z]{2}[0-9]");
  CHECK(understand(expect, "AB1", {}).value);
  CHECK_FALSE(understand(expect, "ab1", {}).value);
}

TEST_CASE("the span is the part of the raw reply that gave the value") {
  CHECK(understand(roof_services(), "Ünser roof is leaking", {}).span == Span{15, 22});
  CHECK(understand(ExpectNumber{}, "ＡＢ ２５ years", {}).span == Span{7, 13});
}

TEST_CASE("any bytes are read without a throw, and the span stays inside the reply") {
  const std::vector<Expect> kinds{ExpectText{}, ExpectYesNo{}, roof_services(), ExpectNumber{}, ExpectEmail{}, ExpectPhone{}, ExpectPostcode{}, ExpectDate{}};
  rc::prop("bytes", [&](const std::string& noise) {
    for (const auto& kind : kinds) {
      for (const auto& reply : {noise, "the " + noise + " 5 " + noise, "yes" + noise + "@x.co 3/" + noise}) {
        const auto found = understand(kind, reply, {monday, "en"});
        RC_ASSERT(found.span.begin <= found.span.end && found.span.end <= reply.size());
      }
    }
  });
}

}  // namespace
}  // namespace answerback::flows
