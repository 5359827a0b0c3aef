#include "flows/load/assignments.hpp"

#include "flows/load/calculations.hpp"
#include "flows/load/names.hpp"
#include "flows/load/texts.hpp"

namespace answerback::flows {

namespace {

using Assigned = decltype(Assignment::value);

// An operation by its only member's name, texts by their languages.
Assigned read_object(Loading& loading, const Part& part, const std::optional<Path>& to) {
  const auto& members = part.json.members;
  const bool calculates = members.size() == 1 && (parse_operation(members.front().key) || !is_language(members.front().key));
  if (calculates) return read_calculation(loading, part, to);
  return read_value_wording(loading, part);
}

Assigned read_value(Loading& loading, const Part& part, const std::optional<Path>& to) {
  const auto& json = part.json;
  switch (json.kind) {
    case Json::Kind::boolean: return Value(json.boolean);
    case Json::Kind::integer: return Value(json.integer);
    case Json::Kind::real: return Value(json.real);
    case Json::Kind::string: {
      auto text = read_value_text(loading, part);
      if (json.string.find("{{") == std::string::npos) return Value(json.string);
      return Wording{std::move(text), {}};
    }
    case Json::Kind::object: return read_object(loading, part, to);
    case Json::Kind::null:
    case Json::Kind::array: loading.wrong_type(part, "a text, a number, true or false, texts by language, or a calculation such as {\"add\": 1}");
  }
  return Value();
}

}  // namespace

std::optional<Path> read_place(Loading& loading, const Part& part, const JsonMember& member) {
  const auto refuse = [&](std::string code, std::string message) -> std::optional<Path> {
    loading.report.error(std::move(code), std::move(message), pointer_append(part.pointer, member.key), member.key_at);
    return std::nullopt;
  };
  auto path = parse_path(member.key);
  if (!path) return refuse("unknown_path", why_no_path(member.key));
  switch (path->root) {
    case Path::Root::answers: return refuse("read_only", "answers come from the contact, set a variable such as vars.tier");
    case Path::Root::open: return refuse("read_only", "whether it is open is told by the flow's \"hours\"");
    case Path::Root::sender: return refuse("read_only", "the sender is the flow's, set a variable such as vars.tier");
    case Path::Root::contact:
      // The number is who the contact is: its consent, its conversations.
      if (path->name == "phone") return refuse("read_only", "a flow cannot change a contact's phone number");
      return path;
    case Path::Root::vars: return path;
  }
  return std::nullopt;
}

namespace {

// `counts`: {"add": 1} adds to what stands at the place already, which another flow's variable has not yet.
std::vector<Assignment> read_all(Loading& loading, const Part& part, bool counts) {
  std::vector<Assignment> assignments;
  if (part.json.kind != Json::Kind::object) {
    loading.wrong_type(part, "an object such as {\"vars.tier\": \"gold\"}");
    return assignments;
  }
  if (part.json.members.empty()) loading.error(part, "required", "nothing is set here");
  for (const auto& member : part.json.members) {
    auto place = read_place(loading, part, member);
    auto value = read_value(loading, part.member(member), counts ? place : std::nullopt);
    if (place) assignments.push_back({std::move(*place), std::move(value)});
  }
  return assignments;
}

}  // namespace

std::vector<Assignment> read_assignments(Loading& loading, const Part& part) { return read_all(loading, part, true); }

std::vector<Assignment> read_variables_for(Loading& loading, const Part& part) {
  auto assignments = read_all(loading, part, false);
  for (const auto& member : part.json.members) {
    const auto path = parse_path(member.key);
    if (!path || path->root != Path::Root::contact) continue;
    loading.report.error("read_only", "another flow sees the same contact, give it variables such as vars.tier",
                         pointer_append(part.pointer, member.key), member.key_at);
  }
  return assignments;
}

}  // namespace answerback::flows
