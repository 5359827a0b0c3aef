#include "server/conversation_test.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flows/fields.hpp"
#include "flows/pattern.hpp"
#include "server/conversation_script.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using TestJson = nlohmann::ordered_json;

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
    if (const auto* expect = json_.find("turns")->items[turn.index].find("expect")) compare(*expect, heard.texts, turn);
    written_["turns"][turn.index]["expect"] = heard.texts;
  }

  // That a request waits for its answer, and is the one that the test speaks of.
  void check_call(const ScriptTurn& turn) {
    const auto call = rehearsal_->pending_call();
    const auto wanted = fmt::format("{} {}", turn.method.empty() ? "any" : turn.method, turn.url.empty() ? "URL" : turn.url);
    const bool fits = call && (turn.method.empty() || turn.method == call->method) && (turn.url.empty() || turn.url == call->url);
    if (fits) return;
    result_.mismatches.push_back({turn.index + 1, describe(turn), {wanted}, {call ? call->method + " " + call->url : "no call waits for an answer"}});
  }

  void compare(const flows::Json& expect, const std::vector<std::string>& got, const ScriptTurn& turn) {
    const auto pointer = fmt::format("/turns/{}/expect", turn.index);
    if (expect.kind != flows::Json::Kind::array) return report_.error("wrong_type", "expect must be an array", pointer, expect.at);
    bool same = expect.items.size() == got.size();
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < expect.items.size(); ++i) {
      same = fits(expect.items[i], i < got.size() ? &got[i] : nullptr, fmt::format("{}/{}", pointer, i), wanted) && same;
    }
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
    const auto got = outcome_json();
    const auto wanted = none ? TestJson::object() : written_["outcome"];
    bool same = got.is_object() != none;
    for (const auto& [key, value] : wanted.items()) {
      if (key != "outcome" && key != "reason" && key != "answers") {
        report_.error("unknown_field", fmt::format("\"{}\" is no part of an outcome", key), "/outcome", outcome->at);
      }
      // Compared as plain objects: the order of answers is not the author's concern.
      same = same && got.contains(key) && nlohmann::json(got[key]) == nlohmann::json(value);
    }
    if (!same) result_.mismatches.push_back({0, "outcome", {none ? "the conversation has not ended" : wanted.dump()}, {got.is_null() ? "the conversation has not ended" : got.dump()}});
    written_["outcome"] = got;
  }

  void conclude() {
    result_.passed = rehearsal_->passed();
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
