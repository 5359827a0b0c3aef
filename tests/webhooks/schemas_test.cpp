#include "webhooks/schemas.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "webhooks/event_examples.hpp"
#include "webhooks/subscription.hpp"

using namespace answerback::webhooks;
using nlohmann::json;

namespace {

std::set<std::string> keys(const json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

bool is_of_type(const json& value, const std::string& type) {
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  return value.type_name() == type;
}

// The part of JSON Schema that the schemas use; the whole of it is judged by a validator outside this program.
bool fits(const json& schema, const json& value);

bool fits_object(const json& schema, const json& value) {
  const auto& rest = schema.at("additionalProperties");
  if (rest.is_object()) return std::all_of(value.begin(), value.end(), [&](const json& member) { return fits(rest, member); });
  const auto required = schema.value("required", json::array()).get<std::set<std::string>>();
  const auto& properties = schema.at("properties");
  const auto named = keys(value);
  if (!std::includes(named.begin(), named.end(), required.begin(), required.end())) return false;
  return std::all_of(named.begin(), named.end(),
                     [&](const std::string& name) { return properties.contains(name) && fits(properties.at(name), value.at(name)); });
}

bool fits(const json& schema, const json& value) {
  if (schema.contains("anyOf"))
    return std::any_of(schema["anyOf"].begin(), schema["anyOf"].end(), [&](const json& part) { return fits(part, value); });
  if (schema.contains("oneOf"))
    return std::count_if(schema["oneOf"].begin(), schema["oneOf"].end(), [&](const json& part) { return fits(part, value); }) == 1;
  if (schema.contains("const")) return schema["const"] == value;
  if (!is_of_type(value, schema.at("type"))) return false;
  if (schema.contains("enum")) return std::count(schema["enum"].begin(), schema["enum"].end(), value) == 1;
  if (value.is_object()) return fits_object(schema, value);
  if (value.is_array()) return std::all_of(value.begin(), value.end(), [&](const json& item) { return fits(schema.at("items"), item); });
  return true;
}

std::vector<std::string> all_types() {
  auto types = event_types();
  types.emplace_back("endpoint.test");
  return types;
}

json schema_of(const std::string& type) { return json::parse(event_schema(type).value()); }

}  // namespace

TEST_CASE("every event type has a schema of draft 2020-12 that names it") {
  for (const auto& type : all_types()) {
    const auto schema = schema_of(type);
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema.at("$id") == "/schemas/events/" + type + ".v1.json");
    CHECK(schema.at("properties").at("type").at("const") == type);
  }
  for (const char* unknown : {"", "*", "conversation", "conversation.*", "conversation.finished"}) CHECK_FALSE(event_schema(unknown));
}

TEST_CASE("an event of each type fits its schema, member by member, and is its example") {
  for (const auto& type : all_types()) {
    INFO(type);
    const auto event = example_event(type).value();
    const auto body = json::parse(event.body);
    CHECK(event.type == type);
    CHECK(fits(schema_of(type), body));
    CHECK(schema_of(type).at("examples") == json::array({body}));
  }
  CHECK_FALSE(example_event("conversation.finished"));
}

TEST_CASE("what is left of an event once its contact was erased fits the schema of its type") {
  for (const auto& type : all_types()) {
    INFO(type);
    auto event = json{{"id", "evt_7_3"}, {"type", type}, {"timestamp", "2026-11-23T16:00:00.000Z"}, {"data", {{"erased", true}}}};
    const bool can_be = !type.starts_with("endpoint.") && type != "contact.erased";
    CHECK(fits(schema_of(type), event) == can_be);
    event["data"]["sequence"] = 3;
    event["data"]["contact"] = {{"id", "con_7"}};
    event["data"]["conversation"] = {{"id", "cnv_7_1"}};
    CHECK(fits(schema_of(type), event) == can_be);
    event["data"]["contact"]["phone"] = "+15125550142";
    CHECK_FALSE(fits(schema_of(type), event));
  }
}

TEST_CASE("an event fits the schema of no other type") {
  for (const auto& type : all_types())
    for (const auto& other : all_types())
      if (type != other) CHECK_FALSE(fits(schema_of(other), json::parse(example_event(type).value().body)));
}

TEST_CASE("a schema refuses a member more, a member less and a wrong type") {
  const auto schema = schema_of("conversation.completed");
  const auto good = json::parse(example_event("conversation.completed").value().body);
  for (const json& patch : {json{{"extra", 1}}, json{{"id", nullptr}}, json{{"id", 7}}, json{{"data", {{"answers", nullptr}}}},
                           json{{"data", {{"contact", {{"extra", 1}}}}}}, json{{"data", {{"conversation", {{"outcome", "bailed"}}}}}},
                           json{{"data", {{"campaign", "autumn"}}}}, json{{"data", {{"sequence", "7"}}}}}) {
    INFO(patch.dump());
    auto bad = good;
    bad.merge_patch(patch);
    CHECK_FALSE(fits(schema, bad));
  }
}
