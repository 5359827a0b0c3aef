#include "webhooks/schemas.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "webhooks/event_examples.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::webhooks {

namespace {

using Json = nlohmann::ordered_json;
using Properties = std::vector<std::pair<std::string, Json>>;

// Strict: what is sent is exactly what is named, so that a test finds what is not. Receivers take what they do not know: fields are added.
Json object(const Properties& properties) {
  Json schema = {{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}, {"additionalProperties", false}};
  for (const auto& [name, property] : properties) {
    schema["properties"][name] = property;
    schema["required"].push_back(name);
  }
  return schema;
}

// The same, but each may be missing.
Json optional_members(const Properties& properties) {
  auto schema = object(properties);
  schema.erase("required");
  return schema;
}

Json of_type(std::string_view type) { return Json::object({{"type", type}}); }
Json text() { return of_type("string"); }
Json nothing() { return of_type("null"); }
Json count() { return {{"type", "integer"}, {"minimum", 0}}; }
Json list(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json matching(std::string_view pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

// A prefix and numbers, each with the origin under which it was counted where that is not understood (engine/ids.hpp).
Json id_of(std::string pattern, int numbers) {
  pattern.insert(0, "^");
  for (int i = 0; i < numbers; ++i) pattern += i == 0 ? "[0-9]+(s[0-9a-z]{6})?" : "_[0-9]+(s[0-9a-z]{6})?";
  return matching(pattern + "$");
}
Json constant(std::string_view value) { return Json::object({{"const", value}}); }
Json one_of(std::vector<std::string> values) { return {{"type", "string"}, {"enum", std::move(values)}}; }
Json contact_id() { return id_of("con_", 1); }
Json conversation_id() { return id_of("cnv_", 2); }
Json message_id() { return id_of("msg_", 3); }
// `anyOf` rather than a list of types, which strict validators frown upon.
Json or_null(Json schema) { return Json::object({{"anyOf", Json::array({std::move(schema), nothing()})}}); }

// Spelled out, because `format` is but a remark to most validators.
Json instant() { return matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"); }

Json money() { return object({{"amount", of_type("number")}, {"currency", text()}}); }

// An end that is open is null.
Json range() {
  auto end = Json::object({{"anyOf", Json::array({nothing(), of_type("number"), text(), money()})}});
  return object({{"from", end}, {"to", end}});
}

Json value() {
  return Json::object({{"anyOf", Json::array({nothing(), of_type("boolean"), of_type("number"), text(), list(text()), money(), range()})}});
}
Json named_values() { return {{"type", "object"}, {"additionalProperties", value()}}; }

// A subflow's answers stand in an object of their own, at most as deep as subflows may run.
Json answers(int depth = 8) {
  auto any = value();
  if (depth > 0) {
    auto inner = answers(depth - 1);
    inner["minProperties"] = 1;
    any["anyOf"].push_back(std::move(inner));
  }
  return {{"type", "object"}, {"additionalProperties", std::move(any)}};
}

Json contact() {
  return object({{"id", contact_id()},
                 {"phone", or_null(text())},
                 {"consent", one_of({"unknown", "pending", "opted_in", "opted_out"})},
                 {"external_id", or_null(text())},
                 {"source", or_null(text())},
                 {"language", or_null(text())},
                 {"fields", named_values()}});
}

// The parts of a contact that are not what they were.
Json contact_parts() {
  return optional_members({{"external_id", or_null(text())}, {"source", or_null(text())}, {"language", or_null(text())}, {"fields", named_values()}});
}

Json campaign() { return object({{"id", id_of("cmp_", 1)}, {"name", text()}}); }

// `outcome` is "" for one that has not ended.
Json conversation(std::string_view outcome) {
  const bool over = !outcome.empty();
  auto schema = object({{"id", conversation_id()},
                 {"flow", text()},
                 {"revision", count()},
                 {"outcome", over ? constant(outcome) : nothing()},
                 {"reason", over ? text() : nothing()},
                 {"started_at", instant()},
                 {"ended_at", over ? instant() : nothing()},
                 {"messages_in", count()},
                 {"messages_out", count()},
                 {"trigger", object({{"kind", one_of({"keyword", "any", "api", "campaign"})}, {"value", or_null(text())}})},
                 {"title", or_null(text())},
                 {"language", or_null(text())},
                 {"our_number", or_null(text())}});
  schema["properties"]["splits"] = {{"type", "object"}, {"additionalProperties", text()}};  // only when there was an experiment
  return schema;
}

// A campaign is entered when its first text was taken, by which time the conversation may also be over already.
Json any_conversation() {
  return Json::object({{"anyOf", Json::array({conversation(""), conversation("completed"), conversation("bailed"),
                                              conversation("discarded")})}});
}

Json interaction() {
  return object({{"step", text()},
                 {"answer", text()},
                 {"question", text()},
                 {"reply", text()},
                 {"value", value()},
                 {"attempts", count()},
                 {"asked_at", instant()},
                 {"answered_at", instant()},
                 {"sure", of_type("boolean")},
                 {"label", or_null(text())}});
}

Json consent(std::string_view status) {
  return object({{"status", constant(status)},
                 {"source", one_of({"keyword", "phrase", "manual", "carrier", "import"})},
                 {"keyword", or_null(text())},
                 {"text", or_null(text())},
                 {"message_id", or_null(message_id())},
                 {"scope", text()},
                 {"at", instant()},
                 {"evidence", or_null(text())},
                 {"note", or_null(text())},
                 {"actor", or_null(text())}});
}

Json message_status() {
  return one_of({"received", "queued", "sending", "sent", "delivered", "failed", "unknown", "suppressed", "expired", "cancelled"});
}

Json message() {
  return object({{"id", message_id()},
                 {"direction", one_of({"in", "out"})},
                 {"from", text()},
                 {"to", text()},
                 {"text", text()},
                 {"media", list(text())},
                 {"status", message_status()},
                 {"error", or_null(text())},
                 {"at", instant()}});
}

Json handover() {
  const auto reply = object({{"reply", text()}, {"cause", text()}, {"at", instant()}});
  const auto question = object({{"step", text()}, {"text", text()}, {"asked_at", instant()}, {"not_understood", list(reply)}});
  const auto line = object({{"id", message_id()},
                            {"direction", one_of({"in", "out"})},
                            {"text", text()},
                            {"media", list(text())},
                            {"status", message_status()},
                            {"at", instant()}});
  return object({{"step", or_null(text())},
                 {"detail", or_null(text())},
                 {"phrase", or_null(text())},
                 {"question", or_null(question)},
                 {"transcript", list(line)},
                 {"truncated", of_type("boolean")},
                 {"whole_at", text()}});
}

Json conversation_data(std::string_view outcome) {
  Properties properties{{"sequence", count()},
                        {"conversation", conversation(outcome)},
                        {"contact", contact()},
                        {"campaign", or_null(campaign())},
                        {"answers", answers()},
                        {"vars", answers()},
                        {"interactions", list(interaction())}};
  if (outcome == "bailed") properties.emplace_back("handover", handover());
  properties.emplace_back("truncated", of_type("boolean"));
  return object(properties);
}

Json consent_data(std::string_view status) {
  return object({{"sequence", count()},
                 {"conversation", or_null(any_conversation())},
                 {"contact", contact()},
                 {"campaign", or_null(campaign())},
                 {"our_number", or_null(text())},
                 {"consent", consent(status)},
                 {"truncated", of_type("boolean")}});
}

Json changes_data() {
  return object({{"sequence", count()},
                 {"contact", contact()},
                 {"campaign", or_null(campaign())},
                 {"conversation_id", or_null(conversation_id())},
                 {"changed", contact_parts()},
                 {"previous", contact_parts()},
                 {"truncated", of_type("boolean")}});
}

// What is left of an event once its contact was erased.
Json erased_data() {
  auto schema = optional_members({{"sequence", count()}, {"contact", object({{"id", contact_id()}})}, {"conversation", object({{"id", conversation_id()}})}});
  schema["properties"]["erased"] = {{"const", true}};
  schema["required"] = Json::array({"erased"});
  return schema;
}

Json message_data() {
  return object({{"sequence", count()},
                 {"contact", contact()},
                 {"conversation_id", or_null(conversation_id())},
                 {"campaign", or_null(campaign())},
                 {"message", message()},
                 {"truncated", of_type("boolean")}});
}

Json endpoint_id() { return id_of("ep_", 1); }

Json data_of(std::string_view type) {
  if (type == "conversation.started") return conversation_data("");
  if (type.starts_with("conversation.")) return conversation_data(type.substr(type.find('.') + 1));
  if (type == "contact.opted_in") return consent_data("opted_in");
  if (type == "contact.opted_out") return consent_data("opted_out");
  if (type == "contact.entered_campaign")
    return object({{"sequence", count()},
                   {"conversation", any_conversation()},
                   {"contact", contact()},
                   {"campaign", campaign()},
                   {"truncated", of_type("boolean")}});
  if (type == "contact.updated") return changes_data();
  if (type == "contact.erased")
    return object({{"sequence", count()}, {"contact", object({{"id", contact_id()}, {"external_id", or_null(text())}})}});
  if (type.starts_with("contact."))
    return object({{"sequence", count()}, {"contact", contact()}, {"campaign", or_null(campaign())}, {"truncated", of_type("boolean")}});
  if (type.starts_with("message.")) return message_data();
  if (type == "endpoint.disabled")
    return object({{"endpoint", object({{"id", endpoint_id()}, {"url", text()}, {"reason", text()}, {"disabled_at", instant()}})}});
  return object({{"endpoint", object({{"id", endpoint_id()}})}, {"message", text()}});
}

// Everything that tells of a contact can be erased, but the event that says so.
bool can_be_erased(std::string_view type) { return !type.starts_with("endpoint.") && type != "contact.erased"; }

Json any_data_of(const std::string& type) {
  if (!can_be_erased(type)) return data_of(type);
  return Json::object({{"oneOf", Json::array({data_of(type), erased_data()})}});
}

std::string make_schema(const std::string& type) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"$id", "/schemas/events/" + type + ".v1.json"},
                 {"title", type}};
  schema.update(object({{"id", matching("^evt_[a-z0-9]+_[A-Za-z0-9]+$")},
                        {"type", constant(type)},
                        {"timestamp", instant()},
                        {"data", any_data_of(type)}}));
  schema["examples"] = Json::array({Json::parse(example_event(type).value().body)});
  return schema.dump(2);
}

std::map<std::string, std::string, std::less<>> make_schemas() {
  auto types = event_types();
  types.emplace_back("endpoint.test");
  std::map<std::string, std::string, std::less<>> schemas;
  for (const auto& type : types) schemas.emplace(type, make_schema(type));
  return schemas;
}

}  // namespace

std::optional<std::string> event_schema(std::string_view type) {
  static const auto schemas = make_schemas();
  const auto found = schemas.find(type);
  if (found == schemas.end()) return std::nullopt;
  return found->second;
}

}  // namespace answerback::webhooks
