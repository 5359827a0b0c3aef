#include "server/api/openapi.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "server/api/openapi_parts.hpp"
#include "server/version.hpp"
#include "webhooks/json.hpp"
#include "webhooks/schemas.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::server {

namespace {

using Json = nlohmann::ordered_json;

struct Description {
  Json document = Json::object();
  Json operations = Json::object();
  Json schemas = Json::object();
  Json webhook = Json::object();
};

Description read_description() {
  Description all;
  for (const auto& part : Json::parse(openapi_parts())) {
    all.document.update(part.value("document", Json::object()));
    all.operations.update(part.value("operations", Json::object()));
    all.schemas.update(part.value("schemas", Json::object()));
    all.webhook.update(part.value("webhook", Json::object()));
  }
  return all;
}

std::string name_of(const Route& route) { return route.method + " " + route.path; }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Json reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

void add_response(Json& operation, const std::string& status, std::string_view name) {
  auto& responses = operation["responses"];
  if (!responses.contains(status)) responses[status] = reference("responses", name);
}

// What follows from the table and the front, and so holds for every route of its kind.
void finish_operation(Json& operation, const Route& route) {
  if (operation.contains("requestBody")) {
    add_response(operation, "400", "unreadable");
    add_response(operation, "415", "wrong_type");
  }
  operation["security"] = Json::array();
  if (route.scope != Scope::open) {
    add_response(operation, "401", "unauthenticated");
    add_response(operation, "403", "forbidden");
    // OpenAPI 3.1 section 4.8.30: a scheme without OAuth scopes lists the roles that the call demands.
    operation["security"].push_back({{"key", Json::array({to_string(route.scope)})}});
  }
  add_response(operation, "4XX", "problem");
  add_response(operation, "5XX", "problem");
}

Json paths_json(const std::vector<Route>& routes, const Json& operations) {
  auto paths = Json::object();
  for (const auto& route : routes) {
    const auto found = operations.find(name_of(route));
    if (found == operations.end() || !found->is_object()) continue;
    auto& operation = paths[route.path][lower(route.method)] = *found;
    finish_operation(operation, route);
  }
  return paths;
}

// "conversation.completed" -> "onConversationCompleted", a name that code generators can use.
std::string handler_name(std::string_view type) {
  std::string name = "on";
  bool upper = true;
  for (const char c : type) {
    const bool is_break = c == '.' || c == '_';
    if (!is_break) name.push_back(upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c);
    upper = is_break;
  }
  return name;
}

std::vector<std::string> webhook_types() {
  auto types = webhooks::event_types();
  types.emplace_back("endpoint.test");
  return types;
}

// An event's schema without the names that it has as a document of its own.
Json embedded_schema(const std::string& type) {
  auto schema = Json::parse(webhooks::event_schema(type).value());
  schema.erase("$schema");
  schema.erase("$id");
  return schema;
}

Json webhook_json(const std::string& type, const Json& common) {
  Json operation{{"operationId", handler_name(type)}, {"summary", type}};
  operation.update(common);
  operation["requestBody"] = {{"required", true}, {"content", {{"application/json", {{"schema", reference("schemas", type)}}}}}};
  return {{"post", std::move(operation)}};
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes) {
  auto all = read_description();
  auto& document = all.document;
  document["info"]["version"] = version();
  document["paths"] = paths_json(routes, all.operations);
  for (const auto& type : webhook_types()) {
    document["webhooks"][type] = webhook_json(type, all.webhook);
    all.schemas[type] = embedded_schema(type);
  }
  document["components"]["schemas"] = std::move(all.schemas);
  return webhooks::dump(document);
}

OpenapiGaps openapi_gaps(const std::vector<Route>& routes) {
  const auto operations = read_description().operations;
  OpenapiGaps gaps;
  for (const auto& route : routes) {
    if (!operations.contains(name_of(route))) gaps.undescribed.push_back(name_of(route));
  }
  for (const auto& described : operations.items()) {
    const auto is_it = [&](const Route& route) { return name_of(route) == described.key(); };
    if (std::none_of(routes.begin(), routes.end(), is_it)) gaps.unserved.push_back(described.key());
  }
  return gaps;
}

}  // namespace answerback::server
