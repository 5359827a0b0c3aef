// Conversation tests themselves: what passes, what they say when it does not, and what is no conversation test.
#include "flows/load/load.hpp"
#include "server/rehearsal/conversation_test.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;
using OrderedJson = nlohmann::ordered_json;

namespace {

server::TestResult run(const std::string& source) {
  return server::run_conversation_test(source, [](const std::string& path) {
    return path == "roof.json" ? std::vector<flows::FlowPtr>{example_flow("roof-estimate")} : std::vector<flows::FlowPtr>{};
  });
}

server::TestResult run_turns(const std::string& turns, const std::string& more = "") {
  return run(R"({"flow": "roof.json", "turns": [)" + turns + "]" + more + "}");
}

std::string issue(const server::TestResult& result) {
  if (result.issues.size() != 1) return std::to_string(result.issues.size()) + " issues";
  return result.issues.front().code + " " + result.issues.front().pointer;
}

const std::string started = R"({"start": true},)";

}  // namespace

TEST_CASE("a test that tells what really happens passes: exact texts, parts, patterns and the outcome") {
  const auto result = run(R"({"flow": "roof.json", "contact": {"first_name": "Ana"}, "at": "2026-03-02T15:00:00Z",
    "turns": [{"start": true, "expect": ["Hi Ana, Acme Roofing here. Reply STOP to opt out.", {"contains": "What do you need"}]},
              {"reply": "its leaking", "expect": [{"matches": "^About how old .*years\\?$"}]},
              {"wait": "73h", "expect": []}],
    "outcome": {"outcome": "discarded", "reason": "no_reply", "answers": {"service": "repair"}}})");
  for (const auto& mismatch : result.mismatches) UNSCOPED_INFO(mismatch.what + (mismatch.got.empty() ? "" : ": " + mismatch.got.front()));
  CHECK(result.ok());
  CHECK(result.passed == std::vector<std::string>{"greet", "service", "age"});
}

TEST_CASE("a conversation may start with the text that triggers it") {
  CHECK(run_turns(R"({"start": "ROOF", "expect": [{"contains": "Hi there"}, {"contains": "What do you need"}]})").ok());
  CHECK(run_turns(R"({"start": "hello", "expect": []})").ok());
}

TEST_CASE("a conversation test says whose number it is, which tells the country that dates and numbers are read by") {
  const auto flow = R"({"flow": "when", "sender": "Acme", "start": "day", "steps": {
    "day": {"ask": "Acme here: which day? Reply STOP to opt out.", "expect": {"date": {"confirm": true}}, "next": "number"},
    "number": {"ask": "Which number?", "expect": "phone", "next": {"complete": "known"}}}})";
  const auto play = [&](const std::string& phone) {
    return server::run_conversation_test(
        R"({"flow": "when.json", )" + phone + R"("turns": [{"start": true}, {"reply": "3/4"}, {"reply": "1"}, {"reply": "yes"}, {"reply": "this number"}],
            "outcome": {"outcome": "completed", "answers": {"day": "2026-04-03", "number": "+447700900123"}}})",
        [&](const std::string&) { return std::vector{flows::load_flow(flow).flow}; });
  };
  CHECK(play(R"("phone": "+44 7700 900123", )").ok());
  CHECK_FALSE(play("").ok());
  CHECK(issue(play(R"("phone": "7700", )")) == "invalid_value /phone");
}

TEST_CASE("what came back differently is named with its turn, what was expected and what came") {
  const auto result = run_turns(started + R"({"reply": "2", "expect": ["How old?"]}, {"reply": "12", "expect": []})");
  CHECK(result.issues.empty());
  REQUIRE(result.mismatches.size() == 2);
  CHECK(result.mismatches[0].turn == 2);
  CHECK(result.mismatches[0].what == "reply \"2\"");
  CHECK(result.mismatches[0].expected == std::vector<std::string>{"How old?"});
  CHECK(result.mismatches[0].got == std::vector<std::string>{"About how old is the roof, in years?"});
  CHECK(result.mismatches[1].turn == 3);
  CHECK(result.mismatches[1].got.size() == 1);
}

TEST_CASE("a text that is expected and does not come is a mismatch too, whatever it is expected to look like") {
  for (const std::string entry : {R"("Hi")", R"({"contains": ""})", R"({"matches": ""})"}) {
    CHECK(run_turns(started + R"({"wait": "1m", "expect": [)" + entry + "]}").mismatches.size() == 1);
  }
}

TEST_CASE("an outcome is compared in what the test names of it, answers too") {
  const auto bailed = started + R"({"reply": "2"}, {"reply": "agent"})";
  CHECK(run_turns(bailed, R"(, "outcome": {"outcome": "bailed"})").ok());
  CHECK(run_turns(bailed, R"(, "outcome": {"answers": {"service": "replacement"}})").ok());
  const auto wrong = run_turns(bailed, R"(, "outcome": {"outcome": "completed"})");
  REQUIRE(wrong.mismatches.size() == 1);
  CHECK(wrong.mismatches[0].turn == 0);
  CHECK(wrong.mismatches[0].got.front().find("\"bailed\"") != std::string::npos);
  CHECK(run_turns(bailed, R"(, "outcome": {"answers": {}})").ok());
  CHECK(run_turns(bailed, R"(, "outcome": {"answers": {"zip": null}})").ok());
  CHECK(run_turns(bailed, R"(, "outcome": {"answers": {"service": null}})").mismatches.size() == 1);
  CHECK(run_turns(bailed, R"(, "outcome": {"answers": {"service": "repair"}})").mismatches.size() == 1);
  const auto still_open = run_turns(R"({"start": true})", R"(, "outcome": {"outcome": "bailed"})");
  REQUIRE(still_open.mismatches.size() == 1);
  CHECK(still_open.mismatches[0].got.front() == "the conversation has not ended");
}

