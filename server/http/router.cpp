#include "server/http/router.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <new>
#include <set>
#include <stdexcept>

#include "flows/issue.hpp"
#include "server/http/form.hpp"
#include "server/http/header_rules.hpp"
#include "server/http/problem.hpp"
#include "storage/store.hpp"

namespace answerback::server {
namespace {

using Segments = std::vector<std::string>;

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

// "/a/{b}" -> "a", "{b}". A trailing slash makes an empty last segment, which nothing matches.
template <class Text>
std::vector<Text> split(std::string_view path) {
  std::vector<Text> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto slash = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return segments;
}

// How well a route fits: the number of literal segments, nothing when it does not.
std::optional<std::size_t> fit(const Segments& route, const std::vector<std::string_view>& path) {
  if (route.size() != path.size()) return std::nullopt;
  std::size_t literals = 0;
  for (std::size_t i = 0; i < route.size(); ++i) {
    if (route[i] == path[i])
      ++literals;
    else if (!is_parameter(route[i]) || path[i].empty())
      return std::nullopt;
  }
  return literals;
}

std::string_view media_type(const HttpRequest& request) {
  auto type = request.header("content-type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return type;
}

// What the route's kind of body is called, "" when any will do.
std::string_view wanted_type(BodyKind kind) {
  switch (kind) {
    case BodyKind::json: return "application/json";
    case BodyKind::form: return "application/x-www-form-urlencoded";
    case BodyKind::none:
    case BodyKind::any: return "";
  }
  return "";
}

HttpResponse refused(const AuthResult& result, const HttpRequest& request) {
  if (result.verdict == AuthResult::Verdict::forbidden) return problem(403, "forbidden", result.detail, request.id);
  auto response = problem(401, "unauthenticated", result.detail, request.id);
  // RFC 6750 section 3.
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"answerback\"");
  return response;
}

HttpResponse wrong_type(std::string_view wanted, const HttpRequest& request) {
  auto response = problem(415, "unsupported_media_type", fmt::format("The body must be {}.", wanted), request.id);
  response.headers.emplace_back("Accept", std::string(wanted));
  return response;
}

}  // namespace

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::open: return "open";
    case Scope::inbound: return "inbound";
    case Scope::read: return "read";
    case Scope::operate: return "operate";
    case Scope::admin: return "admin";
  }
  return "";
}

const std::string& Call::param(std::string_view name) const {
  for (const auto& [known, value] : params)
    if (known == name) return value;
  throw std::logic_error(fmt::format("the route has no parameter {}", name));
}

Router::Router(Authenticator authenticator, Observer observer, Failure failure)
    : authenticator_(std::move(authenticator)), observer_(std::move(observer)), failure_(std::move(failure)) {}

void Router::add(Route route) {
  if (route.path.empty() || route.path.front() != '/' || route.method.empty() || !route.handler)
    throw std::logic_error(fmt::format("malformed route {} {}", route.method, route.path));
  for (const auto& known : routes_)
    if (known.method == route.method && known.path == route.path)
      throw std::logic_error(fmt::format("two routes for {} {}", route.method, route.path));
  segments_.push_back(split<std::string>(route.path));
  routes_.push_back(std::move(route));
}

struct Router::Match {
  const Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> params;
  bool bad_escape = false;
  std::set<std::string> methods;  // that the path has, when the wanted one is not among them
};

Router::Match Router::match(const HttpRequest& request) const {
  const auto path = split<std::string_view>(request.path);
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  Match match;
  std::size_t best = 0;
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const auto literals = fit(segments_[i], path);
    if (!literals) continue;
    if (routes_[i].method != method)
      others.push_back(i);
    else if (match.route == nullptr || *literals > best) {
      match.route = &routes_[i];
      best = *literals;
    }
  }
  if (match.route == nullptr) {
    for (const auto i : others) match.methods.insert(routes_[i].method);
    return match;
  }
  const auto& segments = segments_[static_cast<std::size_t>(match.route - routes_.data())];
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_parameter(segments[i])) continue;
    auto value = percent_decode(path[i]);
    match.bad_escape = match.bad_escape || !value;
    match.params.emplace_back(segments[i].substr(1, segments[i].size() - 2), std::move(value).value_or(""));
  }
  return match;
}

