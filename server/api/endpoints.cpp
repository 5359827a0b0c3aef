#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/api/endpoint_body.hpp"
#include "server/api/short_list.hpp"
#include "server/http/problem.hpp"
#include "server/log.hpp"
#include "webhooks/crypto.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_endpoints = 1'000;
constexpr std::size_t max_replayed = 10'000;
constexpr std::chrono::hours secret_overlap{24};

void create_endpoint(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  EndpointWish wish;
  if (const auto issues = apply(api, *body, call.request.body, wish); !issues.empty()) return call.respond(invalid(call, issues));
  auto made = std::make_shared<webhooks::Endpoint>(std::move(wish.endpoint));
  made->secrets = {webhooks::Secret::random()};
  made->created_at = api.clock.now();
  answer_change(
      api, std::move(call),
      [&api, made](const Call& asked) {
        if (api.store.endpoints().size() >= max_endpoints) {
          return problem_for(asked, 409, "limit", fmt::format("there are {} endpoints already", max_endpoints));
        }
        made->key = api.store.add_endpoint(*made);
        auto json = endpoint_json(*made, true);
        json["secret"] = made->secrets.front().secret.reveal();
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

// What is masked in the body can be told on the loop's thread only, where the newest state is.
void patch(Api& api, Call call) {
  auto body = read_body(call);
  if (!body) return;
  edit(api, std::move(call), [&api, body = std::move(*body)](const Call& asked, webhooks::Endpoint& endpoint) {
    EndpointWish wish{endpoint, {}};
    if (const auto issues = apply(api, body, asked.request.body, wish); !issues.empty()) return invalid(asked, issues);
    endpoint = std::move(wish.endpoint);
    if (wish.enabled) endpoint.health = webhooks::after_operator(endpoint.health, *wish.enabled, api.clock.now());
    return json_response(200, endpoint_json(endpoint, true));
  });
}

void enable(Api& api, Call call) {
  if (!accept_no_fields(call)) return;
  edit(api, std::move(call), [&api](const Call& asked, webhooks::Endpoint& endpoint) {
    endpoint.health = webhooks::after_operator(endpoint.health, true, api.clock.now());
    return json_response(200, endpoint_json(endpoint, asked.is_admin));
  });
}

HttpResponse rotated(Api& api, const Call& asked, webhooks::Endpoint& endpoint) {
  const auto now = api.clock.now(), old_until = now + secret_overlap;
  if (!webhooks::rotate(endpoint, webhooks::Secret::random(), old_until, now)) {
    const auto free_at = flows::to_iso8601(endpoint.secrets.back().until);
    return problem_for(asked, 409, "limit", fmt::format("{} replaced secrets are still good; the next rotation is possible at {}", webhooks::max_old_secrets, free_at));
  }
  auto json = endpoint_json(endpoint, true);
  json["secret"] = endpoint.secrets.front().secret.reveal();
  json["old_secret_until"] = webhooks::instant_json(old_until);
  return json_response(200, json);
}

void rotate_secret(Api& api, Call call) {
  if (!accept_no_fields(call)) return;
  edit(api, std::move(call), [&api](const Call& asked, webhooks::Endpoint& endpoint) { return rotated(api, asked, endpoint); });
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
  if (!accept_no_fields(call)) return;
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
  answer_list(api, std::move(call), "endpoint", [&api](const Call& asked) {
    auto data = ApiJson::array();
    for (const auto& endpoint : api.store.endpoints()) data.push_back(endpoint_json(endpoint, asked.is_admin));
    return data;
  });
}

void show_endpoint(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto key = webhooks::parse_endpoint_key(asked.param("id"));
    const auto endpoint = key ? api.store.find_endpoint(*key) : std::nullopt;
    return endpoint ? json_response(200, endpoint_json(*endpoint, asked.is_admin)) : not_found(asked, "endpoint");
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
  add("POST", one + "/rotate-secret", Scope::admin, BodyKind::json, rotate_secret);
  add("POST", one + "/replay", Scope::operate, BodyKind::json, replay);
  add("POST", one + "/enable", Scope::operate, BodyKind::json, enable);
}

}  // namespace answerback::server
