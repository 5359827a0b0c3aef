// What `check` proves against what happens: random flows, random people, the real engine. No conversation ends in a way that was
// not proven, and none is longer than was proven.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "flows/check/proof.hpp"
#include "flows/load/load.hpp"
#include "server/rehearsal/rehearsal.hpp"

using namespace answerback;

namespace {

constexpr unsigned flows_tried = 400;
constexpr unsigned people_per_flow = 12;
constexpr unsigned most_turns = 40;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  template <class T>
  const T& of(const std::vector<T>& all) { return all[below(all.size())]; }

 private:
  std::mt19937 engine_;
};

// Writes a flow of every verb, whose steps lead anywhere. Most such flows have a fault that `check` refuses; the others count.
class FlowWriter {
 public:
  FlowWriter(Dice& dice, std::string name, bool runs) : dice_(dice), name_(std::move(name)), runs_(runs), steps_(2 + dice.below(6)) {}

  std::string write() {
    std::string steps;
    for (std::size_t i = 0; i < steps_; ++i) steps += fmt::format(R"({}"s{}": {{ {} }})", i == 0 ? "" : ", ", i, step(i));
    return fmt::format(R"({{ "flow": "{}", "sender": "Acme", "hours": {{ "mon-fri": ["09:00-17:00"] }}, "contact_fields": ["vip", "when"], "variables": {{ "n": 0 }}, "start": "s0", "anytime": [{}], "steps": {{ {} }} }})",
                       name_, anytime(), steps);
  }

 private:
  std::string ending() {
    const auto outcome = dice_.of<std::string>({"complete", "bail", "discard"});
    return fmt::format(R"("{}": "{}_{}")", outcome, name_, static_cast<char>('a' + dice_.below(3)));
  }

  // Mostly forward, so that many flows have no way round and a longest conversation.
  std::string target(std::size_t from) {
    if (dice_.one_in(3) || from + 1 == steps_) return fmt::format("{{ {} }}", ending());
    const auto to = dice_.one_in(8) ? dice_.below(steps_) : from + 1 + dice_.below(steps_ - from - 1);
    return fmt::format(R"("s{}")", to);
  }

  std::string branches(std::size_t from, const std::string& condition) {
    if (condition.empty() || dice_.one_in(2)) return target(from);
    return fmt::format(R"([ {{ "when": {{ {} }}, {} }}, {{ {} }} ])", condition, where(from), where(from));
  }

