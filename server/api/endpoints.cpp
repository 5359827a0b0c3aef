#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/api/api.hpp"
#include "server/log.hpp"
#include "webhooks/crypto.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_endpoints = 1'000;
constexpr std::size_t max_patterns = 50;
constexpr std::size_t max_headers = 20;
constexpr std::size_t max_replayed = 10'000;
constexpr std::chrono::hours secret_overlap{24};

// A header's value may be a credential: it can be set and replaced, not read back.
ApiJson headers_json(const webhooks::Endpoint& endpoint) {
  auto headers = ApiJson::object();
  for (const auto& [name, value] : endpoint.headers) headers[name] = "***";
  return headers;
}

ApiJson endpoint_json(const webhooks::Endpoint& endpoint) {
  const auto& health = endpoint.health;
  return {{"id", webhooks::to_string(endpoint.key)},
          {"url", endpoint.url},
          {"events", endpoint.events},
          {"description", endpoint.description},
          {"headers", headers_json(endpoint)},
          {"filter", endpoint.filter.empty() ? ApiJson() : ApiJson::parse(endpoint.filter)},
          {"status", webhooks::to_string(health.state)},
          {"reason", webhooks::or_null(health.reason)},
          {"failures", health.failures},
          {"created_at", webhooks::instant_json(endpoint.created_at)}};
}

void read_headers(flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto* headers = fields.object("headers");
  if (!headers) return;
  endpoint.headers.clear();
  if (headers->members.size() > max_headers) fields.error("headers", "limit", fmt::format("at most {} headers", max_headers));
  for (const auto& member : headers->members) {
    const auto pointer = flows::pointer_append("/headers", member.key);
    if (member.value.kind != flows::Json::Kind::string) {
      fields.report().error("wrong_type", "a header's value is a string", pointer, member.value.at);
    } else if (const auto problem = webhooks::header_problem(member.key, member.value.string)) {
      fields.report().error("invalid_header", *problem, pointer, member.value.at);
    }
    endpoint.headers.emplace_back(member.key, member.value.string);
  }
}

void read_events(flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto events = fields.strings("events", max_patterns);
  if (!events) return;
  endpoint.events = *events;
  if (events->empty()) fields.error("events", "invalid_value", "name at least one event, or \"*\" for all");
  for (std::size_t i = 0; i < events->size(); ++i) {
    if (webhooks::is_known_pattern((*events)[i])) continue;
    const auto hint = flows::did_you_mean((*events)[i], webhooks::event_types());
    fields.report().error("unknown_event", fmt::format("there is no event \"{}\"{}", (*events)[i], hint), fmt::format("/events/{}", i), {});
  }
}

