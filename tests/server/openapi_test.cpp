#include "server/api/openapi.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "flows/text/letter_case.hpp"
#include "server/api/api.hpp"
#include "storage/memory_store.hpp"
#include "webhooks/subscription.hpp"

using namespace answerback::server;
namespace storage = answerback::storage;
namespace webhooks = answerback::webhooks;
using Json = nlohmann::json;

namespace {

// The server's own routes; nothing of it runs.
struct Routes {
  std::unique_ptr<storage::Store> store = storage::make_memory_store();
  SystemClock clock;
  Metrics metrics;
  Config config;
  Turns turns{*store, config.engine, {}};
  Loop loop{*store, turns, clock, metrics, {}};
  Reader reader;
  KeyRing keys{""};
  Api api{*store, turns, loop, reader, reader, clock, metrics, config, keys, {}, {}, {}};
  Router router{[](const HttpRequest&, Scope) { return AuthResult{}; }};

  Routes() { add_routes(router, api); }
  const std::vector<Route>& all() const { return router.routes(); }
  std::vector<Route> listed() const {
    auto some = all();
    std::erase_if(some, [](const Route& route) { return route.path.find("{carrier}") != std::string::npos; });
    return some;
  }
  Json document() const { return Json::parse(openapi_document(all())); }
};

void collect_references(const Json& json, std::set<std::string>& found) {
  if (json.is_object() && json.contains("$ref")) found.insert(json["$ref"].get<std::string>());
  if (!json.is_structured()) return;
  for (const auto& each : json) collect_references(each, found);
}

const Json& referred(const Json& document, const std::string& reference) {
  return document.at(Json::json_pointer(reference.substr(1)));
}

// The names of the path parameters that an operation declares.
std::set<std::string> declared_path_parameters(const Json& document, const Json& operation) {
  std::set<std::string> names;
  for (const auto& parameter : operation.value("parameters", Json::array())) {
    const auto& whole = parameter.contains("$ref") ? referred(document, parameter["$ref"]) : parameter;
    if (whole["in"] == "path") names.insert(whole["name"].get<std::string>());
  }
  return names;
}

std::set<std::string> path_parameters(const std::string& path) {
  std::set<std::string> names;
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    names.insert(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

}  // namespace

TEST_CASE("Every route is described, and nothing is described that is not served") {
  const Routes routes;
  const auto gaps = openapi_gaps(routes.all());
  CHECK(gaps.undescribed == std::vector<std::string>{});
  CHECK(gaps.unserved == std::vector<std::string>{});
  CHECK(routes.all().size() > 40);
}

TEST_CASE("A route that nobody described is named, and so is a description without its route") {
  const auto gaps = openapi_gaps({{"GET", "/v1/secret-passage", Scope::read, BodyKind::none, [](Call) {}}});
  CHECK(gaps.undescribed == std::vector<std::string>{"GET /v1/secret-passage"});
  CHECK(std::count(gaps.unserved.begin(), gaps.unserved.end(), "POST /v1/inbound") == 1);
}

TEST_CASE("The document has each route under its path and method, with its path parameters") {
  const Routes routes;
  const auto document = routes.document();
  CHECK(document["openapi"] == "3.1.0");
  for (const auto& route : routes.listed()) {
    INFO(route.method << " " << route.path);
    const auto& operation = document["paths"][route.path][answerback::flows::to_lower(route.method)];
    REQUIRE(operation.is_object());
    CHECK(declared_path_parameters(document, operation) == path_parameters(route.path));
  }
}

TEST_CASE("A call names the scope that its key must have; open ones ask for none") {
  const Routes routes;
  const auto document = routes.document();
  for (const auto& route : routes.listed()) {
    INFO(route.method << " " << route.path);
    const auto& operation = document["paths"][route.path][answerback::flows::to_lower(route.method)];
    if (route.scope == Scope::open) {
      CHECK(operation["security"].empty());
    } else {
      CHECK(operation["security"] == Json::parse(R"([{"key": [")" + std::string(to_string(route.scope)) + R"("]}])"));
      CHECK(operation["responses"].contains("401"));
      CHECK(operation["responses"].contains("403"));
    }
  }
}

TEST_CASE("What only refuses the carriers to come is no call of the document") {
  const Routes routes;
  CHECK(routes.listed().size() + 2 == routes.all().size());
  CHECK_FALSE(routes.document()["paths"].contains("/v1/inbound/{carrier}"));
}

TEST_CASE("Every event type is a webhook of the document, with its schema") {
  const Routes routes;
  const auto document = routes.document();
  for (const auto& type : webhooks::event_types()) {
    INFO(type);
    const auto& body = document["webhooks"][type]["post"]["requestBody"];
    CHECK(body["content"]["application/json"]["schema"]["$ref"] == "#/components/schemas/" + type);
    CHECK(document["components"]["schemas"][type]["properties"]["type"]["const"] == type);
  }
}

TEST_CASE("Everything that the document refers to is in it, and every operation has a name of its own") {
  const Routes routes;
  const auto document = routes.document();
  std::set<std::string> references;
  collect_references(document, references);
  CHECK(references.size() > 50);
  for (const auto& reference : references) {
    INFO(reference);
    CHECK(document.contains(Json::json_pointer(reference.substr(1))));
  }
  std::set<std::string> names;
  std::size_t operations = 0;
  for (const auto& path : document["paths"]) {
    for (const auto& operation : path) {
      names.insert(operation["operationId"].get<std::string>());
      ++operations;
    }
  }
  CHECK(names.size() == operations);
}
