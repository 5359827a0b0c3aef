#include "server/rehearsal/conversation_script.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flows/phone/phone.hpp"
#include "server/api/json_values.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using Written = nlohmann::ordered_json;
using Kind = ScriptTurn::Kind;

constexpr std::size_t max_turns = 1'000;
constexpr std::size_t max_reply_bytes = 100'000;
constexpr std::size_t max_media_of_turn = 10;
constexpr std::int64_t max_contact = 1'000'000;
constexpr std::string_view fails = "fails";

Written to_json(const flows::Json& json) {
  switch (json.kind) {
    case flows::Json::Kind::null: return nullptr;
    case flows::Json::Kind::boolean: return json.boolean;
    case flows::Json::Kind::integer: return json.integer;
    case flows::Json::Kind::real: return json.real;
    case flows::Json::Kind::string: return json.string;
    case flows::Json::Kind::array: break;
    case flows::Json::Kind::object: break;
  }
  auto made = json.kind == flows::Json::Kind::array ? Written::array() : Written::object();
  for (const auto& item : json.items) made.push_back(to_json(item));
  for (const auto& member : json.members) made[member.key] = to_json(member.value);
  return made;
}

class Reading {
 public:
  Reading(const flows::Json& json, flows::Report& report) : root_(json, "", report), report_(report) {}

  ConversationScript read() {
    root_.allow("$schema");
    root_.allow("outcome");
    script_.title = root_.string("title").value_or("");
    script_.flow = root_.required_string("flow");
    if (const auto* contact = root_.object("contact")) script_.contact = read_values(*contact, "/contact", report_);
    read_phone();
    read_at();
    read_as();
    read_turns();
    root_.done();
    return std::move(script_);
  }

 private:
  void read_at() {
    const auto text = root_.string("at");
    if (!text) return;
    const auto at = flows::parse_iso8601(*text);
    if (at) script_.at = *at;
    if (!at) root_.error("at", "invalid_value", "at must be a time like 2026-03-02T15:00:00Z");
  }

  void read_phone() {
    const auto text = root_.string("phone");
    if (!text) return;
    const auto phone = flows::parse_phone(*text, "");
    if (phone) script_.phone = *phone;
    if (!phone) root_.error("phone", "invalid_value", "phone must be a number like +447700900123");
  }

  void read_as() {
    const auto text = root_.string("as");
    if (!text) return;
    script_.as = engine::parse_contact_key(*text);
    if (!script_.as || script_.as->value > max_contact) root_.error("as", "invalid_value", "as must name a contact, like con_2");
  }

  void read_turns() {
    const auto* turns = root_.array("turns");
    if (!root_.has("turns")) root_.missing("turns");
    if (!turns) return;
    if (turns->items.size() > max_turns) return root_.error("turns", "limit", fmt::format("at most {} turns", max_turns));
    for (std::size_t i = 0; i < turns->items.size() && report_.ok(); ++i) read_turn(turns->items[i], i);
  }

  void read_turn(const flows::Json& json, std::size_t index) {
    flows::Fields turn(json, fmt::format("/turns/{}", index), report_);
    turn.allow("expect");
    ScriptTurn made;
    made.index = index;
    const int kinds = read_start(turn, made) + read_reply(turn, made) + read_wait(turn, made) + read_call(turn, made);
    turn.done();
    if (kinds == 1) return script_.turns.push_back(std::move(made));
    report_.error("one_of", R"(a turn holds exactly one of "start", "reply", "wait", "call")", turn.pointer(), json.at);
  }

  static int read_start(flows::Fields& turn, ScriptTurn& made) {
    const auto* start = turn.any("start");
    if (!start) return 0;
    const bool by_text = start->kind == flows::Json::Kind::string;
    made.kind = by_text ? Kind::start_text : Kind::start;
    made.text = start->string;
    if (by_text || (start->kind == flows::Json::Kind::boolean && start->boolean)) return 1;
    turn.error("start", "wrong_type", "start must be true or the text that starts the conversation");
    return 1;
  }

  static int read_reply(flows::Fields& turn, ScriptTurn& made) {
    const auto reply = turn.string("reply", max_reply_bytes);
    if (auto media = turn.strings("media", max_media_of_turn)) made.media = std::move(*media);
    if (!made.media.empty() && !reply) turn.error("media", "required", "media come with a reply, which may be empty");
    if (!reply) return 0;
    made.kind = Kind::reply;
    made.text = *reply;
    return 1;
  }

  static int read_wait(flows::Fields& turn, ScriptTurn& made) {
    const auto wait = turn.string("wait");
    if (!wait) return 0;
    made.kind = Kind::wait;
    const auto duration = flows::parse_duration(*wait);
    if (duration) made.wait = *duration;
    if (!duration) turn.error("wait", "bad_duration", "wait must be a duration like 90s, 15m, 24h or 3d");
    return 1;
  }