TEST_CASE("the rewritten test holds what really came back, keeps what the author wrote beside it, and then passes") {
  const auto result = run(R"({"title": "Silent", "flow": "roof.json", "turns": [{"start": true, "expect": ["wrong"]}, {"reply": "agent"}],
                              "outcome": {"outcome": "completed"}})");
  const auto rewritten = OrderedJson::parse(result.rewritten);
  CHECK(rewritten.begin().key() == "title");
  CHECK(rewritten["turns"][0]["start"] == true);
  CHECK(rewritten["turns"][0]["expect"].size() == 2);
  CHECK(rewritten["turns"][1]["expect"] == OrderedJson::array({"Let me get a person to help you."}));
  CHECK(rewritten["outcome"]["outcome"] == "bailed");
  CHECK(result.rewritten.back() == '\n');
  const auto again = run(result.rewritten);
  CHECK(again.ok());
  CHECK(again.rewritten == result.rewritten);
}

TEST_CASE("what fits stays in the author's words when a test is rewritten; only what came back otherwise is replaced") {
  const auto result = run_turns(R"({"start": true, "expect": [{"contains": "Acme"}, "What?"]}, {"reply": "2", "expect": [{"matches": "roof"}]}, {"reply": "agent"})",
                                R"(, "outcome": {"reason": "no_reply", "answers": {"service": "repair", "zip": null}})");
  CHECK(result.can_be_rewritten());
  const auto rewritten = OrderedJson::parse(result.rewritten);
  CHECK(rewritten["turns"][0]["expect"][0] == OrderedJson::parse(R"({"contains": "Acme"})"));
  CHECK(rewritten["turns"][0]["expect"][1].get<std::string>().starts_with("What do you need?"));
  CHECK(rewritten["turns"][1]["expect"][0] == OrderedJson::parse(R"({"matches": "roof"})"));
  CHECK(rewritten["outcome"] == OrderedJson::parse(R"({"reason": "not_understood", "answers": {"service": "replacement", "zip": null}})"));
  CHECK(run(result.rewritten).ok());
}

TEST_CASE("a turn that makes no sense where it stands is nothing that rewriting mends") {
  const auto result = run_turns(started + R"({"call": "fails"})");
  REQUIRE(result.mismatches.size() == 1);
  CHECK_FALSE(result.can_be_rewritten());
}

TEST_CASE("a conversation that has not ended is rewritten as such, and passes as long as it has not") {
  const auto open = run_turns(R"({"start": true})", R"(, "outcome": {})");
  CHECK(OrderedJson::parse(open.rewritten)["outcome"] == nullptr);
  CHECK(run(open.rewritten).ok());
  const auto ended = run_turns(started + R"({"reply": "agent"})", R"(, "outcome": null)");
  REQUIRE(ended.mismatches.size() == 1);
  CHECK(ended.mismatches[0].expected.front() == "the conversation has not ended");
}

TEST_CASE("what is no conversation test is refused by the place of its fault") {
  CHECK(issue(run("{")) == "json_syntax ");
  CHECK(issue(run(R"({"flow": "elsewhere.json", "turns": []})")) == "unknown_flow /flow");
  CHECK(issue(run(R"({"flow": "roof.json"})")) == "required /turns");
  CHECK(issue(run(R"({"turns": []})")) == "required /flow");
  CHECK(issue(run(R"({"flow": "roof.json", "turns": {}})")) == "wrong_type /turns");
  CHECK(issue(run_turns("", R"(, "at": "yesterday")")) == "invalid_value /at");
  CHECK(issue(run_turns("", R"(, "turn": [])")) == "unknown_field /turn");
  CHECK(issue(run_turns("", R"(, "contact": {"First": 1})")) == "bad_name /contact/First");
  CHECK(issue(run_turns("{}")) == "one_of /turns/0");
  CHECK(issue(run_turns(R"({"start": true, "reply": "x"})")) == "one_of /turns/0");
  CHECK(issue(run_turns(R"({"start": false})")) == "wrong_type /turns/0/start");
  CHECK(issue(run_turns(R"({"start": true, "expcet": []})")) == "unknown_field /turns/0/expcet");
  CHECK(issue(run_turns(R"({"wait": "soon"})")) == "bad_duration /turns/0/wait");
  CHECK(issue(run_turns(R"({"start": true, "expect": [{"contains": "a", "matches": "b"}]})")) == "one_of /turns/0/expect/0");
  CHECK(issue(run_turns(R"({"start": true, "expect": [{"matches": "("}, {"contains": "What"}]})")) == "invalid_pattern /turns/0/expect/0");
  CHECK(issue(run_turns(R"({"start": true})", R"(, "outcome": {"reasons": "x"})")) == "unknown_field /outcome");
  CHECK_FALSE(run_turns("5").ok());
}

TEST_CASE("a test of more than a thousand turns is refused") {
  std::string turns = R"({"wait": "1s"})";
  for (int i = 0; i < 1'000; ++i) turns += R"(,{"wait": "1s"})";
  CHECK(issue(run_turns(turns)) == "limit /turns");
}
