#include "tests/flows/json_schema.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "flows/text/text.hpp"

namespace answerback::tests {

using nlohmann::json;

namespace {

const std::set<std::string> annotations{"$schema", "$id", "title", "description", "default", "definitions"};
const std::set<std::string> of_strings{"minLength", "maxLength", "pattern"};
const std::set<std::string> of_numbers{"minimum", "maximum"};
const std::set<std::string> of_arrays{"items", "minItems", "maxItems"};
const std::set<std::string> of_objects{"properties",    "required",      "additionalProperties", "patternProperties",
                                       "propertyNames", "minProperties", "maxProperties"};

bool is_of_type(const json& value, const std::string& type) {
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  return value.type_name() == type;
}

bool fits_type(const json& value, const json& types) {
  if (types.is_string()) return is_of_type(value, types.get<std::string>());
  return std::any_of(types.begin(), types.end(), [&](const json& type) { return is_of_type(value, type.get<std::string>()); });
}

bool finds(const std::string& text, const json& pattern) { return RE2::PartialMatch(text, RE2(pattern.get<std::string>())); }

}  // namespace

std::string JsonSchema::check(const json& schema, const json& value, const std::string& at) const {
  for (const auto& [keyword, argument] : schema.items()) {
    auto problem = check_keyword(keyword, schema, value, at);
    if (!problem.empty()) return problem;
  }
  return "";
}

std::string JsonSchema::check_keyword(const std::string& keyword, const json& schema, const json& value, const std::string& at) const {
  const auto& argument = schema.at(keyword);
  const auto fits = [&](const json& part) { return check(part, value, at).empty(); };
  const auto unless = [&](bool ok) { return ok ? "" : at + ": " + keyword; };
  if (annotations.count(keyword) != 0) return "";
  if (keyword == "$ref") return check(root_.at(json::json_pointer(argument.get<std::string>().substr(1))), value, at);
  if (keyword == "type") return unless(fits_type(value, argument));
  if (keyword == "const") return unless(value == argument);
  if (keyword == "enum") return unless(std::find(argument.begin(), argument.end(), value) != argument.end());
  if (keyword == "oneOf") return unless(std::count_if(argument.begin(), argument.end(), fits) == 1);
  if (keyword == "allOf") return unless(std::all_of(argument.begin(), argument.end(), fits));
  if (keyword == "not") return unless(!fits(argument));
  if (of_strings.count(keyword) != 0) return value.is_string() ? unless(check_string(keyword, argument, value).empty()) : "";
  if (keyword == "minimum") return unless(!value.is_number() || value >= argument);
  if (keyword == "maximum") return unless(!value.is_number() || value <= argument);
  if (of_arrays.count(keyword) != 0) return value.is_array() ? check_array(keyword, argument, value, at) : "";
  if (of_objects.count(keyword) != 0) return value.is_object() ? check_object(keyword, schema, value, at) : "";
  throw std::logic_error("the checker of schemas does not know " + keyword);
}

std::string JsonSchema::check_string(const std::string& keyword, const json& limit, const std::string& value) const {
  if (keyword == "pattern") return finds(value, limit) ? "" : keyword;
  const auto length = flows::count_characters(value);
  const auto bound = limit.get<std::size_t>();
  return (keyword == "minLength" ? length >= bound : length <= bound) ? "" : keyword;
}

std::string JsonSchema::check_array(const std::string& keyword, const json& limit, const json& value, const std::string& at) const {
  if (keyword == "minItems") return value.size() >= limit.get<std::size_t>() ? "" : at + ": minItems";
  if (keyword == "maxItems") return value.size() <= limit.get<std::size_t>() ? "" : at + ": maxItems";
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto problem = check(limit, value[i], at + "/" + std::to_string(i));
    if (!problem.empty()) return problem;
  }
  return "";
}

std::string JsonSchema::check_object(const std::string& keyword, const json& schema, const json& value, const std::string& at) const {
  const auto& argument = schema.at(keyword);
  if (keyword == "minProperties") return value.size() >= argument.get<std::size_t>() ? "" : at + ": minProperties";
  if (keyword == "maxProperties") return value.size() <= argument.get<std::size_t>() ? "" : at + ": maxProperties";
  if (keyword == "additionalProperties") return check_rest(schema, value, at);
  if (keyword == "required") {
    const auto there = [&](const json& name) { return value.contains(name.get<std::string>()); };
    return std::all_of(argument.begin(), argument.end(), there) ? "" : at + ": required";
  }
  for (const auto& [name, member] : value.items()) {
    std::string problem;
    if (keyword == "propertyNames") problem = check(argument, name, at + "/" + name);
    if (keyword == "properties" && argument.contains(name)) problem = check(argument.at(name), member, at + "/" + name);
    if (keyword == "patternProperties") {
      for (const auto& [pattern, part] : argument.items()) {
        if (finds(name, pattern)) problem = check(part, member, at + "/" + name);
      }
    }
    if (!problem.empty()) return problem;
  }
  return "";
}

std::string JsonSchema::check_rest(const json& schema, const json& value, const std::string& at) const {
  const auto& rest = schema.at("additionalProperties");
  for (const auto& [name, member] : value.items()) {
    if (schema.contains("properties") && schema.at("properties").contains(name)) continue;
    bool by_pattern = false;
    if (schema.contains("patternProperties")) {
      for (const auto& [pattern, part] : schema.at("patternProperties").items()) by_pattern = by_pattern || finds(name, pattern);
    }
    if (by_pattern) continue;
    const auto problem = rest.is_boolean() ? (rest.get<bool>() ? "" : at + "/" + name + ": not allowed") : check(rest, member, at + "/" + name);
    if (!problem.empty()) return problem;
  }
  return "";
}

}  // namespace answerback::tests