  int read_call(flows::Fields& turn, ScriptTurn& made) {
    const auto* call = turn.any("call");
    if (!call) return 0;
    made.kind = Kind::call;
    if (call->kind == flows::Json::Kind::string && call->string == fails) return 1;
    flows::Fields fields(*call, turn.pointer_to("call"), report_);
    if (const auto* expected = fields.object("expect")) read_expected_call(*expected, fields.pointer_to("expect"), made);
    if (const auto* answer = fields.object("answer")) read_answer(*answer, fields.pointer_to("answer"), made);
    fields.done();
    return 1;
  }

  void read_expected_call(const flows::Json& json, const std::string& pointer, ScriptTurn& made) {
    flows::Fields fields(json, pointer, report_);
    fields.string("method");
    fields.string("url");
    fields.object("headers");
    fields.any("body");
    fields.done();
    if (!json.members.empty()) made.expected_call = to_json(json).dump();
  }

  void read_answer(const flows::Json& json, const std::string& pointer, ScriptTurn& made) {
    flows::Fields fields(json, pointer, report_);
    made.status = static_cast<int>(fields.integer("status", 100, 599).value_or(200));
    if (const auto* body = fields.any("json")) made.body = to_json(*body).dump();
    fields.done();
  }

  flows::Fields root_;
  flows::Report& report_;
  ConversationScript script_;
};

Written call_json(const ScriptTurn& turn) {
  Written call = Written::object();
  if (!turn.expected_call.empty()) call["expect"] = Written::parse(turn.expected_call);
  if (turn.status == 0) return call.empty() ? Written(fails) : call;
  call["answer"]["status"] = turn.status;
  if (!turn.body.empty()) call["answer"]["json"] = Written::parse(turn.body, nullptr, false);
  return call;
}

Written turn_json(const ScriptTurn& turn) {
  switch (turn.kind) {
    case Kind::start: return {{"start", true}};
    case Kind::start_text: return {{"start", turn.text}};
    case Kind::wait: return {{"wait", flows::to_string(turn.wait)}};
    case Kind::call: return {{"call", call_json(turn)}};
    case Kind::reply: break;
  }
  Written reply{{"reply", turn.text}};
  if (!turn.media.empty()) reply["media"] = turn.media;
  return reply;
}

}  // namespace

ConversationScript read_script(const flows::Json& json, flows::Report& report) { return Reading(json, report).read(); }

Written to_json(const ConversationScript& script) {
  Written json;
  if (!script.title.empty()) json["title"] = script.title;
  json["flow"] = script.flow;
  if (!script.contact.empty()) json["contact"] = webhooks::to_json(script.contact);
  if (script.phone != rehearsed_phone) json["phone"] = script.phone;
  if (script.as) json["as"] = engine::to_string(*script.as);
  if (script.at != engine::Instant(usual_start)) json["at"] = flows::to_iso8601(script.at);
  json["turns"] = Written::array();
  for (const auto& turn : script.turns) json["turns"].push_back(turn_json(turn));
  return json;
}

std::unique_ptr<Rehearsal> rehearse(const ConversationScript& script, const std::vector<flows::FlowPtr>& flows) {
  RehearsalOptions options;
  options.others.assign(flows.begin() + 1, flows.end());
  options.phone = script.phone;
  if (script.as) {
    options.contact.emplace();
    options.contact->key = *script.as;
    options.contact->phone = script.phone;
    options.contact->created_at = script.at;
  }
  return std::make_unique<Rehearsal>(flows.front(), script.contact, script.at, std::move(options));
}

Heard play(Rehearsal& rehearsal, const ScriptTurn& turn) {
  switch (turn.kind) {
    case Kind::start: return rehearsal.start();
    case Kind::start_text: return rehearsal.say(turn.text);
    case Kind::reply: return rehearsal.say(turn.text, turn.media);
    case Kind::wait: return rehearsal.wait(turn.wait);
    case Kind::call: break;
  }
  const auto call = rehearsal.pending_call();
  return call ? rehearsal.answer(*call, turn.status, turn.body) : Heard{};
}

std::string describe(const ScriptTurn& turn) {
  switch (turn.kind) {
    case Kind::start: return "start";
    case Kind::start_text: return fmt::format("start \"{}\"", turn.text);
    case Kind::reply: return fmt::format("reply \"{}\"", turn.text);
    case Kind::wait: return "wait " + flows::to_string(turn.wait);
    case Kind::call: return turn.status == 0 ? "call fails" : fmt::format("call answered {}", turn.status);
  }
  return {};
}

}  // namespace answerback::server