void read_url(const Api& api, flows::Fields& fields, webhooks::Endpoint& endpoint) {
  const auto url = fields.string("url", 2'048);
  if (!url) return;
  endpoint.url = *url;
  const auto verdict = webhooks::vet_url(*url, api.config.url_rules);
  if (!verdict.url) fields.error("url", verdict.code, verdict.message);
}

void read_filter(flows::Fields& fields, webhooks::Endpoint& endpoint, const ApiJson& body) {
  const auto* filter = fields.any("filter");
  if (!filter) return;
  endpoint.filter = filter->kind == flows::Json::Kind::null ? "" : webhooks::dump(body["filter"]);
  if (endpoint.filter.empty()) return;
  for (const auto& issue : webhooks::check_filter(endpoint.filter)) {
    fields.report().error(issue.code, issue.message, "/filter" + issue.pointer, issue.at);
  }
}

// Takes over what the body says; false when it was answered with the problems.
bool read_endpoint(const Api& api, const Call& call, webhooks::Endpoint& endpoint, bool is_new, std::optional<bool>& enabled) {
  const auto body = read_body(call);
  if (!body) return false;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  read_url(api, fields, endpoint);
  read_events(fields, endpoint);
  read_headers(fields, endpoint);
  read_filter(fields, endpoint, ApiJson::parse(call.request.body, nullptr, false));
  if (const auto description = fields.string("description", 500)) endpoint.description = *description;
  if (!is_new) enabled = fields.boolean("enabled");
  if (is_new && !fields.has("url")) fields.missing("url");
  if (is_new && !fields.has("events")) fields.missing("events");
  fields.done();
  return accept(call, report);
}

void create_endpoint(Api& api, Call call) {
  webhooks::Endpoint endpoint;
  std::optional<bool> unused;
  if (!read_endpoint(api, call, endpoint, true, unused)) return;
  endpoint.secrets = {webhooks::Secret::random()};
  endpoint.created_at = api.clock.now();
  auto made = std::make_shared<webhooks::Endpoint>(std::move(endpoint));
  answer_change(
      api, std::move(call),
      [&api, made](const Call& asked) {
        if (api.store.endpoints().size() >= max_endpoints) {
          return problem_for(asked, 409, "limit", fmt::format("there are {} endpoints already", max_endpoints));
        }
        made->key = api.store.add_endpoint(*made);
        auto json = endpoint_json(*made);
        json["secret"] = made->secrets.front().reveal();
        return json_response(201, json);
      },
      [&api, made] { api.loop.endpoint_changed(*made); });
}

// Changes the endpoint of the path on the loop's thread, where its newest state is.
using Edit = std::function<HttpResponse(const Call&, webhooks::Endpoint&)>;
void edit(Api& api, Call call, Edit change) {
  auto changed = std::make_shared<std::optional<webhooks::Endpoint>>();
  answer_change(
      api, std::move(call),
      [&api, changed, change = std::move(change)](const Call& asked) {
        const auto key = webhooks::parse_endpoint_key(asked.param("id"));
        auto endpoint = key ? api.store.find_endpoint(*key) : std::nullopt;
        if (!endpoint) return not_found(asked, "endpoint");
        auto response = change(asked, *endpoint);
        if (response.status >= 400) return response;
        api.store.update_endpoint(*endpoint);
        *changed = std::move(endpoint);
        return response;
      },
      [&api, changed] { api.loop.endpoint_changed(**changed); });
}

void patch(Api& api, Call call) {
  // Read twice: here for the problems, on the loop's thread onto what is stored then.
  webhooks::Endpoint probe;
  std::optional<bool> unused;
  if (!read_endpoint(api, call, probe, false, unused)) return;
  edit(api, std::move(call), [&api](const Call& asked, webhooks::Endpoint& endpoint) {
    std::optional<bool> enabled;
    read_endpoint(api, asked, endpoint, false, enabled);
    if (enabled) endpoint.health = webhooks::after_operator(endpoint.health, *enabled, api.clock.now());
    return json_response(200, endpoint_json(endpoint));
  });
}

void enable(Api& api, Call call) {
  edit(api, std::move(call), [&api](const Call&, webhooks::Endpoint& endpoint) {
    endpoint.health = webhooks::after_operator(endpoint.health, true, api.clock.now());
    return json_response(200, endpoint_json(endpoint));
  });
}

void rotate(Api& api, Call call) {
  edit(api, std::move(call), [&api](const Call&, webhooks::Endpoint& endpoint) {
    endpoint.secrets.insert(endpoint.secrets.begin(), webhooks::Secret::random());
    endpoint.secrets.resize(std::min<std::size_t>(endpoint.secrets.size(), 2), endpoint.secrets.front());
    endpoint.old_secret_until = api.clock.now() + secret_overlap;
    auto json = endpoint_json(endpoint);
    json["secret"] = endpoint.secrets.front().reveal();
    json["old_secret_until"] = webhooks::instant_json(endpoint.old_secret_until);
    return json_response(200, json);
  });
}

void remove_endpoint(Api& api, Call call) {
  const auto key = webhooks::parse_endpoint_key(call.param("id"));
  if (!key) return call.respond(not_found(call, "endpoint"));
  answer_change(
      api, std::move(call),
      [&api, key](const Call& asked) { return api.store.remove_endpoint(*key) ? HttpResponse{204, "", "", {}} : not_found(asked, "endpoint"); },
      [&api, key] { api.loop.endpoint_removed(*key); });
}

void test(Api& api, Call call) {
  const auto key = webhooks::parse_endpoint_key(call.param("id"));
  if (!key) return call.respond(not_found(call, "endpoint"));
  answer_change(
      api, std::move(call),
      [&api, key](const Call& asked) {
        const auto endpoint = api.store.find_endpoint(*key);
        if (!endpoint) return not_found(asked, "endpoint");
        if (endpoint->health.state == webhooks::HealthState::disabled) {
          return problem_for(asked, 409, "endpoint_disabled", "the endpoint is disabled and gets nothing: enable it first");
        }
        const auto now = api.clock.now();
        const auto nonce = webhooks::to_hex(webhooks::random_bytes(8));
        const storage::Store::OperationalEvent event{webhooks::render_test(key->value, nonce, now), {*key}};
        const auto deliveries = api.store.add_event(event, now);
        return json_response(202, {{"event_id", event.event.id}, {"delivery_id", webhooks::to_string(deliveries.front())}});
      },
      [&api, key] { api.loop.wake({*key}); });
}

void replay(Api& api, Call call) {
  const auto key = webhooks::parse_endpoint_key(call.param("id"));
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  const auto since = flows::parse_iso8601(fields.required_string("since", 64));
  if (!since && fields.has("since")) fields.error("since", "invalid_value", "since must be a time like 2026-03-02T15:00:00Z");
  fields.done();
  if (!accept(call, report)) return;
  answer_change(
      api, std::move(call),
      [&api, key, since](const Call& asked) {
        const auto endpoint = key ? api.store.find_endpoint(*key) : std::nullopt;
        if (!endpoint) return not_found(asked, "endpoint");
        const webhooks::Subscriber subscriber(*endpoint);
        const auto find = [&](const engine::ConversationId& id) { return api.store.conversation(id); };
        const auto wanted = [&](const storage::StoredEvent& event) {
          return subscriber.takes(event.type) && subscriber.wants(webhooks::recall(event.type, event.at, event.body, find));
        };
        const auto count = api.store.replay(*key, *since, wanted, max_replayed, api.clock.now());
        return json_response(202, {{"deliveries", count}, {"more", count == max_replayed}});
      },
      [&api, key] { api.loop.wake({*key}); });
}

void list_endpoints(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call&) {
    auto data = ApiJson::array();
    for (const auto& endpoint : api.store.endpoints()) data.push_back(endpoint_json(endpoint));
    return json_response(200, page_json(std::move(data)));
  });
}

