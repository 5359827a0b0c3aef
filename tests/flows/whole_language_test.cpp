// One flow with everything that the format has, read into the model as it is written.
#include <catch2/catch.hpp>

#include "flows/load/load.hpp"
#include "tests/flows/flow_files.hpp"
#include "tests/flows/json_schema.hpp"

using namespace answerback;
using namespace std::chrono_literals;
using flows::Path;

namespace {

const flows::LoadResult& whole() {
  static const auto result = flows::load_flow(tests::read_text_file(std::filesystem::path(TESTS_DIR) / "flows/data/whole_language.json"));
  return result;
}

const flows::Flow& whole_flow() {
  for (const auto& issue : whole().issues) UNSCOPED_INFO(flows::to_line(issue, "whole_language.json"));
  REQUIRE(whole().flow != nullptr);
  return *whole().flow;
}

template <typename Verb>
const Verb& step_of(std::string_view name) {
  const auto index = whole_flow().find(name);
  REQUIRE(index);
  return std::get<Verb>(whole_flow().steps[*index].verb);
}

template <typename Kind>
const Kind& kind_of_step(std::string_view name) {
  return std::get<Kind>(step_of<flows::Ask>(name).expect);
}

std::string rendered(const flows::Text& text) {
  return flows::render(text, [](const Path&) -> const flows::Value* { return nullptr; });
}

flows::Duration clock(int hours, int minutes = 0) { return std::chrono::hours(hours) + std::chrono::minutes(minutes); }

}  // namespace

TEST_CASE("the whole language loads without an error and fits the published schema") {
  CHECK(whole_flow().name == "whole-language");
  const tests::JsonSchema schema(
      nlohmann::json::parse(tests::read_text_file(std::filesystem::path(SOURCE_DIR) / "flows/schema/answerback-flow.v1.schema.json")));
  CHECK(schema.problem(nlohmann::json::parse(tests::read_text_file(std::filesystem::path(TESTS_DIR) / "flows/data/whole_language.json"))) == "");
}

TEST_CASE("a flow declares eagerness, hours, typed fields, variables and languages") {
  const auto& flow = whole_flow();
  CHECK(flow.eager);
  CHECK(flow.languages == std::vector<std::string>{"en", "es"});
  REQUIRE(flow.hours);
  CHECK(flow.hours->week[0].empty());
  CHECK(flow.hours->week[1] == std::vector<flows::OpenRange>{{clock(8), clock(12)}, {clock(13), clock(17)}});
  CHECK(flow.hours->week[6] == std::vector<flows::OpenRange>{{clock(10), clock(14)}});
  REQUIRE(flow.hours->closed.size() == 2);
  CHECK(flow.hours->closed[0] < flow.hours->closed[1]);
  REQUIRE(flow.contact_fields.size() == 4);
  CHECK(flow.contact_fields[0].type == flows::FieldType::number);
  CHECK(flow.contact_fields[2].type == flows::FieldType::datetime);
  CHECK(*flows::find(flow.variables, "tier") == flows::Value("silver"));
  CHECK(*flows::find(flow.variables, "tries") == flows::Value(std::int64_t{0}));
  REQUIRE(flow.triggers.keywords.size() == 2);
  CHECK(flow.triggers.keywords[1].folded == "techo");
  CHECK(flow.triggers.keywords[1].language == "es");
}

TEST_CASE("questions of every kind take their options and whether the value is read back") {
  CHECK(kind_of_step<flows::ExpectMoney>("budget") == flows::ExpectMoney{100.0, std::nullopt, "USD"});
  CHECK(step_of<flows::Ask>("budget").confirm);
  CHECK(step_of<flows::Ask>("kind").confirm);
  CHECK(kind_of_step<flows::ExpectChoice>("kind").choices.size() == 2);
  CHECK_FALSE(step_of<flows::Ask>("at").confirm);
  CHECK(kind_of_step<flows::ExpectDateTime>("when").after == flows::DateBound{true, {}});
  CHECK(step_of<flows::Ask>("zip").confirm);
  CHECK(std::holds_alternative<flows::ExpectTime>(step_of<flows::Ask>("at").expect));
  CHECK(std::holds_alternative<flows::ExpectName>(step_of<flows::Ask>("who").expect));
  CHECK(std::holds_alternative<flows::ExpectMedia>(step_of<flows::Ask>("photo").expect));
  CHECK(step_of<flows::Ask>("at").unclear.times == 1);
}

TEST_CASE("the flow's defaults may read every answer back, and a question may refuse it; a choice may be called confirm") {
  const auto flow = flows::load_flow(R"({ "flow": "c", "defaults": { "confirm": true }, "steps": {
    "a": { "ask": "A?", "expect": "number", "next": "b" }, "b": { "ask": "B?", "expect": { "number": { "confirm": false } }, "next": "c" },
    "c": { "ask": "C?", "expect": { "choice": { "confirm": ["yes it is"], "change": [] } }, "next": { "complete": "done" } } } })").flow;
  REQUIRE(flow);
  const auto ask = [&](std::size_t step) { return std::get<flows::Ask>(flow->steps[step].verb); };
  CHECK(ask(0).confirm);
  CHECK_FALSE(ask(1).confirm);
  CHECK(ask(2).confirm);
  CHECK(std::get<flows::ExpectChoice>(ask(2).expect).choices[0].key == "confirm");
}

