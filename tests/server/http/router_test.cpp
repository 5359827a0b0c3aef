#include "server/http/router.hpp"

#include <catch2/catch.hpp>

#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "storage/store.hpp"
#include "tests/server/http/test_server.hpp"

using namespace answerback::server;
using namespace answerback::server::testing;

namespace {

// Takes "Bearer SCOPE" as a key with that one scope.
AuthResult by_scope_name(const HttpRequest& request, Scope wanted) {
  const auto key = request.header("authorization");
  if (!key) return {AuthResult::Verdict::unauthenticated, "", "no key"};
  if (*key != "Bearer " + std::string(to_string(wanted))) return {AuthResult::Verdict::forbidden, "k", "another scope"};
  return {AuthResult::Verdict::ok, "k", ""};
}

struct Fixture {
  Router router{by_scope_name, [this](std::string_view path, int status, std::chrono::nanoseconds) {
                  observed.emplace_back(std::string(path), status);
                },
                [this](const std::string& id, std::string_view path, std::string_view what) {
                  failures.push_back(id + " " + std::string(path) + " " + std::string(what));
                }};
  std::vector<std::string> failures;
  std::vector<std::pair<std::string, int>> observed;
  std::vector<Call> calls;

  void add(std::string method, std::string path, Scope scope = Scope::open, BodyKind body = BodyKind::none) {
    router.add({std::move(method), path, scope, body, [this, path](Call call) {
                  calls.push_back(call);
                  call.respond(ok(path));
                }});
  }

  HttpResponse ask(std::string method, std::string path, std::vector<std::pair<std::string, std::string>> headers = {},
                   std::string body = "") {
    HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.id = "r-1";
    std::optional<HttpResponse> answer;
    router.handle(std::move(request), [&](HttpResponse response) { answer = std::move(response); });
    REQUIRE(answer);
    return *answer;
  }
};

std::string code(const HttpResponse& response) { return nlohmann::json::parse(response.body).at("code"); }

std::string header(const HttpResponse& response, const std::string& name) {
  for (const auto& [known, value] : response.headers)
    if (known == name) return value;
  return "";
}

}  // namespace

TEST_CASE("a request finds the route of its method and path, with the parameters decoded") {
  Fixture it;
  it.add("GET", "/v1/contacts/{phone}");
  it.add("GET", "/v1/flows/{name}/revisions/{n}");
  CHECK(it.ask("GET", "/v1/contacts/%2B15125550142").body == "/v1/contacts/{phone}");
  CHECK(it.calls.back().param("phone") == "+15125550142");
  CHECK(it.ask("GET", "/v1/contacts/+15125550142").status == 200);
  CHECK(it.calls.back().param("phone") == "+15125550142");
  CHECK(it.ask("GET", "/v1/flows/roof/revisions/3").status == 200);
  CHECK(it.calls.back().param("name") == "roof");
  CHECK(it.calls.back().param("n") == "3");
  CHECK_THROWS_AS(it.calls.back().param("phone"), std::logic_error);
}

TEST_CASE("a literal path goes before one with a parameter, whichever came first") {
  Fixture it;
  it.add("POST", "/v1/inbound/{carrier}");
  it.add("POST", "/v1/inbound/test");
  CHECK(it.ask("POST", "/v1/inbound/test").body == "/v1/inbound/test");
  CHECK(it.ask("POST", "/v1/inbound/twilio").body == "/v1/inbound/{carrier}");
}

TEST_CASE("a path that is nobody's is 404, also with a trailing slash, an empty segment or another case") {
  Fixture it;
  it.add("GET", "/v1/contacts/{phone}");
  it.add("GET", "/v1/contacts");
  for (const std::string path : {"/", "/v1", "/v1/contacts/", "/v1//contacts", "/V1/contacts", "/v1/contacts/a/b",
                                 "/v1/contacts/a/",
                                 "/v1/%63ontacts", "*", "//", "/v1/contacts/a/.."}) {
    INFO(path);
    const auto answer = it.ask("GET", path);
    CHECK(answer.status == 404);
    CHECK(code(answer) == "not_found");
  }
  CHECK(it.calls.empty());
}

