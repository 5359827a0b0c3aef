#include "flows/load/load.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "tests/flows/flow_files.hpp"

using namespace answerback;
using namespace std::chrono_literals;
using flows::Ending;
using flows::Outcome;
using flows::StepIndex;

namespace {

flows::FlowPtr roof() { return tests::load(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "examples/flows/roof-estimate.json")); }

template <typename Verb>
const Verb& verb(const flows::Flow& flow, std::string_view step) {
  const auto index = flow.find(step);
  REQUIRE(index);
  REQUIRE(std::holds_alternative<Verb>(flow.steps[*index].verb));
  return std::get<Verb>(flow.steps[*index].verb);
}

StepIndex step_of(const flows::Target& target) {
  REQUIRE(std::holds_alternative<StepIndex>(target));
  return std::get<StepIndex>(target);
}

Ending ending_of(const flows::Target& target) {
  REQUIRE(std::holds_alternative<Ending>(target));
  return std::get<Ending>(target);
}

// A flow whose only question is `ask`, written as the members of its object.
std::string with_question(const std::string& members) {
  return R"({ "flow": "one", "steps": { "q": { "ask": "Which?", )" + members + R"(, "next": "done" }, "done": { "complete": "done" } } })";
}

std::string text_of(const flows::Text& text) {
  return flows::render(text, [](const flows::Path&) -> const flows::Value* { return nullptr; });
}

std::string text_of(const flows::Wording& wording) { return text_of(wording.text); }

}  // namespace

TEST_CASE("every example flow loads without a single issue") {
  REQUIRE(tests::example_flows().size() >= 3);
  for (const auto& file : tests::example_flows()) {
    const auto result = flows::load_flow(tests::read_text_file(file), tests::limits_with_reserved_words());
    for (const auto& issue : result.issues) FAIL_CHECK(flows::to_line(issue, file.string()));
    CHECK(result.flow != nullptr);
  }
}

TEST_CASE("the roof estimate is linked as it is written") {
  const auto flow = roof();
  CHECK(flow->name == "roof-estimate");
  CHECK(flow->title == "Roof estimate intake");
  CHECK(flow->sender == "Acme Roofing");
  REQUIRE(flow->triggers.keywords.size() == 2);
  CHECK(flow->triggers.keywords[0].written == "ROOF");
  CHECK(flow->triggers.keywords[1].folded == "estimate");
  CHECK_FALSE(flow->triggers.any);
  CHECK_FALSE(flow->triggers.interrupts);
  std::vector<std::string> names;
  for (const auto& step : flow->steps) names.push_back(step.name);
  CHECK(names == std::vector<std::string>{"greet", "service", "age", "zip", "booked", "person", "gone"});
  CHECK(flow->start == 0);
  CHECK(flow->steps[1].at == flows::Position{11, 5});
}

TEST_CASE("a question holds its choices, its patience and its branches") {
  const auto flow = roof();
  const auto& ask = verb<flows::Ask>(*flow, "service");
  CHECK(ask.answer == "service");
  CHECK(std::get<flows::ExpectChoice>(ask.expect).choices[1] == flows::Choice{"replacement", tests::cues({"2", "new roof"})});
  CHECK(ask.unclear.times == 2);
  CHECK(text_of(ask.unclear.say.at(0)) == "Sorry, reply 1 for repair, 2 for replacement or 3 for inspection.");
  CHECK(step_of(ask.unclear.then) == flow->find("person"));
  REQUIRE(ask.silent.remind.size() == 1);
  CHECK(ask.silent.remind[0].after == 1h);
  CHECK(ask.silent.after == 24h);
  CHECK(step_of(ask.silent.then) == flow->find("gone"));
  REQUIRE(ask.next.size() == 2);
  CHECK_FALSE(flows::always(ask.next[0].when));
  CHECK(step_of(ask.next[0].to) == flow->find("zip"));
  CHECK(flows::always(ask.next[1].when));
  CHECK(step_of(ask.next[1].to) == flow->find("age"));
}

