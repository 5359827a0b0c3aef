#include "flows/load/body.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flows/load/texts.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t bytes_of_scalar = 8;  // brackets, commas and numbers, roughly

// Recursion here and below is bounded by the depth that the JSON reader allows.
std::size_t bytes_of(const Json& json) {
  auto bytes = bytes_of_scalar + json.string.size();
  for (const auto& item : json.items) bytes += bytes_of(item);
  for (const auto& member : json.members) bytes += member.key.size() + bytes_of(member.value);
  return bytes;
}

std::size_t depth_of(const Json& json) {
  std::size_t below = 0;
  for (const auto& item : json.items) below = std::max(below, depth_of(item));
  for (const auto& member : json.members) below = std::max(below, depth_of(member.value));
  const bool nests = json.kind == Json::Kind::array || json.kind == Json::Kind::object;
  return below + (nests ? 1 : 0);
}

BodyTemplate fixed_part(Value value) {
  BodyTemplate part;
  part.fixed = std::move(value);
  return part;
}

BodyTemplate read_body_text(Loading& loading, const Part& part) {
  if (part.json.string.find("{{") == std::string::npos) return fixed_part(part.json.string);
  BodyTemplate body;
  body.kind = BodyTemplate::Kind::text;
  body.text = read_value_text(loading, part);
  return body;
}

BodyTemplate read_body_part(Loading& loading, const Part& part) {
  const auto& json = part.json;
  BodyTemplate body;
  switch (json.kind) {
    case Json::Kind::null: return fixed_part({});
    case Json::Kind::boolean: return fixed_part(json.boolean);
    case Json::Kind::integer: return fixed_part(json.integer);
    case Json::Kind::real: return fixed_part(json.real);
    case Json::Kind::string: return read_body_text(loading, part);
    case Json::Kind::array:
      body.kind = BodyTemplate::Kind::array;
      for (std::size_t i = 0; i < json.items.size(); ++i) body.parts.push_back(read_body_part(loading, part.item(i)));
      return body;
    case Json::Kind::object:
      body.kind = BodyTemplate::Kind::object;
      for (const auto& member : json.members) {
        body.names.push_back(member.key);
        body.parts.push_back(read_body_part(loading, part.member(member)));
      }
      return body;
  }
  return body;
}

}  // namespace

BodyTemplate read_body_template(Loading& loading, const Part& part) {
  if (depth_of(part.json) > loading.limits.max_body_depth) {
    loading.error(part, "limit", fmt::format("a body nested deeper than {} levels", loading.limits.max_body_depth));
    return {};
  }
  if (bytes_of(part.json) > loading.limits.max_body_bytes) {
    loading.error(part, "limit", fmt::format("a body of more than {} bytes", loading.limits.max_body_bytes));
    return {};
  }
  return read_body_part(loading, part);
}

}  // namespace answerback::flows
