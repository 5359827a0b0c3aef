#include "flows/load/values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/load/names.hpp"

namespace answerback::flows {

namespace {

std::string no_name(std::string_view name, std::string_view what) {
  return fmt::format("\"{}\" is no {}'s name, use 1 to 64 of letters, digits, _ and -", name, what);
}

void read_field_names(Loading& loading, const Part& list) {
  for (std::size_t i = 0; i < list.json.items.size(); ++i) {
    const auto item = list.item(i);
    if (item.json.kind != Json::Kind::string) {
      loading.wrong_type(item, "a field's name");
    } else if (!is_name(item.json.string)) {
      loading.error(item, "bad_name", no_name(item.json.string, "field"));
    } else {
      loading.flow.contact_fields.push_back({item.json.string, FieldType::any});
    }
  }
}

FieldType read_field_type(Loading& loading, const Part& part) {
  const auto& types = field_types();
  if (part.json.kind != Json::Kind::string) {
    loading.wrong_type(part, "a type such as \"number\"");
    return FieldType::any;
  }
  const auto found = std::find(types.begin(), types.end(), part.json.string);
  if (found != types.end()) return static_cast<FieldType>(found - types.begin() + 1);
  loading.error(part, "unknown_type", fmt::format("there is no type \"{}\", use one of {}{}", part.json.string, fmt::join(types, ", "),
                                                  loading.hint(part.json.string, types)));
  return FieldType::any;
}

void read_typed_fields(Loading& loading, const Part& object) {
  for (const auto& member : object.json.members) {
    const auto part = object.member(member);
    if (!is_name(member.key)) loading.report.error("bad_name", no_name(member.key, "field"), part.pointer, member.key_at);
    loading.flow.contact_fields.push_back({member.key, read_field_type(loading, part)});
  }
}

std::optional<Value> fixed_value(const Json& json) {
  switch (json.kind) {
    case Json::Kind::boolean: return Value(json.boolean);
    case Json::Kind::integer: return Value(json.integer);
    case Json::Kind::real: return Value(json.real);
    case Json::Kind::string: return Value(json.string);
    case Json::Kind::null:
    case Json::Kind::array:
    case Json::Kind::object: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void read_contact_fields(Loading& loading, Fields& flow) {
  const auto* json = flow.any("contact_fields");
  if (json == nullptr) return;
  const Part part{*json, flow.pointer_to("contact_fields")};
  const bool typed = json->kind == Json::Kind::object;
  if (!typed && json->kind != Json::Kind::array) return loading.wrong_type(part, "a list of names or an object of types");
  if (!loading.within(part, typed ? json->members.size() : json->items.size(), loading.limits.max_contact_fields, "contact fields")) return;
  if (typed) return read_typed_fields(loading, part);
  read_field_names(loading, part);
}

void read_variables(Loading& loading, Fields& flow) {
  const auto* json = flow.object("variables");
  if (json == nullptr) return;
  const Part list{*json, flow.pointer_to("variables")};
  if (!loading.within(list, json->members.size(), loading.limits.max_variables, "variables")) return;
  for (const auto& member : json->members) {
    const auto part = list.member(member);
    if (!is_name(member.key)) loading.report.error("bad_name", no_name(member.key, "variable"), part.pointer, member.key_at);
    auto value = fixed_value(part.json);
    if (!value) loading.wrong_type(part, "a text, a number, true or false");
    loading.flow.variables.emplace_back(member.key, std::move(value).value_or(Value()));
  }
}

}  // namespace answerback::flows
