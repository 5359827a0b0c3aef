#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/api/endpoint_body.hpp"
#include "server/api/short_list.hpp"
#include "server/http/problem.hpp"
#include "server/log/log.hpp"
#include "webhooks/crypto.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_endpoints = 1'000;
constexpr std::size_t max_replayed = 10'000;  // deliveries of one call
constexpr std::size_t done_at_once = 32;       // of these with one task of the loop
constexpr std::size_t looked_at_once = 100;    // events
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
  // What waits for it goes piece by piece, and nothing of it is started meanwhile.
  answer_in_steps(api, std::move(call), TaskKind::remove_endpoint, [&api, key, is_gone = std::make_shared<bool>(false)](const Call& asked) -> std::optional<HttpResponse> {
    if (!api.store.remove_endpoint(*key)) return *is_gone ? HttpResponse{204, "", "", {}} : not_found(asked, "endpoint");
    if (!std::exchange(*is_gone, true)) api.loop.endpoint_removed(*key);
    return std::nullopt;
  });
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
  const auto place = std::make_shared<storage::Store::ReplayPlace>(storage::Store::ReplayPlace{since.value_or(storage::Instant{})});
  answer_in_steps(
      api, std::move(call), TaskKind::replay,
      [&api, key, place, made = std::make_shared<std::size_t>(0)](const Call& asked) -> std::optional<HttpResponse> {
        const auto endpoint = key ? api.store.find_endpoint(*key) : std::nullopt;
        if (!endpoint) return not_found(asked, "endpoint");
        const webhooks::Subscriber subscriber(*endpoint);
        const auto find = [&](const engine::ConversationId& id) { return api.store.conversation(id); };
        const auto wanted = [&](const storage::StoredEvent& event) {
          return subscriber.takes(event.type) && subscriber.wants(webhooks::recall(event.type, event.at, event.body, find));
        };
        *made += api.store.replay(*key, *place, wanted, {std::min(max_replayed - *made, done_at_once), looked_at_once}, api.clock.now());
        if (!place->is_finished && *made < max_replayed) return std::nullopt;
        return json_response(202, {{"deliveries", *made}, {"more", *made == max_replayed}});
      },
      [&api, key] { if (key) api.loop.wake({*key}); });
}

// Which dead deliveries of an endpoint are to go again.
struct DeadOnes {
  std::string type = "*";
  storage::Instant since = storage::Instant::min(), until = storage::Instant::max();

  bool contain(const storage::Delivery& delivery) const {
    return webhooks::matches(type, delivery.event_type) && delivery.created_at >= since && delivery.created_at < until;
  }
};

void read_instant(flows::Fields& fields, const char* name, storage::Instant& into) {
  const auto text = fields.string(name, 64);
  if (!text) return;
  const auto instant = flows::parse_iso8601(*text);
  if (!instant) fields.error(name, "invalid_value", fmt::format("{} must be a time like 2026-03-02T15:00:00Z", name));
  into = instant.value_or(into);
}

std::optional<DeadOnes> read_dead_ones(const Call& call) {
  const auto body = read_body(call);
  if (!body) return std::nullopt;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  DeadOnes wanted;
  wanted.type = fields.string("type", 64).value_or("*");
  if (!webhooks::is_known_pattern(wanted.type))
    fields.error("type", "unknown_event", fmt::format("there is no event \"{}\"{}", wanted.type, flows::did_you_mean(wanted.type, webhooks::event_types())));
  read_instant(fields, "since", wanted.since);
  read_instant(fields, "until", wanted.until);
  if (wanted.since >= wanted.until) fields.error("until", "invalid_value", "until must lie behind since");
  fields.done();
  return accept(call, report) ? std::optional(wanted) : std::nullopt;
}

// The oldest of them, oldest first, so that each contact's go in their order. A query.
std::vector<webhooks::DeliveryKey> find_dead(Api& api, webhooks::EndpointKey endpoint, const DeadOnes& wanted) {
  std::vector<webhooks::DeliveryKey> keys;
  for (storage::PageRequest page{500, 0};;) {
    const auto found = api.store.list_deliveries({endpoint, "", webhooks::DeliveryState::dead}, page);
    for (const auto& delivery : found.items)
      if (wanted.contain(delivery)) keys.push_back(delivery.key);
    if (found.next == 0) break;
    page.after = found.next;
  }
  std::reverse(keys.begin(), keys.end());
  return keys;
}

struct Redelivering {
  std::vector<webhooks::DeliveryKey> keys;
  std::size_t looked_at = 0;
  std::size_t done = 0;
};

std::optional<HttpResponse> redeliver_some(Api& api, webhooks::EndpointKey key, Redelivering& work, const Call& asked) {
  const auto endpoint = api.store.find_endpoint(key);
  if (!endpoint) return not_found(asked, "endpoint");
  if (endpoint->health.state == webhooks::HealthState::disabled)
    return problem_for(asked, 409, "endpoint_disabled", "the endpoint is disabled and gets nothing: enable it first");
  const auto end = std::min({work.keys.size(), work.looked_at + done_at_once, max_replayed});
  api.store.transaction([&] {
    for (; work.looked_at < end; ++work.looked_at) {
      const auto delivery = api.store.find_delivery(work.keys[work.looked_at]);
      if (!delivery || delivery->state != webhooks::DeliveryState::dead) continue;
      if (api.store.redeliver(delivery->key, api.clock.now()) == storage::Store::Redelivery::due) ++work.done;
    }
  });
  if (end < std::min(work.keys.size(), max_replayed)) return std::nullopt;
  return json_response(202, {{"redelivered", work.done}, {"more", work.keys.size() > max_replayed}});
}

// Dead ones are looked for by the reader and sent again a few at a time.
void redeliver_dead(Api& api, Call call) {
  const auto key = webhooks::parse_endpoint_key(call.param("id"));
  const auto wanted = read_dead_ones(call);
  if (!wanted) return;
  if (!key) return call.respond(not_found(call, "endpoint"));
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.reader.submit([&api, shared, key = *key, wanted = *wanted] {
    const auto work = std::make_shared<Redelivering>();
    try {
      work->keys = find_dead(api, key, wanted);
    } catch (const storage::StoreError& error) {
      log(LogLevel::error, "store_failed", {{"why", error.what()}});
      return shared->respond(problem_for(*shared, 503, "store_unavailable", "the store does not work at the moment; nothing was kept"));
    }
    answer_in_steps(
        api, std::move(*shared), TaskKind::redeliver, [&api, key, work](const Call& asked) { return redeliver_some(api, key, *work, asked); }, [&api, key] { api.loop.wake({key}); });
  });
  if (!taken) shared->respond(problem_for(*shared, 503, "busy", "too much waits; try again"));
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
  add("POST", one + "/redeliver", Scope::operate, BodyKind::json, redeliver_dead);
  add("POST", one + "/enable", Scope::operate, BodyKind::json, enable);
}

}  // namespace answerback::server