void show_endpoint(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto key = webhooks::parse_endpoint_key(asked.param("id"));
    const auto endpoint = key ? api.store.find_endpoint(*key) : std::nullopt;
    return endpoint ? json_response(200, endpoint_json(*endpoint)) : not_found(asked, "endpoint");
  });
}

}  // namespace

void add_endpoint_routes(Router& router, Api& api) {
  const std::string all = "/v1/endpoints";
  const std::string one = "/v1/endpoints/{id}";
  const auto add = [&](const char* method, const std::string& path, Scope scope, BodyKind body, void (*handler)(Api&, Call)) {
    router.add({method, path, scope, body, [&api, handler](Call call) { handler(api, std::move(call)); }});
  };
  add("POST", all, Scope::admin, BodyKind::json, create_endpoint);
  add("GET", all, Scope::read, BodyKind::none, list_endpoints);
  add("GET", one, Scope::read, BodyKind::none, show_endpoint);
  add("PATCH", one, Scope::admin, BodyKind::json, patch);
  add("DELETE", one, Scope::admin, BodyKind::none, remove_endpoint);
  add("POST", one + "/test", Scope::operate, BodyKind::json, test);
  add("POST", one + "/rotate-secret", Scope::admin, BodyKind::json, rotate);
  add("POST", one + "/replay", Scope::operate, BodyKind::json, replay);
  add("POST", one + "/enable", Scope::operate, BodyKind::json, enable);
}

}  // namespace answerback::server
