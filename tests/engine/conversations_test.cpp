// Plays tests/conversations/engine/*.json: cases of turns, each with what must be said and told.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/engine/rig.hpp"

using namespace answerback;
using answerback::tests::Rig;
using nlohmann::json;

namespace {

json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return json::parse(file);
}

engine::Value value_of(const json& value) {
  if (value.is_null()) return engine::Value{};
  if (value.is_object()) return flows::Range(value_of(value.at("from")), value_of(value.at("to")));
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  if (value.is_array()) return value.get<std::vector<std::string>>();
  return value.get<std::string>();
}

engine::Values values_of(const json& object) {
  engine::Values values;
  for (const auto& [name, value] : object.items()) flows::assign(values, name, value_of(value));
  return values;
}

// A JSON object has no order, answers have.
engine::Values sorted(engine::Values values) {
  std::sort(values.begin(), values.end());
  return values;
}

// A member that nobody looks at would be a test that cannot fail.
void allow_only(const json& object, const std::set<std::string>& known) {
  for (const auto& [name, value] : object.items()) {
    INFO("no such member: " << name);
    CHECK(known.contains(name));
  }
}

const std::set<std::string> members_of_a_case{"name", "flows", "contact", "turns"};
const std::set<std::string> members_of_a_turn{"text", "wait", "start", "call", "opt_in", "says", "events", "refusal", "consent", "ledger", "life",
                                              "reason", "answers", "language", "calls", "conversations"};

void prepare(Rig& rig, const json& one) {
  for (const auto& flow : one.at("flows")) rig.publish(flow.get<std::string>());
  if (!one.contains("contact")) return;
  const auto& contact = one.at("contact");
  rig.is_new = false;
  rig.contact.consent = *engine::parse_consent(contact.value("consent", "unknown"));
  rig.contact.fields = values_of(contact.value("fields", json::object()));
}

// What was decided in a turn, of all its stimuli.
struct Played {
  std::vector<std::string> says, events;
  std::vector<engine::LedgerRow> ledger;
  std::string refusal = "none";
};

Played gather(const std::vector<engine::Decision>& decisions) {
  Played played;
  for (const auto& decision : decisions) {
    for (auto& text : tests::texts(decision)) played.says.push_back(std::move(text));
    for (auto& type : tests::types(decision)) played.events.push_back(std::move(type));
    played.ledger.insert(played.ledger.end(), decision.ledger.begin(), decision.ledger.end());
    played.refusal = to_string(decision.refusal);
  }
  return played;
}

Played play(Rig& rig, const json& turn) {
  if (turn.contains("wait")) return gather(rig.wait(*flows::parse_duration(turn.at("wait").get<std::string>())));
  if (turn.contains("start")) return gather({rig.start(turn.at("start").get<std::string>())});
  if (turn.contains("call")) return gather({rig.answer_call(turn.at("call").at("ok").get<bool>(), values_of(turn.at("call").value("values", json::object())))});
  if (turn.contains("opt_in")) return gather({rig.apply(engine::ManualConsent{turn.at("opt_in").get<bool>(), "desk", "", "", "ana"})});
  return gather({rig.text(turn.at("text").get<std::string>())});
}

// All rows of the turn: one as it is, or a list of them.
void check_ledger(const Played& played, const json& expected) {
  json rows = json::array();
  for (const auto& row : played.ledger) rows.push_back({to_string(row.status), to_string(row.source), row.keyword});
  const bool one = !expected.empty() && expected.front().is_string();
  CHECK(rows == (one ? json::array({expected}) : expected));
}

json written(const engine::CallRequest& call) {
  return {{"method", call.method}, {"url", call.url}, {"headers", call.headers}, {"secrets", call.secret_headers}, {"body", call.body}};
}

void check_calls(const Rig& rig, const json& expected) {
  REQUIRE(rig.calls.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(written(rig.calls[i]) == expected[i]);
}

void check(const Rig& rig, const Played& played, const json& turn) {
  CHECK(json(played.says) == turn.at("says"));
  if (turn.contains("events")) CHECK(json(played.events) == turn.at("events"));
  CHECK(played.refusal == turn.value("refusal", "none"));
  if (turn.contains("consent")) CHECK(to_string(rig.contact.consent) == turn.at("consent").get<std::string>());
  if (turn.contains("ledger")) check_ledger(played, turn.at("ledger"));
  if (turn.contains("life")) CHECK(to_string(rig.last().life) == turn.at("life").get<std::string>());
  if (turn.contains("reason")) CHECK(rig.last().reason == turn.at("reason").get<std::string>());
  if (turn.contains("answers")) CHECK(sorted(rig.last().answers) == sorted(values_of(turn.at("answers"))));
  if (turn.contains("language")) CHECK(rig.last().language == turn.at("language").get<std::string>());
  if (turn.contains("calls")) check_calls(rig, turn.at("calls"));
  if (turn.contains("conversations")) CHECK(rig.conversations.size() == turn.at("conversations").get<std::size_t>());
}

void run(const json& one) {
  Rig rig;
  allow_only(one, members_of_a_case);
  prepare(rig, one);
  int number = 0;
  for (const auto& turn : one.at("turns")) {
    INFO("turn " << ++number << ": " << turn.dump());
    allow_only(turn, members_of_a_turn);
    check(rig, play(rig, turn), turn);
  }
}

}  // namespace

TEST_CASE("conversations go as their files say") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TESTS_DIR) + "/conversations/engine")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() >= 4);
  for (const auto& file : files) {
    for (const auto& one : read_json(file)) {
      DYNAMIC_SECTION(file.stem().string() << ": " << one.at("name").get<std::string>()) { run(one); }
    }
  }
}