struct Router::Admission {
  std::optional<HttpResponse> refusal;
  std::string key_id;
  bool is_admin = false;
};

Router::Admission Router::admit(Match& match, const HttpRequest& request, bool has_body) const {
  if (match.route == nullptr && match.methods.empty()) return {problem(404, "not_found", "There is nothing at this path.", request.id), "", false};
  if (match.route == nullptr) {
    if (match.methods.count("GET") > 0) match.methods.insert("HEAD");
    auto response = problem(405, "method_not_allowed", "This path does not take that method.", request.id);
    response.headers.emplace_back("Allow", fmt::format("{}", fmt::join(match.methods, ", ")));
    return {std::move(response), "", false};
  }
  const auto& route = *match.route;
  const auto caller =
      route.scope == Scope::open ? AuthResult{AuthResult::Verdict::ok, "", "", false} : authenticator_(request, route.scope);
  if (caller.verdict != AuthResult::Verdict::ok) return {refused(caller, request), "", false};
  if (match.bad_escape) return {problem(400, "bad_path", "The path is not percent-encoded UTF-8.", request.id), "", false};
  const auto wanted = wanted_type(route.body);
  if (!wanted.empty() && has_body && !equal_ignoring_case(media_type(request), wanted)) return {wrong_type(wanted, request), "", false};
  return {std::nullopt, caller.key_id, caller.is_admin};
}

void Router::handle(HttpRequest request, Respond respond) const {
  auto match = this->match(request);
  respond = observed(match.route != nullptr ? std::string_view(match.route->path) : std::string_view(), std::move(respond));
  auto admission = admit(match, request, !request.body.empty());
  if (admission.refusal) return respond(std::move(*admission.refusal));
  dispatch(*match.route, {std::move(request), std::move(match.params), std::move(admission.key_id), std::move(respond), admission.is_admin});
}

HeadVerdict Router::judge(const HttpRequest& request) const {
  auto match = this->match(request);
  HeadVerdict verdict;
  verdict.refusal = admit(match, request, true).refusal;
  if (!verdict.refusal && match.route->scope == Scope::open) {
    const auto& signature = match.route->signature;
    verdict.is_vouched = false;
    verdict.wants_body = !signature.empty();
    if (verdict.wants_body && !request.header(signature))
      verdict.refusal = problem(403, "invalid_signature", fmt::format("There is no {}.", signature), request.id);
  }
  if (!verdict.refusal && match.route->body == BodyKind::form) verdict.max_body_bytes = FormLimits{}.max_bytes;
  if (verdict.refusal && observer_)
    observer_(match.route != nullptr ? std::string_view(match.route->path) : std::string_view(), verdict.refusal->status, {});
  return verdict;
}

void Router::dispatch(const Route& route, Call call) const {
  const auto respond = call.respond;
  const auto id = call.request.id;
  try {
    route.handler(std::move(call));
  } catch (const storage::StoreError& error) {
    if (failure_) failure_(id, route.path, error.what());
    // Broken surroundings, not a broken request: the caller is to come again.
    auto response = problem(503, "store_unavailable", "The store does not work at the moment; nothing was kept.", id);
    response.headers.emplace_back("Retry-After", "5");
    respond(std::move(response));
  } catch (const std::bad_alloc& error) {
    if (failure_) failure_(id, route.path, error.what());
    auto response = problem(503, "overloaded", "The server is short of memory at the moment.", id);
    response.headers.emplace_back("Retry-After", "5");
    respond(std::move(response));
  } catch (const std::exception& error) {
    if (failure_) failure_(id, route.path, error.what());
    respond(problem(500, "internal", "Something went wrong on the server.", id));
  }
}

Respond Router::observed(std::string_view path, Respond respond) const {
  if (!observer_) return respond;
  return [this, path, respond = std::move(respond), began = std::chrono::steady_clock::now()](HttpResponse response) {
    observer_(path, response.status, std::chrono::steady_clock::now() - began);
    respond(std::move(response));
  };
}

}  // namespace answerback::server
