// Scripts of conversations: what they hold comes back as it was written, and calls are answered by what they say.
#include "server/rehearsal/conversation_script.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/rehearsal/conversation_test.hpp"
#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;

namespace {

// What was read and written again, or the first issue.
std::string written_again(const std::string& text) {
  const auto parsed = flows::parse_json(text);
  flows::Report report;
  const auto script = server::read_script(std::get<flows::Json>(parsed), report);
  if (!report.ok()) return report.issues().front().code + " " + report.issues().front().pointer;
  return server::to_json(script).dump();
}

std::string script_with(const std::string& some) { return R"({"flow":"f.json","turns":[)" + some + "]}"; }

server::TestResult with_price_check(const std::string& call, const std::string& outcome) {
  return server::run_conversation_test(R"({"flow":"price.json","turns":[{"start":true},{"reply":"78701"},{"call":)" + call + R"(}],"outcome":)" + outcome + "}",
                                       [](const std::string&) { return std::vector<flows::FlowPtr>{price_check()}; });
}

}  // namespace

TEST_CASE("a script is written as it was read") {
  for (const auto& text :
       {script_with(R"({"start":true},{"reply":"yes"},{"wait":"15m"})"), script_with(R"({"start":"ROOF"},{"reply":"","media":["https://example.com/a.jpg"]})"),
        script_with(R"({"start":true},{"call":"fails"},{"call":{"expect":{"method":"POST","url":"https://crm.example/"},"answer":{"status":200,"json":{"a":[1,"b",null]}}}})"),
        std::string(R"({"title":"T","flow":"f.json","contact":{"first_name":"Ana"},"as":"con_7","at":"2026-05-01T00:00:00.000Z","turns":[]})")}) {
    CHECK(written_again(text) == text);
  }
}

TEST_CASE("what is no script is refused by the place of its fault") {
  CHECK(written_again(script_with(R"({"call":"works"})")) == "wrong_type /turns/0/call");
  CHECK(written_again(script_with(R"({"call":{"answer":{"status":99}}})")) == "out_of_range /turns/0/call/answer/status");
  CHECK(written_again(script_with(R"({"call":"fails","wait":"1h"})")) == "one_of /turns/0");
  CHECK(written_again(script_with(R"({"wait":"1h","media":["https://example.com/a.jpg"]})")) == "required /turns/0/media");
  CHECK(written_again(R"({"flow":"f.json","as":"Ana","turns":[]})") == "invalid_value /as");
  CHECK(written_again(R"({"flow":"f.json","as":"con_1000001","turns":[]})") == "invalid_value /as");
}

TEST_CASE("a conversation test answers the pending call, or lets it fail") {
  const auto priced = with_price_check(R"({"answer":{"json":{"quote":{"price":120}}}})", "{}");
  CHECK(priced.ok());
  const auto failed = with_price_check(R"("fails")", "{}");
  CHECK(failed.ok());
  CHECK(priced.rewritten != failed.rewritten);
}

TEST_CASE("a call that is another than the test expects, or that nobody made, is a mismatch") {
  const auto other = with_price_check(R"({"expect":{"method":"DELETE"},"answer":{"json":{}}})", "{}");
  REQUIRE(other.mismatches.size() == 1);
  CHECK(other.mismatches.front().expected == std::vector<std::string>{R"({"method":"DELETE"})"});
  CHECK(other.mismatches.front().got == std::vector<std::string>{R"({"method":"POST"})"});
  const auto none = server::run_conversation_test(R"({"flow":"roof.json","turns":[{"start":true},{"call":"fails"}]})",
                                                  [](const std::string&) { return std::vector<flows::FlowPtr>{example_flow("roof-estimate")}; });
  REQUIRE(none.mismatches.size() == 1);
  CHECK(none.mismatches.front().got == std::vector<std::string>{"no call waits for an answer"});
}

TEST_CASE("a call is compared in what the test names of it: method, URL, headers, members of its body") {
  const auto mismatches = [](const std::string& expected) {
    return with_price_check(R"({"expect":)" + expected + R"(,"answer":{"json":{"quote":{"price":120}}}})", "{}").mismatches.size();
  };
  CHECK(mismatches(R"({"method":"POST","url":"https://crm.example/quotes?zip=78701","body":{"zip":"78701"}})") == 0);
  CHECK(mismatches(R"({"body":{}})") == 0);
  CHECK(mismatches(R"({"body":{"city":null}})") == 0);
  CHECK(mismatches(R"({"headers":{"Authorization":"{secret: crm_token}"}})") == 0);
  CHECK(mismatches(R"({"body":{"zip":78701}})") == 1);
  CHECK(mismatches(R"({"body":{"zip":"78701","city":"Austin"}})") == 1);
  CHECK(mismatches(R"({"body":"78701"})") == 1);
  CHECK(mismatches(R"({"headers":{"Authorization":"Bearer"}})") == 1);
  CHECK(written_again(script_with(R"({"call":{"expect":{"boddy":{}}}})")) == "unknown_field /turns/0/call/expect/boddy");
}

TEST_CASE("a call that differs is rewritten as it was made, in the members that the test names") {
  const auto result = with_price_check(R"({"expect":{"body":{"zip":"10001"}},"answer":{"json":{"quote":{"price":120}}}})", "{}");
  REQUIRE(result.can_be_rewritten());
  const auto call = nlohmann::json::parse(result.rewritten)["turns"][2]["call"];
  CHECK(call["expect"] == nlohmann::json::parse(R"({"body":{"zip":"78701"}})"));
  CHECK(call["answer"]["json"]["quote"]["price"] == 120);
}

TEST_CASE("the contact of a script is the one that it names, with the fields that it gives") {
  server::ConversationScript script;
  script.as = engine::ContactKey{7};
  script.contact = {{"first_name", std::string("Ana")}};
  script.turns.emplace_back();
  const auto rehearsal = server::rehearse(script, {example_flow("roof-estimate")});
  CHECK(server::play(*rehearsal, script.turns.front()).texts.front() == "Hi Ana, Acme Roofing here. Reply STOP to opt out.");
  CHECK(rehearsal->contact()->key == engine::ContactKey{7});
}