TEST_CASE("a say that ends the conversation leads to its outcome, an outcome alone is a step of its own") {
  const auto flow = roof();
  const auto& booked = verb<flows::Say>(*flow, "booked");
  REQUIRE(booked.next.size() == 1);
  CHECK(flows::always(booked.next[0].when));
  CHECK(ending_of(booked.next[0].to) == Ending{Outcome::completed, "estimate_requested"});
  CHECK(verb<flows::End>(*flow, "gone").ending == Ending{Outcome::discarded, "no_reply"});
}

TEST_CASE("phrases at any time lead to a step or an outcome") {
  const auto flow = roof();
  REQUIRE(flow->anytime.size() == 2);
  CHECK(flows::written_cues(flow->anytime[0].phrases) == "agent, human, call me");
  CHECK(step_of(flow->anytime[0].to) == flow->find("person"));
  CHECK(ending_of(flow->anytime[1].to) == Ending{Outcome::discarded, "not_interested"});
}

TEST_CASE("a question that says nothing of it retries twice, waits 72 hours and always ends") {
  const auto flow = tests::load(with_question(R"("answer": "which")"));
  const auto& ask = verb<flows::Ask>(*flow, "q");
  CHECK(ask.answer == "which");
  CHECK(ask.expect == flows::Expect(flows::ExpectText{}));
  CHECK(ask.unclear.say.empty());
  CHECK(ask.unclear.times == 2);
  CHECK(ending_of(ask.unclear.then) == Ending{Outcome::bailed, "not_understood"});
  CHECK(ask.silent.remind.empty());
  CHECK(ask.silent.after == 72h);
  CHECK(ending_of(ask.silent.then) == Ending{Outcome::discarded, "no_reply"});
}

TEST_CASE("a question takes from the flow's defaults what it does not say itself") {
  const auto flow = tests::load(R"({ "flow": "defaults", "steps": {
    "q": { "ask": "Which?", "unclear": { "times": 0 }, "silent": { "after": "2d" }, "next": "done" },
    "done": { "complete": "done" } },
    "defaults": { "unclear": { "say": "Pardon?", "times": 5, "then": "done" },
                  "silent": { "remind": [ { "after": "10m", "say": "Hello?" } ], "after": "1h", "then": { "bail": "silent" } } } })");
  const auto& ask = verb<flows::Ask>(*flow, "q");
  CHECK(ask.answer == "q");
  CHECK(text_of(ask.unclear.say.at(0)) == "Pardon?");
  CHECK(ask.unclear.times == 0);
  CHECK(step_of(ask.unclear.then) == 1);
  CHECK(ask.silent.remind.size() == 1);
  CHECK(ask.silent.after == 48h);
  CHECK(ending_of(ask.silent.then) == Ending{Outcome::bailed, "silent"});
}

TEST_CASE("each kind is read with its options, or by its bare name") {
  const auto expect = [](const std::string& json) { return verb<flows::Ask>(*tests::load(with_question("\"expect\": " + json)), "q").expect; };
  using namespace flows;
  const std::chrono::year_month_day day{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(2)};
  CHECK(expect(R"("yes_no")") == Expect(ExpectYesNo{}));
  CHECK(expect(R"({ "yes_no": {} })") == Expect(ExpectYesNo{}));
  CHECK(expect(R"({ "email": true })") == Expect(ExpectEmail{}));
  CHECK(expect(R"({ "text": { "min": 2, "max": 80, "matches": "^[a-z]+$" } })") == Expect(ExpectText{2, 80, Pattern("^[a-z]+$")}));
  CHECK(expect(R"({ "number": { "min": 0, "max": 1.5, "integer": true } })") == Expect(ExpectNumber{0.0, 1.5, true}));
  CHECK(expect(R"("number")") == Expect(ExpectNumber{}));
  CHECK(expect(R"({ "postcode": "CA" })") == Expect(ExpectPostcode{"CA"}));
  CHECK(expect(R"("phone")") == Expect(ExpectPhone{}));
  CHECK(expect(R"({ "phone": { "country": "GB" } })") == Expect(ExpectPhone{"GB"}));
  CHECK(expect(R"({ "date": { "after": "today", "before": "2026-03-02" } })") == Expect(ExpectDate{DateBound{true, {}}, DateBound{false, day}}));
}

