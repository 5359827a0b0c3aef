#include "flows/comparison.hpp"
#include "flows/condition.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

using namespace answerback::flows;

namespace {

struct Read {
  Condition condition;
  std::vector<Issue> issues;
  std::vector<std::string> paths;
};

Read read(std::string_view text) {
  const auto json = std::get<Json>(parse_json(text));
  Report report;
  Read read;
  read.condition = parse_condition(json, "/when", report, [&](const Path& path, const std::string& pointer, Position at) {
    read.paths.push_back(to_string(path) + " " + pointer + " " + std::to_string(at.column));
  });
  read.issues = report.take();
  return read;
}

const Values answers{{"age", std::int64_t{18}},  {"score", 2.5},         {"service", "Repair"}, {"zip", "78701"},
                     {"day", "2026-03-02"},      {"member", true},       {"note", "Café  au lait, s'il vous plaît"},
                     {"urls", std::vector<std::string>{"http://a", "http://b"}}, {"nothing", std::monostate()}};

const Value* look_up_answer(const Path& path) { return path.root == Path::Root::answers ? find(answers, path.name) : nullptr; }

bool holds(std::string_view text) {
  const auto result = read(text);
  INFO(text);
  REQUIRE(result.issues.empty());
  return holds(result.condition, look_up_answer);
}

Issue only_issue(std::string_view text) {
  const auto result = read(text);
  INFO(text);
  REQUIRE(result.issues.size() == 1);
  return result.issues[0];
}

}  // namespace

TEST_CASE("a bare value is equality") {
  CHECK(holds(R"({"answers.age": 18})"));
  CHECK(holds(R"({"answers.age": 18.0})"));
  CHECK_FALSE(holds(R"({"answers.age": 19})"));
  CHECK(holds(R"({"answers.member": true})"));
  CHECK_FALSE(holds(R"({"answers.member": false})"));
  CHECK(holds(R"({"answers.age": {"eq": 18}})"));
}

