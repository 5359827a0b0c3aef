#include "flows/revisions.hpp"

#include <catch2/catch.hpp>

#include "tests/flows/flow_files.hpp"

using namespace answerback;

namespace {

const std::string first_revision = R"({ "flow": "two", "sender": "Acme", "steps": {
  "a": { "ask": "Acme: which? Reply STOP to opt out.", "expect": { "number": { "min": 1 } }, "next": "b" },
  "b": { "say": { "en": "Bye", "es": "Adios" }, "complete": "done" },
  "c": { "bail": "gone" } }, "anytime": [ { "phrases": ["agent"], "to": "c" } ] })";

flows::Difference against(const std::string& after) { return flows::compare(first_revision, after); }

flows::Step only_step(const std::string& verb) {
  return tests::load(R"({ "flow": "one", "steps": { "a": )" + verb + R"(, "end": { "complete": "done" } } })")->steps.front();
}

std::string why_not(const std::string& from, const std::string& to) {
  const auto image = only_step(to);
  return flows::why_no_image(only_step(from), &image).value_or("");
}

}  // namespace

TEST_CASE("the order of members and blanks are no difference") {
  CHECK(against(first_revision).empty());
  CHECK(against(R"({"anytime":[{"to":"c","phrases":["agent"]}],"sender":"Acme","flow":"two","steps":{"c":{"bail":"gone"},
    "a":{"next":"b","ask":"Acme: which? Reply STOP to opt out.","expect":{"number":{"min":1}}},"b":{"complete":"done","say":{"es":"Adios","en":"Bye"}}}})").empty());
}

TEST_CASE("steps that are new, gone or changed are named, texts apart from the rest") {
  const auto found = against(R"({ "flow": "two", "sender": "Acme", "steps": {
    "a": { "ask": "Acme: what? Reply STOP to opt out.", "expect": { "number": { "min": 2 } }, "next": "d" },
    "b": { "say": { "en": "Bye", "es": "Hasta luego" }, "complete": "done" },
    "d": { "bail": "gone" } }, "anytime": [ { "phrases": ["agent", "human"], "to": "d" } ] })");
  CHECK(found.added == std::vector<std::string>{"d"});
  CHECK(found.removed == std::vector<std::string>{"c"});
  REQUIRE(found.changed.size() == 2);
  CHECK(found.changed[0].step == "a");
  CHECK(found.changed[0].changes == std::vector<flows::Change>{
                                        {"/ask", R"("Acme: which? Reply STOP to opt out.")", R"("Acme: what? Reply STOP to opt out.")", true},
                                        {"/expect/number/min", "1", "2", false},
                                        {"/next", R"("b")", R"("d")", false}});
  CHECK(found.changed[1].changes == std::vector<flows::Change>{{"/say/es", R"("Adios")", R"("Hasta luego")", true}});
  CHECK(found.around == std::vector<flows::Change>{{"/anytime/0/phrases", R"(["agent"])", R"(["agent","human"])", false}, {"/anytime/0/to", R"("c")", R"("d")", false}});
}

TEST_CASE("a difference reads as lines") {
  const auto text = flows::to_text(against(R"({ "flow": "two", "steps": {
    "a": { "ask": "Acme: which? Reply STOP to opt out.", "expect": { "number": { "min": 1 } }, "answer": "n", "next": "b" },
    "b": { "say": { "en": "Bye", "es": "Adios" }, "complete": "done" } }, "anytime": [ { "phrases": ["agent"], "to": "b" } ] })"));
  CHECK(text == "- c\n~ a\n    /answer\n      + \"n\"\n~ the flow itself\n    /sender\n      - \"Acme\"\n    /anytime/0/to\n      - \"c\"\n      + \"b\"\n");
}

TEST_CASE("what waits at a step can go on at one of the same verb, a question only at one of the same kind") {
  const std::string number = R"({ "ask": "How many?", "expect": "number", "next": "end" })";
  CHECK(why_not(number, R"({ "ask": "What number?", "expect": { "number": { "max": 9 } }, "next": "end" })").empty());
  CHECK(why_not(number, R"({ "ask": "How many?", "expect": "yes_no", "next": "end" })") == "expects number, its image yes_no");
  CHECK(why_not(number, R"({ "say": "Bye", "next": "end" })") == "is a step of the verb ask, its image one of say");
  CHECK(flows::why_no_image(only_step(number), nullptr) == "has no image");
  const std::string visit = R"({ "run": "visit", "as": "v", "next": "end" })";
  CHECK(why_not(visit, visit).empty());
  CHECK_FALSE(why_not(visit, R"({ "run": "visit", "as": "w", "next": "end" })").empty());
  CHECK_FALSE(why_not(visit, R"({ "run": "other", "as": "v", "next": "end" })").empty());
  const std::string wait = R"({ "wait": { "for": "2h" }, "next": "end" })";
  CHECK(why_not(wait, R"({ "wait": { "until": "09:00" }, "next": "end" })").empty());
}
