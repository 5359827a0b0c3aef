// Which handler a request is for, who may call it and what kind of body it takes. All of that is a table that can be listed,
// so that the OpenAPI document and the tests cannot forget a route. Runs on the I/O thread; a handler must not block.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/message.hpp"

namespace answerback::server {

// What a route demands of its caller. `open` asks for nothing: health, and carriers that sign their requests.
enum class Scope { open, inbound, read, operate, admin };
std::string_view to_string(Scope scope);

enum class BodyKind { none, json, form, any };

struct AuthResult {
  enum class Verdict { ok, unauthenticated, forbidden };
  Verdict verdict = Verdict::unauthenticated;
  std::string key_id;  // of the API key, "admin" for the configured one, "" on open routes
  std::string detail;  // what to tell the caller when refused
  bool is_admin = false;  // may everything: sees what may let somebody in, such as whole URLs
};
using Authenticator = std::function<AuthResult(const HttpRequest&, Scope)>;

// A request that has found its route and may use it.
struct Call {
  HttpRequest request;
  std::vector<std::pair<std::string, std::string>> params;  // decoded, by the names in the template
  std::string key_id;
  Respond respond;
  bool is_admin = false;  // as AuthResult's

  const std::string& param(std::string_view name) const;  // the name stands in the route's own template
};

struct Route {
  std::string method;
  std::string path;  // "/v1/conversations/{id}/bail"
  Scope scope = Scope::admin;
  BodyKind body = BodyKind::none;
  std::function<void(Call)> handler;
  // Of an open route, in lower case: the header of a carrier's signature. Without it the body is not read.
  std::string signature = {};
};

class Router {
 public:
  // Sees every answer of a route: the template, "" when none fitted; the status; the time it took.
  using Observer = std::function<void(std::string_view path, int status, std::chrono::nanoseconds took)>;

  // Hears of exceptions that handlers threw, which callers are not told: for the log.
  using Failure = std::function<void(const std::string& request_id, std::string_view path, std::string_view what)>;

  explicit Router(Authenticator authenticator, Observer observer = {}, Failure failure = {});

  // Throws std::logic_error when that method and path are taken already or the template is malformed.
  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }

  // 404 no such path (a trailing slash is another path) · 405 with Allow · 401, 403 · 415 another kind of body · 400 a bad
  // escape in the path · 503 when the handler meets a broken store, 500 for any other exception. HEAD goes to GET.
  void handle(HttpRequest request, Respond respond) const;

  // The same by the head alone, while the body is still to come: nothing is read of whoever will be refused anyway.
  HeadVerdict judge(const HttpRequest& request) const;

 private:
  struct Match;
  struct Admission;
  Admission admit(Match& match, const HttpRequest& request, bool has_body) const;
  Match match(const HttpRequest& request) const;
  void dispatch(const Route& route, Call call) const;
  Respond observed(std::string_view path, Respond respond) const;

  Authenticator authenticator_;
  Observer observer_;
  Failure failure_;
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;  // of each route's template
};

}  // namespace answerback::server