TEST_CASE("set holds literals as values and texts with placeholders as texts") {
  const auto flow = tests::load(R"({ "flow": "set", "steps": {
    "s": { "set": { "vars.tier": "gold", "vars.hours": 2, "vars.rate": 0.5, "contact.vip": true, "vars.who": "{{contact.vip}}" }, "next": "q" },
    "q": { "complete": "done" } } })");
  const auto& set = verb<flows::Set>(*flow, "s").assignments;
  REQUIRE(set.size() == 5);
  CHECK(set[0].to == flows::Path{flows::Path::Root::vars, "tier"});
  CHECK(std::get<flows::Value>(set[0].value) == flows::Value("gold"));
  CHECK(std::get<flows::Value>(set[1].value) == flows::Value(std::int64_t{2}));
  CHECK(std::get<flows::Value>(set[2].value) == flows::Value(0.5));
  CHECK(set[3].to.root == flows::Path::Root::contact);
  CHECK(std::get<flows::Value>(set[3].value) == flows::Value(true));
  CHECK(std::holds_alternative<flows::Wording>(set[4].value));
}

TEST_CASE("an outcome may stand wherever a step's name may") {
  const auto flow = tests::load(R"({ "flow": "ends", "start": "q", "steps": {
    "q": { "ask": "Which?", "unclear": { "then": { "bail": "person" } },
           "next": [ { "when": { "answers.q": "a" }, "to": { "complete": "a" } }, { "when": { "answers.q": "b" }, "discard": "b" }, { "to": "s" } ] },
    "s": { "say": "Bye", "next": { "bail": "c" } } } })");
  const auto& ask = verb<flows::Ask>(*flow, "q");
  CHECK(ending_of(ask.unclear.then) == Ending{Outcome::bailed, "person"});
  CHECK(ending_of(ask.next[0].to) == Ending{Outcome::completed, "a"});
  CHECK(ending_of(ask.next[1].to) == Ending{Outcome::discarded, "b"});
  CHECK(ending_of(verb<flows::Say>(*flow, "s").next[0].to) == Ending{Outcome::bailed, "c"});
}

TEST_CASE("a flow interrupts when it says so, among its triggers or beside them") {
  const auto interrupts = [](const std::string& member) {
    return tests::load("{ \"flow\": \"i\", " + member + R"("steps": { "done": { "complete": "done" } } })")->triggers.interrupts;
  };
  CHECK_FALSE(interrupts(""));
  CHECK(interrupts(R"("interrupts": true, )"));
  CHECK(interrupts(R"("triggers": { "keywords": ["GO"], "interrupts": true }, )"));
  CHECK_FALSE(interrupts(R"("interrupts": true, "triggers": { "interrupts": false }, )"));
}

TEST_CASE("an issue inside a text points at the character, escapes and all") {
  const auto result = flows::load_flow("{ \"flow\": \"t\",\n  \"steps\": { \"s\": { \"say\": \"\\\"\\u00e9\\ud83d\\ude00é😀 {{vars.none}}\", \"bail\": \"x\" } } }");
  REQUIRE(result.issues.size() >= 1);
  const auto unknown = std::find_if(result.issues.begin(), result.issues.end(), [](const auto& issue) { return issue.code == "unknown_path"; });
  REQUIRE(unknown != result.issues.end());
  CHECK(unknown->at == flows::Position{2, 52});
  CHECK(unknown->pointer == "/steps/s/say");
}

