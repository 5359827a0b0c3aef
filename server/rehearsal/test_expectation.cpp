#include "server/rehearsal/test_expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace answerback::server {

bool agrees(const TestJson& wanted, const TestJson& got) {
  // Compared as plain JSON: the order of members is not the author's concern.
  if (!wanted.is_object() || !got.is_object()) return nlohmann::json(wanted) == nlohmann::json(got);
  return std::all_of(wanted.items().begin(), wanted.items().end(), [&](const auto& item) {
    const auto found = got.find(item.key());
    return found == got.end() ? item.value().is_null() : agrees(item.value(), *found);
  });
}

TestJson told(const TestJson& wanted, const TestJson& got) {
  if (!wanted.is_object() || !got.is_object()) return got;
  auto made = TestJson::object();
  for (const auto& [key, value] : wanted.items()) made[key] = got.contains(key) ? told(value, got[key]) : TestJson();
  return made;
}

TestJson expected_call(const ScriptTurn& turn) { return turn.expected_call.empty() ? TestJson::object() : TestJson::parse(turn.expected_call); }

TestJson made_call(const engine::CallRequest& call) {
  TestJson made{{"method", call.method}, {"url", call.url}};
  for (const auto& [name, value] : call.headers) made["headers"][name] = value;
  for (const auto& [name, secret] : call.secret_headers) made["headers"][name] = fmt::format("{{secret: {}}}", secret);
  if (!call.body.empty()) made["body"] = TestJson::parse(call.body, nullptr, false);
  return made;
}

}  // namespace answerback::server