TEST_CASE("a method that the path does not have is 405 and named what it has (RFC 9110 section 15.5.6)") {
  Fixture it;
  it.add("GET", "/v1/contacts/{phone}");
  it.add("PUT", "/v1/contacts/{phone}", Scope::admin);
  const auto answer = it.ask("PATCH", "/v1/contacts/x");
  CHECK(answer.status == 405);
  CHECK(header(answer, "Allow") == "GET, HEAD, PUT");
}

TEST_CASE("HEAD is served by GET's handler") {
  Fixture it;
  it.add("GET", "/healthz");
  it.add("POST", "/only-post");
  CHECK(it.ask("HEAD", "/healthz").status == 200);
  CHECK(it.ask("HEAD", "/only-post").status == 405);
}

TEST_CASE("a broken escape in a path is refused") {
  Fixture it;
  it.add("GET", "/v1/contacts/{phone}");
  for (const std::string part : {"%", "%2", "%zz", "a%", "%00", "%ff", "%c3", "%ed%a0%80"}) {
    INFO(part);
    const auto answer = it.ask("GET", "/v1/contacts/" + part);
    CHECK(answer.status == 400);
    CHECK(code(answer) == "bad_path");
  }
  CHECK(it.calls.empty());
}

TEST_CASE("every scope but open is asked of the authenticator: 401 without a key, 403 with another's") {
  for (const auto scope : {Scope::inbound, Scope::read, Scope::operate, Scope::admin}) {
    Fixture it;
    it.add("GET", "/x", scope);
    const auto without = it.ask("GET", "/x");
    CHECK(without.status == 401);
    CHECK(header(without, "WWW-Authenticate").substr(0, 6) == "Bearer");
    CHECK(it.ask("GET", "/x", {{"authorization", "Bearer other"}}).status == 403);
    CHECK(it.ask("GET", "/x", {{"authorization", "Bearer " + std::string(to_string(scope))}}).status == 200);
    REQUIRE(it.calls.size() == 1);
    CHECK(it.calls[0].key_id == "k");
  }
  Fixture it;
  it.add("GET", "/open", Scope::open);
  CHECK(it.ask("GET", "/open").status == 200);
}

TEST_CASE("who may not call learns nothing of what is wrong with the call") {
  Fixture it;
  it.add("POST", "/x/{id}", Scope::admin, BodyKind::json);
  CHECK(it.ask("POST", "/x/%zz", {{"content-type", "text/plain"}}, "{}").status == 401);
}

TEST_CASE("a body of another kind than the route's is 415") {
  Fixture it;
  it.add("POST", "/json", Scope::open, BodyKind::json);
  it.add("POST", "/form", Scope::open, BodyKind::form);
  it.add("POST", "/any", Scope::open, BodyKind::any);
  const auto status = [&](const std::string& path, const std::string& type) {
    return it.ask("POST", path, {{"content-type", type}}, "x").status;
  };
  CHECK(status("/json", "application/json") == 200);
  CHECK(status("/json", "Application/JSON ; charset=utf-8") == 200);
  CHECK(status("/json", "application/json-patch+json") == 415);
  CHECK(status("/json", "text/plain") == 415);
  CHECK(it.ask("POST", "/json", {}, "{}").status == 415);
  CHECK(header(it.ask("POST", "/json", {}, "{}"), "Accept") == "application/json");
  CHECK(it.ask("POST", "/json").status == 200);
  CHECK(status("/form", "application/x-www-form-urlencoded") == 200);
  CHECK(status("/form", "application/json") == 415);
  CHECK(status("/any", "text/plain") == 200);
}