TEST_CASE("a call holds its request, its body as a template, what it saves and where it fails") {
  const auto& call = step_of<flows::Call>("quote");
  CHECK(call.method == "POST");
  CHECK(rendered(call.url) == "https://crm.example/zip/?tier=");
  REQUIRE(call.headers.size() == 2);
  CHECK(call.headers[0].secret.empty());
  CHECK(call.headers[1].name == "Authorization");
  CHECK(call.headers[1].secret == "crm_token");
  REQUIRE(call.body);
  CHECK(call.body->names == std::vector<std::string>{"zip", "n", "list"});
  CHECK(call.body->parts[0].kind == flows::BodyTemplate::Kind::text);
  CHECK(call.body->parts[1].fixed == flows::Value(std::int64_t{1}));
  CHECK(call.body->parts[2].parts.size() == 4);
  CHECK(call.timeout == 5s);
  REQUIRE(call.save.size() == 2);
  CHECK(call.save[1].to == Path{Path::Root::contact, "visits"});
  CHECK(call.save[1].pointer == "/visits");
  CHECK(std::get<flows::Ending>(call.failed) == flows::Ending{flows::Outcome::bailed, "crm_down"});
}

TEST_CASE("a call that says nothing else is a GET of ten seconds that bails as call_failed") {
  const auto flow = flows::load_flow(R"({ "flow": "c", "steps": { "a": { "call": { "url": "http://crm.example" }, "next": { "complete": "done" } } } })").flow;
  REQUIRE(flow);
  const auto& call = std::get<flows::Call>(flow->steps[0].verb);
  CHECK(call.method == "GET");
  CHECK_FALSE(call.body);
  CHECK(call.timeout == 10s);
  CHECK(std::get<flows::Ending>(call.failed) == flows::Ending{flows::Outcome::bailed, "call_failed"});
}

TEST_CASE("a run holds the other flow, the name of its answers, and what it begins with") {
  const auto& run = step_of<flows::Run>("visit");
  CHECK(run.flow == "visit-time");
  CHECK(run.as == "visit");
  REQUIRE(run.with.size() == 2);
  CHECK(run.with[0].to == Path{Path::Root::vars, "tier"});
  REQUIRE(run.failed.size() == 1);
  REQUIRE(whole().run_answers.size() >= 2);
  CHECK(whole().run_answers[0].name == "visit.day");
}

TEST_CASE("a pause knows what it waits for") {
  using Kind = flows::Wait::Kind;
  const auto& later = step_of<flows::Wait>("later");
  CHECK(later.kind == Kind::duration);
  CHECK(later.duration == 48h);
  CHECK(later.in_hours);
  CHECK(later.reply);
  const auto& before = step_of<flows::Wait>("before");
  CHECK(before.kind == Kind::value);
  CHECK(before.value == Path{Path::Root::answers, "when"});
  CHECK(before.offset == -24h);
  CHECK(step_of<flows::Wait>("morning").kind == Kind::time_of_day);
  CHECK(step_of<flows::Wait>("morning").duration == 9h);
  CHECK(step_of<flows::Wait>("open").kind == Kind::open);
  CHECK(step_of<flows::Wait>("fixed").kind == Kind::date);
  const auto day = std::chrono::local_days(std::chrono::year(2026) / 3 / 2);
  CHECK(step_of<flows::Wait>("fixed").local == flows::LocalTime(day));
  CHECK(step_of<flows::Wait>("exact").kind == Kind::instant);
  CHECK(step_of<flows::Wait>("exact").local == flows::LocalTime(day) + 15h);
}

TEST_CASE("an experiment has a name and weighted ways, a bare step weighs one") {
  const auto& split = step_of<flows::Split>("style");
  CHECK(split.name == "greeting");
  REQUIRE(split.ways.size() == 3);
  CHECK(split.ways[0].name == "short");
  CHECK(split.ways[0].weight == 1);
  CHECK(split.ways[1].weight == 3);
  CHECK(std::get<flows::Ending>(split.ways[2].to) == flows::Ending{flows::Outcome::discarded, "not_asked"});
}

TEST_CASE("phrases at any time go on, make a detour, or correct the last answer") {
  const auto& anytime = whole_flow().anytime;
  REQUIRE(anytime.size() == 3);
  CHECK(anytime[0].kind == flows::Anytime::Kind::go);
  CHECK(anytime[1].kind == flows::Anytime::Kind::resume);
  CHECK(rendered(anytime[1].say->in("es")) == "Abrimos de 8 a 5.");
  CHECK(anytime[2].kind == flows::Anytime::Kind::correct);
  CHECK_FALSE(anytime[2].say);
}
