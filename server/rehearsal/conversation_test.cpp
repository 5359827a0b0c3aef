#include "server/rehearsal/conversation_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/fields.hpp"
#include "flows/text/pattern.hpp"
#include "server/rehearsal/conversation_script.hpp"
#include "server/rehearsal/test_expectation.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

const std::string not_ended = "the conversation has not ended";

class Player {
 public:
  Player(const flows::Json& json, TestJson written, TestResult& result, flows::Report& report)
      : json_(json), written_(std::move(written)), result_(result), report_(report) {}

  void play(const FlowsOf& flows_of) {
    const auto script = read_script(json_, report_);
    auto flows = report_.ok() ? flows_of(script.flow) : std::vector<flows::FlowPtr>{};
    if (report_.ok() && flows.empty()) {
      report_.error("unknown_flow", fmt::format("the flow \"{}\" can't be loaded", script.flow), "/flow", json_.find("flow")->at);
    }
    if (!report_.ok()) return;
    result_.flow = flows.front();
    result_.subflows.assign(flows.begin() + 1, flows.end());
    rehearsal_ = rehearse(script, flows);
    for (const auto& turn : script.turns) play_turn(turn);
    check_outcome();
    conclude();
  }

 private:
  void play_turn(const ScriptTurn& turn) {
    if (turn.kind == ScriptTurn::Kind::call) check_call(turn);
    const auto heard = server::play(*rehearsal_, turn);
    if (heard.ended) ended_ = heard.ended;
    auto& written = written_["turns"][turn.index];
    const auto* expect = json_.find("turns")->items[turn.index].find("expect");
    if (expect == nullptr) {
      written["expect"] = heard.texts;
    } else {
      compare(*expect, heard.texts, turn, written["expect"]);
    }
  }

  // That a request waits for its answer, and is the one that the test speaks of.
  void check_call(const ScriptTurn& turn) {
    const auto call = rehearsal_->pending_call();
    const auto wanted = expected_call(turn);
    const auto got = call ? made_call(*call) : TestJson();
    if (call && agrees(wanted, got)) return;
    auto shown = call ? told(wanted, got) : TestJson();
    result_.mismatches.push_back({turn.index + 1, describe(turn), {wanted.empty() ? "a call that waits for its answer" : wanted.dump()},
                                  {call ? shown.dump() : "no call waits for an answer"}, call.has_value()});
    if (call) written_["turns"][turn.index]["call"]["expect"] = std::move(shown);
  }

  // In `written` what fits stays in the author's words; the rest becomes the text that came.
  void compare(const flows::Json& expect, const std::vector<std::string>& got, const ScriptTurn& turn, TestJson& written) {
    const auto pointer = fmt::format("/turns/{}/expect", turn.index);
    if (expect.kind != flows::Json::Kind::array) return report_.error("wrong_type", "expect must be an array", pointer, expect.at);
    bool same = expect.items.size() == got.size();
    std::vector<std::string> wanted;
    TestJson kept = got;
    for (std::size_t i = 0; i < expect.items.size(); ++i) {
      const bool fit = fits(expect.items[i], i < got.size() ? &got[i] : nullptr, fmt::format("{}/{}", pointer, i), wanted);
      if (fit) {
        kept[i] = written[i];
        wanted.back() = got[i];  // no difference to show
      }
      same = same && fit;
    }
    written = std::move(kept);
    if (!same) result_.mismatches.push_back({turn.index + 1, describe(turn), std::move(wanted), got});
  }

  // Whether one expected entry fits the text; how it reads for people is appended to `wanted`.
  bool fits(const flows::Json& entry, const std::string* got, const std::string& pointer, std::vector<std::string>& wanted) {
    if (entry.kind == flows::Json::Kind::string) {
      wanted.push_back(entry.string);
      return got && *got == entry.string;
    }
    flows::Fields fields(entry, pointer, report_);
    const auto contains = fields.string("contains");
    const auto matches = fields.string("matches");
    fields.done();
    if (contains.has_value() == matches.has_value()) {
      report_.error("one_of", R"(an expected text is a string, {"contains": …} or {"matches": …})", pointer, entry.at);
      return false;
    }
    wanted.push_back(contains ? "… " + *contains + " …" : "/" + *matches + "/");
    if (contains) return got && got->find(*contains) != std::string::npos;
    std::string error;
    const flows::Pattern pattern(*matches, &error);
    if (!error.empty()) report_.error("invalid_pattern", error, pointer, entry.at);
    return got && pattern.finds_in(*got);
  }

  TestJson outcome_json() const {
    if (!ended_) return nullptr;
    return {{"outcome", flows::to_string(*engine::outcome_of(ended_->life))}, {"reason", ended_->reason}, {"answers", webhooks::to_json(ended_->answers)}};
  }

  // What the test leaves out of its outcome is not compared; null says that there is none yet.
  void check_outcome() {
    const auto* outcome = json_.find("outcome");
    if (!outcome) return;
    const bool none = outcome->kind == flows::Json::Kind::null;
    if (!none && outcome->kind != flows::Json::Kind::object) return report_.error("wrong_type", "outcome must be an object", "/outcome", outcome->at);
    name_unknown_members(*outcome);
    const auto got = outcome_json();
    auto& wanted = written_["outcome"];
    const bool same = none ? got.is_null() : got.is_object() && agrees(wanted, got);
    if (!same) result_.mismatches.push_back({0, "outcome", {none ? not_ended : wanted.dump()}, {got.is_null() ? not_ended : got.dump()}});
    if (!same || wanted.empty()) wanted = none || wanted.empty() || got.is_null() ? got : told(wanted, got);
  }

  void name_unknown_members(const flows::Json& outcome) {
    for (const auto& member : outcome.members) {
      if (member.key == "outcome" || member.key == "reason" || member.key == "answers") continue;
      report_.error("unknown_field", fmt::format("\"{}\" is no part of an outcome", member.key), "/outcome", outcome.at);
    }
  }

  void conclude() {
    result_.passed = rehearsal_->passed();
    result_.inner_passages = rehearsal_->inner_passages();
    for (const auto& [id, conversation] : rehearsal_->conversations()) {
      if (conversation.flow == result_.flow->name) result_.conversations.push_back(conversation);
    }
    result_.rewritten = written_.dump(2, ' ', false, TestJson::error_handler_t::replace) + "\n";
  }

  const flows::Json& json_;
  TestJson written_;
  TestResult& result_;
  flows::Report& report_;
  std::unique_ptr<Rehearsal> rehearsal_;
  std::optional<engine::Conversation> ended_;
};

}  // namespace

bool TestResult::can_be_rewritten() const {
  return issues.empty() && std::all_of(mismatches.begin(), mismatches.end(), [](const auto& mismatch) { return mismatch.can_be_rewritten; });
}

TestResult run_conversation_test(const std::string& source, const FlowsOf& flows_of) {
  TestResult result;
  const auto parsed = flows::parse_json(source);
  if (const auto* issue = std::get_if<flows::Issue>(&parsed)) {
    result.issues.push_back(*issue);
    return result;
  }
  flows::Report report;
  Player(std::get<flows::Json>(parsed), TestJson::parse(source), result, report).play(flows_of);
  result.issues = report.take();
  return result;
}

}  // namespace answerback::server