TEST_CASE("a broken store is 503 with a time to come back, any other exception 500, and neither tells why") {
  Fixture it;
  it.router.add({"GET", "/store", Scope::open, BodyKind::none,
                 [](Call) { throw answerback::storage::StoreError("disk sda1 full"); }});
  it.router.add({"GET", "/bug", Scope::open, BodyKind::none, [](Call) { throw std::runtime_error("secret"); }});
  const auto store = it.ask("GET", "/store");
  CHECK(store.status == 503);
  CHECK_FALSE(header(store, "Retry-After").empty());
  CHECK(store.body.find("sda1") == std::string::npos);
  const auto bug = it.ask("GET", "/bug");
  CHECK(bug.status == 500);
  CHECK(bug.body.find("secret") == std::string::npos);
  CHECK(it.failures == std::vector<std::string>{"r-1 /store disk sda1 full", "r-1 /bug secret"});
}

TEST_CASE("every answer is observed under its route's template") {
  Fixture it;
  it.add("GET", "/v1/contacts/{phone}");
  it.ask("GET", "/v1/contacts/a");
  it.ask("PUT", "/v1/contacts/a");
  it.ask("GET", "/nobody");
  CHECK(it.observed == std::vector<std::pair<std::string, int>>{{"/v1/contacts/{phone}", 200}, {"", 405}, {"", 404}});
}

TEST_CASE("the table can be listed and takes no route twice and no malformed one") {
  Fixture it;
  it.add("GET", "/a", Scope::read);
  it.add("POST", "/a", Scope::operate);
  REQUIRE(it.router.routes().size() == 2);
  CHECK(it.router.routes()[1].scope == Scope::operate);
  CHECK_THROWS_AS(it.add("GET", "/a"), std::logic_error);
  CHECK_THROWS_AS(it.add("GET", "a"), std::logic_error);
  CHECK_THROWS_AS(it.router.add({"GET", "/b", Scope::open, BodyKind::none, {}}), std::logic_error);
}

TEST_CASE("a head alone says whether its sender may call, while nothing of the body is read") {
  Fixture it;
  it.add("POST", "/keyed", Scope::operate, BodyKind::json);
  it.add("GET", "/open", Scope::open);
  it.router.add({"POST", "/carrier", Scope::open, BodyKind::form, [](Call call) { call.respond(ok("")); }, "x-twilio-signature"});
  const auto judge = [&](std::string method, std::string path, std::vector<std::pair<std::string, std::string>> headers) {
    HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.headers = std::move(headers);
    return it.router.judge(request);
  };
  const std::pair<std::string, std::string> json{"content-type", "application/json"}, form{"content-type", "application/x-www-form-urlencoded"};
  CHECK(judge("POST", "/keyed", {json}).refusal->status == 401);
  CHECK(judge("POST", "/keyed", {json, {"authorization", "Bearer read"}}).refusal->status == 403);
  CHECK(judge("POST", "/keyed", {{"authorization", "Bearer operate"}}).refusal->status == 415);
  CHECK(judge("POST", "/nowhere", {json}).refusal->status == 404);
  CHECK(judge("PUT", "/keyed", {json}).refusal->status == 405);
  const auto keyed = judge("POST", "/keyed", {json, {"authorization", "Bearer operate"}});
  CHECK_FALSE(keyed.refusal);
  CHECK(keyed.wants_body);
  CHECK(keyed.is_vouched);
  CHECK(judge("POST", "/carrier", {form}).refusal->status == 403);
  const auto carrier = judge("POST", "/carrier", {form, {"x-twilio-signature", "any"}});
  CHECK_FALSE(carrier.refusal);
  CHECK(carrier.wants_body);
  CHECK_FALSE(carrier.is_vouched);
  CHECK(carrier.max_body_bytes == 64 * 1024);
  CHECK_FALSE(judge("GET", "/open", {}).wants_body);
  CHECK(it.calls.empty());
  CHECK(it.observed.size() == 6);
}

TEST_CASE("a handler for which there is no memory is 503 with a time to come back") {
  Fixture it;
  it.router.add({"GET", "/a", Scope::open, BodyKind::none, [](Call) { throw std::bad_alloc(); }});
  const auto answer = it.ask("GET", "/a");
  CHECK(answer.status == 503);
  CHECK(header(answer, "Retry-After") == "5");
}
