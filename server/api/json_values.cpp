#include "server/api/json_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/text/number_text.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_name = 64;
constexpr std::size_t max_text = 1'000;
constexpr std::size_t max_reference = 128;

bool is_name(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= max_name && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), fits);
}

std::optional<flows::Value> read_value(const flows::Json& json) {
  switch (json.kind) {
    case flows::Json::Kind::null: return flows::Value{};
    case flows::Json::Kind::boolean: return flows::Value{json.boolean};
    case flows::Json::Kind::integer:
      // A name made of digits, such as an id, stays what it is.
      return flows::keeps_its_digits(json.integer) ? flows::Value{json.integer} : flows::Value{std::to_string(json.integer)};
    case flows::Json::Kind::real: return flows::Value{json.real};
    case flows::Json::Kind::string: return json.string.size() <= max_text ? std::optional(flows::Value{json.string}) : std::nullopt;
    case flows::Json::Kind::array:
    case flows::Json::Kind::object: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

flows::Values read_values(const flows::Json& object, const std::string& pointer, flows::Report& report) {
  flows::Values values;
  if (object.members.size() > max_fields) report.error("limit", fmt::format("at most {} fields", max_fields), pointer, object.at);
  for (const auto& member : object.members) {
    const auto where = flows::pointer_append(pointer, member.key);
    if (!is_name(member.key)) report.error("bad_name", "a field's name is a to z, 0 to 9 and _, beginning with a letter", where, member.key_at);
    auto value = read_value(member.value);
    if (!value) report.error("wrong_type", fmt::format("a field is a text of at most {} bytes, a number, true, false or null", max_text), where, member.value.at);
    if (value) flows::assign(values, member.key, std::move(*value));
  }
  return values;
}

engine::References read_references(const flows::Json& object, const std::string& pointer, flows::Report& report) {
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    const auto* given = object.find(name);
    if (given == nullptr) return std::nullopt;
    if (given->kind == flows::Json::Kind::null) return "";
    if (given->kind == flows::Json::Kind::integer) return std::to_string(given->integer);
    if (given->kind == flows::Json::Kind::string && given->string.size() <= max_reference) return given->string;
    report.error("wrong_type", fmt::format("{} is a text of at most {} bytes", name, max_reference), flows::pointer_append(pointer, name), given->at);
    return std::nullopt;
  };
  return {read("external_id"), read("source")};
}

ContactGiven read_contact(const flows::Json& object, const std::string& pointer, flows::Report& report) {
  ContactGiven given{{}, read_references(object, pointer, report)};
  const auto* nested = object.find("fields");
  if (!nested || nested->kind != flows::Json::Kind::object) {
    auto fields = object;
    std::erase_if(fields.members, [](const auto& member) { return member.key == "external_id" || member.key == "source"; });
    given.fields = read_values(fields, pointer, report);
    return given;
  }
  flows::Fields fields(object, pointer, report);
  for (const auto* name : {"fields", "external_id", "source"}) fields.allow(name);
  fields.done();
  given.fields = read_values(*nested, fields.pointer_to("fields"), report);
  return given;
}

}  // namespace answerback::server
