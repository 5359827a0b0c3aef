#include <fmt/format.h>

#include "flows/comparison.hpp"
#include "flows/condition.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using Operator = Comparison::Operator;


bool is_scalar(const Json& json) {
  switch (json.kind) {
    case Json::Kind::boolean:
    case Json::Kind::integer:
    case Json::Kind::real:
    case Json::Kind::string: return true;
    case Json::Kind::null:
    case Json::Kind::array:
    case Json::Kind::object: return false;
  }
  return false;
}

Value to_value(const Json& json) {
  switch (json.kind) {
    case Json::Kind::boolean: return json.boolean;
    case Json::Kind::integer: return json.integer;
    case Json::Kind::real: return json.real;
    case Json::Kind::string: return json.string;
    case Json::Kind::null:
    case Json::Kind::array:
    case Json::Kind::object: return std::monostate();
  }
  return std::monostate();
}

bool is_number(const Json& json) { return json.kind == Json::Kind::integer || json.kind == Json::Kind::real; }
bool has_order(const Json& json) { return is_number(json) || json.kind == Json::Kind::string; }

// Reads conditions; recursion is bounded by the depth that the JSON reader allows.
class Parser {
 public:
  Parser(Report& report, const PathCheck& check) : report_(report), check_(check) {}

  Condition condition(const Json& json, const std::string& pointer) {
    std::vector<Condition> parts;
    if (json.kind != Json::Kind::object) {
      wrong_type("a condition must be an object", pointer, json.at);
    }
    for (const auto& member : json.members) read_member(member, pointer_append(pointer, member.key), parts);
    return joined(Condition::Kind::all, std::move(parts));
  }

