#include "server/json_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/number_text.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_name = 64;
constexpr std::size_t max_text = 1'000;

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

flows::Values read_contact_fields(const flows::Json& object, const std::string& pointer, flows::Report& report) {
  const auto* nested = object.find("fields");
  if (!nested || nested->kind != flows::Json::Kind::object) return read_values(object, pointer, report);
  flows::Fields fields(object, pointer, report);
  fields.allow("fields");
  fields.done();
  return read_values(*nested, fields.pointer_to("fields"), report);
}

}  // namespace answerback::server