TEST_CASE("an issue stays one line of a bearable length, whatever it repeats") {
  const std::string name = "a\\nfile.json:1:1: error[x]: y\\u001b[31m" + std::string(5'000, 'z');
  const auto issues = flows::load_flow(R"({ "flow": "names", "steps": { "s": { "say": "x", "next": ")" + name + R"(" } } })").issues;
  REQUIRE_FALSE(issues.empty());
  for (const auto& issue : issues) {
    CHECK(std::none_of(issue.message.begin(), issue.message.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    CHECK(issue.message.size() < 600);
  }
}

TEST_CASE("issues come in the order of the file") {
  for (const auto& file : tests::broken_flows()) {
    const auto issues = flows::load_flow(tests::read_text_file(file)).issues;
    CHECK(std::is_sorted(issues.begin(), issues.end(), [](const auto& a, const auto& b) {
      return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    }));
  }
}

TEST_CASE("a text of 1,600 characters is taken, one more is not") {
  const auto flow = [](std::size_t characters) {
    std::string text;
    for (std::size_t i = 0; i < characters; ++i) text += "é";
    return R"({ "flow": "long", "steps": { "s": { "say": ")" + text + R"(", "complete": "done" } } })";
  };
  CHECK(flows::load_flow(flow(1'600)).flow != nullptr);
  CHECK(flows::load_flow(flow(1'601)).flow == nullptr);
}

TEST_CASE("a flow of 1,000 steps is taken, one more is not") {
  CHECK(tests::load(tests::long_flow(1'000))->steps.size() == 1'000);
  CHECK(flows::load_flow(tests::long_flow(1'001)).flow == nullptr);
}

TEST_CASE("a file over the limit of bytes is refused before it is read") {
  flows::FlowLimits limits;
  limits.max_bytes = 100;
  const auto result = flows::load_flow(tests::long_flow(10), limits);
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues[0].code == "json_size");
}

TEST_CASE("a file of nothing but slips is answered, without a hint for each") {
  std::string source = R"({ "flow": "slips", "steps": {)";
  for (int i = 0; i < 999; ++i) source += fmt::format(R"("step_{}": {{ "say": "x", "next": "stepp_{}" }},)", i, i);
  source += R"("done": { "complete": "done" } } })";
  const auto issues = flows::load_flow(source).issues;
  const auto hinted = std::count_if(issues.begin(), issues.end(), [](const auto& issue) { return issue.message.find("did you mean") != std::string::npos; });
  CHECK(std::count_if(issues.begin(), issues.end(), [](const auto& issue) { return issue.code == "unknown_step"; }) == 999);
  CHECK(hinted == 100);
}

TEST_CASE("no byte changed, dropped or doubled makes the loader fail, and what it takes stays linked") {
  const std::vector<std::string> sources = [] {
    std::vector<std::string> all;
    for (const auto& file : tests::example_flows()) all.push_back(tests::read_text_file(file));
    return all;
  }();
  CHECK(rc::check([&] {
    auto source = sources[*rc::gen::inRange<std::size_t>(0, sources.size())];
    const auto changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, source.size());
      const auto length = *rc::gen::inRange<std::size_t>(0, 40);
      switch (*rc::gen::inRange(0, 4)) {
        case 0: source[at] = *rc::gen::arbitrary<char>(); break;
        case 1: source.erase(at, length); break;
        case 2: source.insert(at, source.substr(*rc::gen::inRange<std::size_t>(0, source.size()), length)); break;
        default: source.insert(at, *rc::gen::element<std::string>("\"", "{{", "}}", "null", "[", "{}", ",", "-1e999", "\\u0000", "\\ud800")); break;
      }
      if (source.empty()) source = "x";
    }
    const auto result = flows::load_flow(source, tests::limits_with_reserved_words());
    RC_ASSERT((result.flow == nullptr) == flows::has_errors(result.issues));
    if (!result.flow) return;
    RC_ASSERT(result.flow->start < result.flow->steps.size());
    for (const auto& step : result.flow->steps) RC_ASSERT(result.flow->find(step.name).has_value());
  }));
}