  std::string step(std::size_t i) {
    switch (dice_.below(runs_ ? 13 : 12)) {
      case 0: return fmt::format(R"("say": "Acme {}. Reply STOP to opt out.", "next": {})", i, target(i));
      case 1: return fmt::format(R"("ask": "Yes or no {}?", "expect": "yes_no", {} "next": {})", i, manners(i), branches(i, fmt::format(R"("answers.s{}": true)", i)));
      case 2: return fmt::format(R"("ask": "How many {}?", "expect": {{ "number": {{ "min": 1, "max": 9 }} }}, {} "next": {})", i, manners(i), branches(i, fmt::format(R"("answers.s{}": {{ "gt": 4 }})", i)));
      case 3: return fmt::format(R"("wait": {{ "for": "2h" }}, {} "next": {})", reply(i), target(i));
      case 4: return fmt::format(R"("call": {{ "url": "https://crm.example/", "save": {{ "vars.v": "/v" }} }}, "failed": {}, "next": {})", target(i), target(i));
      case 5: return fmt::format(R"("split": {{ "a": {{ "weight": 1, "to": {} }}, "b": {{ "weight": 1, "to": {} }} }})", target(i), target(i));
      case 6: return fmt::format(R"("wait": {{ "until": "open" }}, "next": {})", target(i));
      case 7: return fmt::format(R"("route": [ {{ "when": {{ {} }}, {} }}, {{ {} }} ])", condition(), where(i), where(i));
      case 8: return fmt::format(R"("set": {{ "vars.n": {} }}, "next": {})", calculation(), target(i));
      case 9: return fmt::format(R"("wait": {{ "until": "contact.when" }}, {} {} "next": {})", dice_.one_in(2) ? fmt::format(R"("failed": {},)", target(i)) : "", reply(i), target(i));
      case 10: return fmt::format(R"("ask": "Which {}?", "expect": {{ "choice": {{ "from": "contact.when" }} }}, {} "next": {})", i, manners(i), target(i));
      case 11: return fmt::format(R"("ask": "Roof or garden {}?", "expect": {{ "choice": {{ "roof": {{ "label": "the roof" }}, "garden": ["3"] }} }}, {} "next": {})", i, manners(i), branches(i, fmt::format(R"("answers.s{}": "roof")", i)));
      default: return fmt::format(R"("run": "inner", "as": "r{}", {} "next": {})", i, failed(i), target(i));
    }
  }

  std::string where(std::size_t from) {
    const auto to = target(from);
    return to.starts_with('{') ? to.substr(2, to.size() - 4) : R"("to": )" + to;
  }

  std::string condition() {
    return dice_.of<std::string>({R"("contact.vip": true)", R"("open": true)", R"("vars.n": { "gte": 2 })", R"("vars.n": { "lt": { "path": "contact.when" } })"});
  }

  std::string calculation() {
    return dice_.of<std::string>({R"({ "add": 1 })", R"({ "multiply": ["vars.n", 2] })", R"({ "divide": [1, "vars.n"] })", R"({ "subtract": ["contact.when", 1] })"});
  }

  std::string reply(std::size_t i) {
    if (dice_.one_in(3)) return "";
    if (dice_.one_in(2)) return fmt::format(R"("reply": {},)", target(i));
    return fmt::format(R"("reply": {{ "expect": "yes_no", "answer": "m{}", "next": {} }},)", i, branches(i, fmt::format(R"("answers.m{}": true)", i)));
  }

  std::string failed(std::size_t i) {
    if (dice_.one_in(3)) return "";
    if (dice_.one_in(2)) return fmt::format(R"("failed": {},)", target(i));
    return fmt::format(R"("failed": [ {{ "reason": ["inner_a", "flow_error"], {} }}, {{ "outcome": "bailed", {} }} ],)", where(i), where(i));
  }

  std::string manners(std::size_t i) {
    std::string all;
    const auto say = dice_.of<std::string>({"", R"("say": ["A?", "B?"], )", R"("because": { "too_big": "At most 9.", "not_understood": ["C?", "D?"] }, )"});
    if (dice_.one_in(2)) all += fmt::format(R"("unclear": {{ {} "times": {}, "then": {} }}, )", say, dice_.below(3), target(i));
    if (dice_.one_in(3)) all += R"("optional": true, )";
    if (dice_.one_in(2)) all += fmt::format(R"("silent": {{ "remind": [ {{ "after": "1h" }}, {{ "after": "2h", "say": "Still there?" }} ], "after": "3h", "then": {} }}, )", target(i));
    if (dice_.one_in(4)) all += R"("confirm": true, )";
    return all;
  }

  std::string anytime() {
    if (dice_.one_in(2)) return "";
    auto to = target(0);
    to = to.starts_with('{') ? to.substr(2, to.size() - 4) : R"("to": )" + to;
    std::string all = fmt::format(R"({{ "phrases": ["{} agent"], {} }})", name_, to);
    if (dice_.one_in(4)) all += R"(, { "phrases": ["go back"], "correct": true })";
    if (dice_.one_in(4)) all += R"(, { "phrases": ["are you open"], "say": "Yes.", "resume": true })";
    return all;
  }

  Dice& dice_;
  std::string name_;
  bool runs_;
  std::size_t steps_;
};

flows::FlowPtr without_errors(const std::string& source) { return flows::load_flow(source).flow; }

// What somebody does next: answers well or badly, says what may be said at any time, or lets time pass.
server::Heard act(Dice& dice, server::Rehearsal& rehearsal) {
  if (const auto call = rehearsal.pending_call(); call && dice.one_in(2)) {
    return dice.one_in(2) ? rehearsal.answer(*call, 200, R"({"v": 1})") : rehearsal.answer(*call, 500);
  }
  if (dice.one_in(4)) return rehearsal.wait(dice.of<flows::Duration>({std::chrono::minutes(30), std::chrono::hours(2), std::chrono::hours(80)}));
  return rehearsal.say(dice.of<std::string>({"yes", "no", "3", "7", "12", "what?", "outer agent", "inner agent", "go back", "are you open", "hm", "", "skip", "the roof", "soon"}));
}

std::string described(const flows::Ending& ending) { return fmt::format("{}/{}", flows::to_string(ending.outcome), ending.reason); }

}  // namespace

TEST_CASE("no conversation ends in a way, or grows to a length, that check has not proven", "[proof]") {
  unsigned proven = 0, ended = 0, bounded = 0;
  for (unsigned seed = 1; seed <= flows_tried; ++seed) {
    Dice dice(seed);
    const auto inner = without_errors(FlowWriter(dice, "inner", false).write());
    const auto source = FlowWriter(dice, "outer", inner != nullptr).write();
    const auto outer = without_errors(source);
    if (!outer) continue;
    ++proven;
    const auto proof = flows::prove(*outer);
    auto possible = proof.outcomes;
    const bool runs = !proof.runs.empty();
    if (runs) {
      const auto more = flows::prove(*inner).outcomes;
      possible.insert(possible.end(), more.begin(), more.end());
    }
    for (unsigned person = 0; person < people_per_flow; ++person) {
      server::RehearsalOptions options;
      if (inner) options.others = {inner};
      engine::Values fields;
      if (dice.one_in(2)) flows::assign(fields, "vip", true);
      if (dice.one_in(2)) flows::assign(fields, "when", dice.of<std::string>({"2026-03-04T10:00", "soon", "3"}));
      server::Rehearsal rehearsal(outer, fields, *flows::parse_iso8601("2026-03-02T15:00:00Z"), std::move(options));
      rehearsal.start();
      for (unsigned turn = 0; turn < most_turns && rehearsal.conversation() && !rehearsal.conversation()->is_over(); ++turn) act(dice, rehearsal);
      const auto conversation = rehearsal.conversation();
      REQUIRE(conversation);
      INFO("seed " << seed << ": " << source);
      if (proof.longest && !runs) {
        ++bounded;
        CHECK(conversation->messages_out <= proof.longest->messages);
      }
      if (!conversation->is_over()) continue;
      ++ended;
      const flows::Ending ending{*engine::outcome_of(conversation->life), conversation->reason};
      INFO("ended " << described(ending));
      CHECK(std::find(possible.begin(), possible.end(), ending) != possible.end());
    }
  }
  // It must have looked at something.
  CHECK(proven > flows_tried / 8);
  CHECK(ended > proven * people_per_flow / 2);
  CHECK(bounded > proven);
}