TEST_CASE("texts are equal whatever their case, accents and spaces") {
  CHECK(holds(R"({"answers.service": "repair"})"));
  CHECK(holds(R"({"answers.service": "REPAIR"})"));
  CHECK(holds(R"({"answers.note": "cafe au lait, s'il vous plait"})"));
  CHECK_FALSE(holds(R"({"answers.service": "repairs"})"));
  CHECK_FALSE(holds(R"({"answers.service": ""})"));
}

TEST_CASE("a list is one of") {
  CHECK(holds(R"({"answers.service": ["inspection", "repair"]})"));
  CHECK(holds(R"({"answers.age": ["x", 18]})"));
  CHECK_FALSE(holds(R"({"answers.service": ["inspection"]})"));
}

TEST_CASE("numbers stand in order, the bounds where the operator says so") {
  CHECK(holds(R"({"answers.age": {"gte": 18}})"));
  CHECK_FALSE(holds(R"({"answers.age": {"gt": 18}})"));
  CHECK(holds(R"({"answers.age": {"lte": 18}})"));
  CHECK_FALSE(holds(R"({"answers.age": {"lt": 18}})"));
  CHECK(holds(R"({"answers.score": {"gt": 2}})"));
  CHECK(holds(R"({"answers.age": {"lt": 18.5}})"));
  CHECK(holds(R"({"answers.age": {"between": [18, 20]}})"));
  CHECK(holds(R"({"answers.age": {"between": [10, 18]}})"));
  CHECK_FALSE(holds(R"({"answers.age": {"between": [19, 20]}})"));
  CHECK(holds(R"({"answers.age": {"gt": 17, "lt": 19}})"));
  CHECK_FALSE(holds(R"({"answers.age": {"gt": 17, "lt": 18}})"));
}

TEST_CASE("whole numbers beyond what a double can tell apart are still told apart") {
  const Value value = std::int64_t{9'007'199'254'740'993};
  const auto is = [&](std::string_view text) { return holds(read(text).condition, [&](const Path&) { return &value; }); };
  CHECK(is(R"({"answers.n": 9007199254740993})"));
  CHECK_FALSE(is(R"({"answers.n": 9007199254740992})"));
  CHECK_FALSE(is(R"({"answers.n": 9007199254740992.0})"));
}

TEST_CASE("a text that spells a number compares as one with a number") {
  CHECK(holds(R"({"answers.zip": 78701})"));
  CHECK(holds(R"({"answers.zip": {"gt": 78000}})"));
  CHECK(holds(R"({"answers.age": "18"})"));
  CHECK_FALSE(holds(R"({"answers.service": {"gt": 1}})"));
  CHECK_FALSE(holds(R"({"answers.member": 1})"));
}

TEST_CASE("money compares by its amount, and only with money of its own currency") {
  const Value budget = Money{1'500, "USD"};
  const auto is = [&](std::string_view text) { return holds(read(text).condition, [&](const Path&) { return &budget; }); };
  CHECK(is(R"({"answers.budget": {"gte": 1500}})"));
  CHECK(is(R"({"answers.budget": 1500})"));
  CHECK(is(R"({"answers.budget": {"between": [1000, 2000]}})"));
  CHECK(is(R"({"answers.budget": {"lt": "1500.5"}})"));
  CHECK_FALSE(is(R"({"answers.budget": {"gt": 1500}})"));
  CHECK_FALSE(is(R"({"answers.budget": {"gt": "a lot"}})"));
  const auto compared = [&](Comparison::Operator op, const Money& with) { return holds(Comparison{{}, op, {with}, {}, {}}, &budget); };
  CHECK(compared(Comparison::Operator::gt, {1'000, "USD"}));
  CHECK(compared(Comparison::Operator::eq, {1'500, "USD"}));
  CHECK_FALSE(compared(Comparison::Operator::gt, {1'000, "EUR"}));
  CHECK_FALSE(compared(Comparison::Operator::lt, {2'000, "EUR"}));
  CHECK_FALSE(compared(Comparison::Operator::eq, {1'500, "EUR"}));
}

TEST_CASE("ISO dates stand in order as texts") {
  CHECK(holds(R"({"answers.day": {"gt": "2026-03-01"}})"));
  CHECK(holds(R"({"answers.day": {"between": ["2026-03-02", "2026-03-31"]}})"));
  CHECK_FALSE(holds(R"({"answers.day": {"lt": "2026-03-02"}})"));
}

TEST_CASE("contains looks for a part of a text or an entry of a list") {
  CHECK(holds(R"({"answers.note": {"contains": "CAFÉ AU"}})"));
  CHECK_FALSE(holds(R"({"answers.note": {"contains": "tea"}})"));
  CHECK(holds(R"({"answers.urls": {"contains": "http://b"}})"));
  CHECK_FALSE(holds(R"({"answers.urls": {"contains": "http"}})"));
}

TEST_CASE("matches finds a pattern anywhere, anchors tie it down") {
  CHECK(holds(R"({"answers.zip": {"matches": "^787"}})"));
  CHECK(holds(R"({"answers.zip": {"matches": "01"}})"));
  CHECK_FALSE(holds(R"({"answers.zip": {"matches": "^01$"}})"));
}

TEST_CASE("a value that is not set makes every comparison false but exists: false") {
  for (const auto* path : {"answers.unset", "answers.nothing", "contact.unset"}) {
    const auto with = [&](std::string_view operand) { return "{\"" + std::string(path) + "\": " + std::string(operand) + "}"; };
    for (const auto* operand : {"\"\"", "0", "false", "[\"\", 0]", R"({"lt": 1})", R"({"gte": ""})", R"({"between": [0, 1]})", R"({"contains": "a"})",
                                R"({"matches": ".*"})", R"({"exists": true})"}) {
      CHECK_FALSE(holds(with(operand)));
    }
    CHECK(holds(with(R"({"exists": false})")));
  }
  CHECK(holds(R"({"answers.age": {"exists": true}})"));
  CHECK_FALSE(holds(R"({"answers.age": {"exists": false}})"));
}

TEST_CASE("members are AND; any, all and not nest") {
  CHECK(holds("{}"));
  CHECK(holds(R"({"answers.age": 18, "answers.service": "repair"})"));
  CHECK_FALSE(holds(R"({"answers.age": 18, "answers.service": "x"})"));
  CHECK(holds(R"({"any": [{"answers.age": 1}, {"answers.service": "repair"}]})"));
  CHECK_FALSE(holds(R"({"any": [{"answers.age": 1}, {"answers.service": "x"}]})"));
  CHECK_FALSE(holds(R"({"all": [{"answers.age": 18}, {"answers.service": "x"}]})"));
  CHECK(holds(R"({"not": {"answers.service": "x"}})"));
  CHECK_FALSE(holds(R"({"not": {"answers.age": 18, "answers.service": "repair"}})"));
  CHECK(holds(R"({"not": {"answers.age": 18, "answers.service": "x"}})"));
  CHECK_FALSE(holds(R"({"not": {}})"));
  CHECK(holds(R"({"answers.age": 18, "any": [{"not": {"all": [{"answers.age": {"gt": 20}}]}}, {"answers.zip": "0"}]})"));
}

TEST_CASE("a condition that asks nothing is always true") {
  CHECK(always(read("{}").condition));
  CHECK_FALSE(always(read(R"({"answers.age": 18})").condition));
  CHECK_FALSE(always(read(R"({"not": {}})").condition));
}

TEST_CASE("every path that is named is shown to the caller with its place") {
  CHECK(read(R"({"answers.a": 1, "any": [{"contact.b": 2}, {"not": {"vars.c": {"exists": true}}}]})").paths ==
        std::vector<std::string>{"answers.a /when/answers.a 2", "contact.b /when/any/0/contact.b 27", "vars.c /when/any/1/not/vars.c 53"});
}

TEST_CASE("an operator that does not exist is named, with the one that was meant") {
  const auto issue = only_issue(R"({"answers.age": {"gtee": 18}})");
  CHECK(to_line(issue, "f") == "f:1:18: error[unknown_operator]: there is no operator \"gtee\", did you mean \"gte\"?");
  CHECK(issue.pointer == "/when/answers.age/gtee");
  CHECK(only_issue(R"({"answers.age": {"$where": 18}})").code == "unknown_operator");
  CHECK(only_issue(R"({"answers.age": {"one_of": [1]}})").code == "unknown_operator");
}

TEST_CASE("what stands where a path should is named, with what was meant") {
  CHECK(only_issue(R"({"answer.age": 18})").message.find("did you mean \"answers.age\"?") != std::string::npos);
  CHECK(only_issue(R"({"anny": []})").message == "\"anny\" is no path, did you mean \"any\"?");
  for (const auto* text : {R"({"age": 18})", R"({"": 18})", R"({"or": []})", R"({"answers.a..b": 1})", R"({"vars.a.b": 1})", R"({"sender.name": 1})"}) {
    CHECK(only_issue(text).code == "unknown_path");
  }
}

TEST_CASE("operands of the wrong type are reported") {
  for (const auto* text :
       {"[]", "1", "null", R"({"any": {}})", R"({"all": []})", R"({"not": []})", R"({"answers.a": null})", R"({"answers.a": []})", R"({"answers.a": {}})",
        R"({"answers.a": [[1]]})", R"({"answers.a": {"eq": [1]}})", R"({"answers.a": {"eq": null}})", R"({"answers.a": {"gt": true}})",
        R"({"answers.a": {"lt": [1]}})", R"({"answers.a": {"exists": 1}})", R"({"answers.a": {"contains": 1}})", R"({"answers.a": {"contains": " "}})",
        R"({"answers.a": {"matches": 1}})", R"({"answers.a": {"between": 1}})", R"({"answers.a": {"between": [1]}})",
        R"({"answers.a": {"between": [1, "2"]}})", R"({"answers.a": {"between": [1, 2, 3]}})", R"({"answers.a": {"between": [2, 1]}})",
        R"({"answers.a": {"between": ["b", "a"]}})"}) {
    CHECK(only_issue(text).code == "wrong_type");
  }
}

TEST_CASE("a pattern that is none is reported when it is read") {
  CHECK(only_issue(R"({"answers.a": {"matches": "("}})").code == "invalid_pattern");
  CHECK(only_issue(R"({"answers.a": {"matches": ")" + std::string(201, 'a') + R"("}})").code == "invalid_pattern");
}

TEST_CASE("all issues of a condition come at once") {
  CHECK(read(R"({"answers.a": {"gtt": 1, "exists": 2}, "b": 1, "any": [1, {"answers.c": null}]})").issues.size() == 5);
}

TEST_CASE("a condition has a short label for drawings") {
  CHECK(to_label(read(R"({"answers.service": "inspection"})").condition) == "answers.service = inspection");
  CHECK(to_label(read(R"({"answers.age": {"gte": 18}})").condition) == "answers.age >= 18");
  CHECK(to_label(read(R"({"contact.state": ["TX", "OK"]})").condition) == "contact.state one of TX, OK");
  CHECK(to_label(read(R"({"answers.age": {"between": [1, 2]}})").condition) == "answers.age between 1 and 2");
  CHECK(to_label(read(R"({"answers.a": {"exists": false}})").condition) == "answers.a is not set");
  CHECK(to_label(read(R"({"answers.a": {"matches": "^7"}})").condition) == "answers.a matches ^7");
  CHECK(to_label(read(R"({"answers.a": 1, "any": [{"answers.b": 2}, {"not": {"answers.c": 3}}]})").condition) ==
        "answers.a = 1 and (answers.b = 2 or not (answers.c = 3))");
  CHECK(to_label(read("{}").condition) == "always");
}

namespace {

std::string joined(int depth, std::string (*make)(int)) {
  std::string text;
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) text += (i > 0 ? "," : "") + make(depth - 1);
  return text;
}

std::string random_name() {
  return *rc::gen::element<std::string>("any", "all", "not", "answers.age", "answers.note", "answers.urls", "contact.a", "eq", "gt", "lte", "between",
                                        "exists", "contains", "matches", "gtt", "answers.", "");
}

// Shaped like conditions, but with any name and any value anywhere.
std::string random_condition(int depth) {
  const int kind = depth > 0 ? *rc::gen::inRange(0, 6) : 0;
  if (kind == 0) return *rc::gen::element<std::string>("null", "true", "18", "2.5", "\"a\"", "\"(\"", "\"\"", "[1, 2]", "[\"b\", \"a\"]");
  if (kind == 1) return "[" + joined(depth, random_condition) + "]";
  return "{" + joined(depth, [](int below) { return "\"" + random_name() + "\":" + random_condition(below); }) + "}";
}

}  // namespace

TEST_CASE("any JSON is read as a condition or reported, never more") {
  rc::prop("random JSON in the words of conditions", [] {
    const auto parsed = parse_json(random_condition(5));
    const auto* json = std::get_if<Json>(&parsed);
    if (!json) return;  // the same name twice
    Report report;
    const auto condition = parse_condition(*json, "", report, nullptr);
    const bool held = report.ok() && holds(condition, look_up_answer);
    RC_ASSERT(!held || holds({Condition::Kind::all, {condition, condition}, {}}, look_up_answer));
    const auto label = to_label(condition);
    RC_ASSERT(!report.ok() || !label.empty());
  });
}