 private:
  static Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {kind, std::move(parts), {}};
  }

  void wrong_type(std::string message, const std::string& pointer, Position at) {
    report_.error("wrong_type", std::move(message), pointer, at);
  }

  void read_member(const JsonMember& member, const std::string& pointer, std::vector<Condition>& parts) {
    if (member.key == "all" || member.key == "any") {
      parts.push_back(group(member, pointer));
    } else if (member.key == "not") {
      parts.push_back({Condition::Kind::negation, {condition(member.value, pointer)}, {}});
    } else if (const auto path = parse_path(member.key)) {
      if (check_) check_(*path, pointer, member.key_at);
      read_path(*path, member.value, pointer, parts);
    } else {
      const auto hint = did_you_mean(member.key, {"all", "any", "not"});
      report_.error("unknown_path", hint.empty() ? why_no_path(member.key) : fmt::format("\"{}\" is no path{}", member.key, hint), pointer,
                    member.key_at);
    }
  }

  Condition group(const JsonMember& member, const std::string& pointer) {
    const auto& list = member.value;
    std::vector<Condition> parts;
    if (list.kind != Json::Kind::array || list.items.empty()) {
      wrong_type(fmt::format("\"{}\" must be a list of conditions", member.key), pointer, list.at);
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      parts.push_back(condition(list.items[i], pointer_append(pointer, std::to_string(i))));
    }
    return joined(member.key == "any" ? Condition::Kind::any : Condition::Kind::all, std::move(parts));
  }

  void read_path(const Path& path, const Json& json, const std::string& pointer, std::vector<Condition>& parts) {
    if (path.root == Path::Root::open && json.kind != Json::Kind::boolean) return wrong_type("\"open\" is true or false", pointer, json.at);
    if (json.kind == Json::Kind::object) {
      if (json.members.empty()) wrong_type("names no operator", pointer, json.at);
      for (const auto& member : json.members) read_operator(path, member, pointer_append(pointer, member.key), parts);
    } else if (json.kind == Json::Kind::array) {
      if (auto operands = scalars(json, pointer)) add({path, Operator::one_of, std::move(*operands), {}, {}}, parts);
    } else if (is_scalar(json)) {
      add({path, Operator::eq, {to_value(json)}, {}, {}}, parts);
    } else {
      wrong_type("must be a value, a list of values or an object of operators; for what is not set write {\"exists\": false}", pointer, json.at);
    }
  }

  static void add(Comparison comparison, std::vector<Condition>& parts) {
    parts.push_back({Condition::Kind::comparison, {}, std::move(comparison)});
  }

  std::optional<std::vector<Value>> scalars(const Json& list, const std::string& pointer) {
    std::vector<Value> values;
    if (list.items.empty()) wrong_type("a list of values must not be empty", pointer, list.at);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (is_scalar(list.items[i])) {
        values.push_back(to_value(list.items[i]));
      } else {
        wrong_type("must be a text, a number, true or false", pointer_append(pointer, std::to_string(i)), list.items[i].at);
      }
    }
    return !values.empty() && values.size() == list.items.size() ? std::optional(std::move(values)) : std::nullopt;
  }

  void read_operator(const Path& path, const JsonMember& member, const std::string& pointer, std::vector<Condition>& parts) {
    const auto op = parse_operator(member.key);
    if (!op) {
      report_.error("unknown_operator",
                    fmt::format("there is no operator \"{}\"{}", first_characters(member.key, max_shown_characters),
                                did_you_mean(member.key, operator_names())),
                    pointer, member.key_at);
      return;
    }
    Comparison comparison{path, *op, {}, {}, {}};
    if (names_path(member.value)) return read_other(member, pointer, std::move(comparison), parts);
    const auto demand = read_operands(member.value, pointer, comparison);
    if (demand.empty()) {
      add(std::move(comparison), parts);
    } else {
      wrong_type(fmt::format("\"{}\" {}", member.key, demand), pointer, member.value.at);
    }
  }

  // `{"gt": {"path": "vars.limit"}}`: compared with another value.
  static bool names_path(const Json& json) { return json.kind == Json::Kind::object && json.find("path") != nullptr; }

  void read_other(const JsonMember& member, const std::string& pointer, Comparison comparison, std::vector<Condition>& parts) {
    const auto& written = *member.value.find("path");
    const auto at = pointer_append(pointer, "path");
    const auto fits = comparison.op != Operator::between && comparison.op != Operator::exists && comparison.op != Operator::matches;
    if (!fits) return wrong_type(fmt::format("\"{}\" compares with fixed values only", member.key), pointer, member.value.at);
    if (member.value.members.size() > 1) return wrong_type("beside \"path\" nothing else can stand", pointer, member.value.at);
    auto other = written.kind == Json::Kind::string ? parse_path(written.string) : std::nullopt;
    if (!other) {
      report_.error("unknown_path", written.kind == Json::Kind::string ? why_no_path(written.string) : "\"path\" must be a path such as \"vars.limit\"", at,
                    written.at);
      return;
    }
    if (check_) check_(*other, at, written.at);
    comparison.other = std::move(other);
    add(std::move(comparison), parts);
  }

  // Says what the operator demands when `json` is not that, else "".
  std::string_view read_operands(const Json& json, const std::string& pointer, Comparison& comparison) {
    switch (comparison.op) {
      case Operator::eq: return take(json, is_scalar(json), "must be a text, a number, true or false", comparison);
      case Operator::gt:
      case Operator::gte:
      case Operator::lt:
      case Operator::lte: return take(json, has_order(json), "must be a number or a text", comparison);
      case Operator::exists: return take(json, json.kind == Json::Kind::boolean, "must be true or false", comparison);
      case Operator::contains:
        return take(json, json.kind == Json::Kind::string && !fold(json.string).empty(), "must be a text that is not empty", comparison);
      case Operator::between: return take_range(json, comparison);
      case Operator::matches: return take_pattern(json, pointer, comparison);
      case Operator::one_of: return "has no name, write the list alone";
    }
    return "";
  }

  static std::string_view take(const Json& json, bool fits, std::string_view demand, Comparison& comparison) {
    if (!fits) return demand;
    comparison.operands.push_back(to_value(json));
    return "";
  }

  static std::string_view take_range(const Json& json, Comparison& comparison) {
    const bool two = json.kind == Json::Kind::array && json.items.size() == 2 && has_order(json.items[0]) && has_order(json.items[1]);
    if (!two || is_number(json.items[0]) != is_number(json.items[1])) return "must be a list of two numbers or two texts";
    comparison.operands = {to_value(json.items[0]), to_value(json.items[1])};
    const Comparison reaches{comparison.path, Operator::lte, {comparison.operands[1]}, {}, {}};
    return holds(reaches, &comparison.operands[0]) ? "" : "must begin with the smaller one";
  }

  std::string_view take_pattern(const Json& json, const std::string& pointer, Comparison& comparison) {
    if (json.kind != Json::Kind::string) return "must be a text";
    std::string error;
    comparison.pattern.emplace_back(json.string, &error);
    if (!error.empty()) report_.error("invalid_pattern", fmt::format("the pattern is not valid: {}", error), pointer, json.at);
    return "";
  }

  Report& report_;
  const PathCheck& check_;
};

}  // namespace

Condition parse_condition(const Json& json, const std::string& pointer, Report& report, const PathCheck& check) {
  return Parser(report, check).condition(json, pointer);
}

}  // namespace answerback::flows
