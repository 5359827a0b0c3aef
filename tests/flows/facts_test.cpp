// What is proven of values must be so on every walk: judged by walking at random.
#include "flows/check/facts.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <set>

#include "flows/check/branch_table.hpp"
#include "flows/ways.hpp"
#include "tests/flows/flow_files.hpp"

using namespace answerback;
using flows::StepIndex;

namespace {

constexpr int steps_of_random_flow = 8;

// Questions, sets and routes that lead anywhere.
std::string random_flow() {
  std::string text = R"({ "flow": "random", "steps": {)";
  for (int i = 0; i < steps_of_random_flow; ++i) {
    const auto to = [] { return *rc::gen::inRange(0, steps_of_random_flow); };
    const auto name = *rc::gen::inRange(0, 4);
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        text += fmt::format(R"("s{}": {{ "ask": "?", "answer": "a{}", "unclear": {{ "then": "s{}" }}, "silent": {{ "then": {{ "bail": "x" }} }}, "next": "s{}" }},)", i,
                            name, to(), to());
        break;
      case 1: text += fmt::format(R"("s{}": {{ "set": {{ "vars.v{}": 1 }}, "next": "s{}" }},)", i, name, to()); break;
      default:
        text += fmt::format(R"("s{}": {{ "route": [ {{ "when": {{ "contact.zip": "1" }}, "to": "s{}" }}, {{ "when": {{ "contact.zip": "2" }}, "complete": "y" }}, {{ "to": "s{}" }} ] }},)",
                            i, to(), to());
    }
  }
  return text + R"("end": { "complete": "done" } } })";
}

}  // namespace

TEST_CASE("what is proven to be set is set on every walk, and what a walk has set was held possible") {
  CHECK(rc::check([] {
    auto loaded = flows::load_flow(random_flow());
    RC_PRE(static_cast<bool>(loaded.flow));
    const auto& flow = *loaded.flow;
    const flows::Facts facts(flow);
    std::set<flows::Facts::Fact> set;
    StepIndex at = flow.start;
    for (int i = 0; i < 100; ++i) {
      for (flows::Facts::Fact fact = 0; fact < 8; ++fact) {
        const auto path = fact < 4 ? fmt::format("answers.a{}", fact) : fmt::format("vars.v{}", fact - 4);
        const auto known = facts.fact_of(*flows::parse_path(path));
        if (!known) continue;
        if (facts.surely(at, *known)) RC_ASSERT(set.count(*known) == 1);
        if (set.count(*known) == 1) RC_ASSERT(facts.possibly(at, *known));
        RC_ASSERT(facts.surely(at, *known) == facts.way_without(at, *known).empty());
      }
      const auto ways = flows::exits(flow.steps[at]);
      if (ways.empty()) return;
      const auto& exit = ways[*rc::gen::inRange<std::size_t>(0, ways.size())];
      if (exit.kind == flows::Exit::Kind::next) {
        for (const auto fact : facts.given_by(flow.steps[at])) set.insert(fact);
      }
      const auto* to = std::get_if<StepIndex>(exit.to);
      if (to == nullptr) return;
      at = *to;
    }
  }));
}

TEST_CASE("branches tried with a few numbers behave as with every number") {
  CHECK(rc::check([] {
    std::string branches;
    const auto count = *rc::gen::inRange(1, 5);
    for (int i = 0; i < count; ++i) {
      const auto op = *rc::gen::element<std::string>("gt", "gte", "lt", "lte", "eq");
      const auto more = *rc::gen::element<std::string>("gt", "lt");
      branches += fmt::format(R"({{ "when": {{ "answers.q": {{ "{}": {}, "{}": {} }} }}, "to": "done" }},)", op, *rc::gen::inRange(-2, 13), more,
                              *rc::gen::inRange(-2, 13));
    }
    branches.pop_back();
    const auto flow = flows::load_flow(R"({ "flow": "b", "steps": { "q": { "ask": "?", "expect": { "number": { "min": 0, "max": 10, "integer": true } }, "next": [ )" +
                                       branches + R"( ] }, "done": { "complete": "done" } } })").flow;
    RC_PRE(static_cast<bool>(flow));
    const auto& ask = std::get<flows::Ask>(flow->steps[0].verb);
    flows::Domain domain;
    domain.kinds = {&ask.expect};
    flows::TableBudget budget;
    const auto table = flows::try_branches(ask.next, [&](const flows::Path&) { return domain; }, budget);
    RC_ASSERT(table.has_value());
    std::vector<bool> can_hold(ask.next.size(), false), is_taken(ask.next.size(), false);
    bool none_taken = false;
    for (std::int64_t number = 0; number <= 10; ++number) {
      const flows::Value value = number;
      bool taken = false;
      for (std::size_t i = 0; i < ask.next.size(); ++i) {
        if (!flows::holds(ask.next[i].when, [&](const flows::Path&) { return &value; })) continue;
        can_hold[i] = true;
        is_taken[i] = is_taken[i] || !taken;
        taken = true;
      }
      none_taken = none_taken || !taken;
    }
    RC_ASSERT(table->can_hold == can_hold);
    RC_ASSERT(table->is_taken == is_taken);
    RC_ASSERT(table->none_taken == none_taken);
  }));
}

TEST_CASE("more combinations than are tried are no proof") {
  std::string when;
  for (int i = 0; i < 13; ++i) when += fmt::format(R"("contact.f{}": "x",)", i);
  when.pop_back();
  std::string fields;
  for (int i = 0; i < 13; ++i) fields += fmt::format("\"f{}\",", i);
  fields.pop_back();
  const auto result = flows::load_flow(R"({ "flow": "many", "contact_fields": [)" + fields + R"(], "steps": { "r": { "route": [ { "when": {)" + when +
                                       R"(}, "to": "done" } ] }, "done": { "complete": "done" } } })");
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues[0].code == "falls_through");
}
