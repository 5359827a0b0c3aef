#include "server/conversation_test.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flows/fields.hpp"
#include "flows/pattern.hpp"
#include "server/json_values.hpp"
#include "server/rehearsal.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using Written = nlohmann::ordered_json;

constexpr std::size_t max_turns = 1'000;

// When a test gives no "at": a Monday, in nobody's night on the American continent.
constexpr auto usual_start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours(15);

class Player {
 public:
  Player(const flows::Json& json, Written written, const FlowOf& flow_of, TestResult& result, flows::Report& report)
      : root_(json, "", report), written_(std::move(written)), flow_of_(flow_of), result_(result), report_(report) {}

  void play() {
    const auto* turns = read_head();
    if (!turns || !report_.ok()) return;
    rehearsal_ = std::make_unique<Rehearsal>(result_.flow, fields_, at_);
    for (std::size_t i = 0; i < turns->items.size() && report_.ok(); ++i) play_turn(turns->items[i], i);
    check_outcome();
    result_.passed = rehearsal_->passed();
    result_.rewritten = written_.dump(2, ' ', false, Written::error_handler_t::replace) + "\n";
  }

 private:
  const flows::Json* read_head() {
    root_.allow("$schema");
    root_.allow("title");
    const auto path = root_.required_string("flow");
    if (!path.empty()) result_.flow = flow_of_(path);
    if (!path.empty() && !result_.flow) root_.error("flow", "unknown_flow", fmt::format("the flow \"{}\" can't be loaded", path));
    if (const auto* contact = root_.object("contact")) fields_ = read_values(*contact, "/contact", report_);
    if (const auto at = root_.string("at")) {
      const auto read = flows::parse_iso8601(*at);
      if (read) at_ = *read;
      if (!read) root_.error("at", "invalid_value", "at must be a time like 2026-03-02T15:00:00Z");
    }
    const auto* turns = root_.array("turns");
    if (!root_.has("turns")) root_.missing("turns");
    if (turns && turns->items.size() > max_turns) root_.error("turns", "limit", fmt::format("at most {} turns", max_turns));
    outcome_ = root_.object("outcome");
    root_.done();
    return turns;
  }

  void play_turn(const flows::Json& json, std::size_t index) {
    flows::Fields turn(json, fmt::format("/turns/{}", index), report_);
    const auto* start = turn.any("start");
    if (start && start->kind != flows::Json::Kind::string && !(start->kind == flows::Json::Kind::boolean && start->boolean)) {
      turn.error("start", "wrong_type", "start must be true or the text that starts the conversation");
      return;
    }
    const auto reply = turn.string("reply");
    const auto wait = turn.string("wait");
    const auto* expect = turn.array("expect");
    turn.done();
    if ((start != nullptr) + reply.has_value() + wait.has_value() != 1) {
      report_.error("one_of", R"(a turn holds exactly one of "start", "reply", "wait")", turn.pointer(), json.at);
      return;
    }
    std::string what;
    const auto heard = start ? begin(*start, what) : reply ? answer(*reply, what) : pass_time(turn, *wait, what);
    if (heard.ended) ended_ = heard.ended;
    if (expect) compare(*expect, heard.texts, index, what);
    written_["turns"][index]["expect"] = heard.texts;
  }

  Heard begin(const flows::Json& start, std::string& what) {
    what = start.kind == flows::Json::Kind::string ? fmt::format("start \"{}\"", start.string) : "start";
    return start.kind == flows::Json::Kind::string ? rehearsal_->say(start.string) : rehearsal_->start();
  }

  Heard answer(const std::string& reply, std::string& what) {
    what = fmt::format("reply \"{}\"", reply);
    return rehearsal_->say(reply);
  }

  Heard pass_time(flows::Fields& turn, const std::string& wait, std::string& what) {
    what = "wait " + wait;
    const auto duration = flows::parse_duration(wait);
    if (duration) return rehearsal_->wait(*duration);
    turn.error("wait", "bad_duration", "wait must be a duration like 90s, 15m, 24h or 3d");
    return {};
  }

  void compare(const flows::Json& expect, const std::vector<std::string>& got, std::size_t index, const std::string& what) {
    bool same = expect.items.size() == got.size();
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < expect.items.size(); ++i) {
      const auto pointer = fmt::format("/turns/{}/expect/{}", index, i);
      same = fits(expect.items[i], i < got.size() ? &got[i] : nullptr, pointer, wanted) && same;
    }
    if (!same) result_.mismatches.push_back({index + 1, what, std::move(wanted), got});
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

  Written outcome_json() const {
    if (!ended_) return nullptr;
    return {{"outcome", flows::to_string(*engine::outcome_of(ended_->life))}, {"reason", ended_->reason}, {"answers", webhooks::to_json(ended_->answers)}};
  }

  // What the test leaves out of its outcome is not compared.
  void check_outcome() {
    if (!outcome_) return;
    const auto got = outcome_json();
    auto wanted = written_["outcome"];
    bool same = got.is_object();
    for (const auto& [key, value] : wanted.items()) {
      if (key != "outcome" && key != "reason" && key != "answers") {
        report_.error("unknown_field", fmt::format("\"{}\" is no part of an outcome", key), "/outcome", outcome_->at);
      }
      // Compared as plain objects: the order of answers is not the author's concern.
      same = same && got.contains(key) && nlohmann::json(got[key]) == nlohmann::json(value);
    }
    if (!same) result_.mismatches.push_back({0, "outcome", {wanted.dump()}, {got.is_null() ? "the conversation has not ended" : got.dump()}});
    written_["outcome"] = got;
  }

  flows::Fields root_;
  Written written_;
  const FlowOf& flow_of_;
  TestResult& result_;
  flows::Report& report_;
  flows::Values fields_;
  engine::Instant at_ = usual_start;
  const flows::Json* outcome_ = nullptr;
  std::unique_ptr<Rehearsal> rehearsal_;
  std::optional<engine::Conversation> ended_;
};

}  // namespace

TestResult run_conversation_test(const std::string& source, const FlowOf& flow_of) {
  TestResult result;
  const auto parsed = flows::parse_json(source);
  if (const auto* issue = std::get_if<flows::Issue>(&parsed)) {
    result.issues.push_back(*issue);
    return result;
  }
  flows::Report report;
  Player(std::get<flows::Json>(parsed), Written::parse(source), flow_of, result, report).play();
  result.issues = report.take();
  return result;
}

}  // namespace answerback::server
