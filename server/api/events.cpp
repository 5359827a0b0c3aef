// Events and their deliveries: catching up by cursor, looking at attempts, sending again.
#include <nlohmann/json.hpp>

#include "server/api/api.hpp"
#include "webhooks/json.hpp"
#include "webhooks/subscription.hpp"

namespace answerback::server {

namespace {

constexpr std::string_view newest_place = "latest";  // as `after`: only what is still to come

// The stored bytes are the event; they are joined as they are, not read and written again.
HttpResponse events_response(const Api& api, const storage::Page<storage::StoredEvent>& page) {
  HttpResponse response;
  response.body = R"({"data":[)";
  for (const auto& event : page.items) {
    if (response.body.back() != '[') response.body.push_back(',');
    response.body += event.body;
  }
  // While there was anything, `next` goes on from it: that is how a reader comes back for what is new.
  const auto next = page.items.empty() ? page.next : page.items.back().cursor;
  response.body += R"(],"next":)" + webhooks::dump(next_json(api, next)) + "}";
  return response;
}

void list_events(Api& api, Call call) {
  Query query(call.request.query);
  const auto type = query.text("type").value_or("");
  if (!type.empty() && !webhooks::is_known_pattern(type)) query.error("type", "unknown_event", "there is no such event type");
  std::string begin;
  const auto page = query.page(api.store.identity(), &begin);
  if (!accept(call, query)) return;
  answer_query(api, std::move(call), [&api, type, page, begin](const Call& asked) {
    if (begin == newest_place) return events_response(api, {{}, api.store.newest_event()});
    auto wanted = page;
    if (!begin.empty()) {
      const auto event = api.store.find_event(begin);
      if (!event) return problem_for(asked, 404, "unknown_event", "there is no event with the id in \"after\", or it was kept no longer");
      wanted.after = event->cursor;
    }
    return events_response(api, api.store.list_events(type, wanted));
  });
}

void show_event(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto event = api.store.find_event(asked.param("id"));
    if (!event) return not_found(asked, "event");
    HttpResponse response;
    response.body = event->body;
    return response;
  });
}

ApiJson delivery_json(const storage::Delivery& delivery) {
  return {{"id", webhooks::to_string(delivery.key)},
          {"endpoint_id", webhooks::to_string(delivery.endpoint)},
          {"event_id", delivery.event_id},
          {"event_type", delivery.event_type},
          {"status", webhooks::to_string(delivery.state)},
          {"attempts", delivery.attempts},
          {"created_at", webhooks::instant_json(delivery.created_at)},
          {"next_attempt_at", delivery.due_at ? webhooks::instant_json(*delivery.due_at) : ApiJson()},
          {"last_status", delivery.last_status == 0 ? ApiJson() : ApiJson(delivery.last_status)},
          {"last_error", webhooks::or_null(delivery.last_error)}};
}

ApiJson attempt_json(const storage::Attempt& attempt) {
  return {{"number", attempt.number},
          {"at", webhooks::instant_json(attempt.at)},
          {"duration_ms", attempt.took.count()},
          {"status", attempt.status == 0 ? ApiJson() : ApiJson(attempt.status)},
          {"error", webhooks::or_null(attempt.error)},
          {"response", webhooks::or_null(attempt.response)}};
}

void list_deliveries(Api& api, Call call) {
  Query query(call.request.query);
  storage::DeliveryFilter filter;
  const auto endpoint = query.text("endpoint");
  if (endpoint) filter.endpoint = webhooks::parse_endpoint_key(*endpoint);
  if (endpoint && !filter.endpoint) query.error("endpoint", "wrong_type", "endpoint is an id like ep_1");
  filter.event_id = query.text("event").value_or("");
  const auto status = query.one_of("status", {"held", "pending", "leased", "delivered", "dead"});
  if (status) filter.state = webhooks::parse_delivery_state(*status);
  const auto page = query.page(api.store.identity());
  if (!accept(call, query)) return;
  answer_query(api, std::move(call), [&api, filter, page](const Call&) {
    const auto found = api.store.list_deliveries(filter, page);
    auto data = ApiJson::array();
    for (const auto& delivery : found.items) data.push_back(delivery_json(delivery));
    return json_response(200, page_json(api, std::move(data), found.next));
  });
}

void show_delivery(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto key = webhooks::parse_delivery_key(asked.param("id"));
    const auto delivery = key ? api.store.find_delivery(*key) : std::nullopt;
    if (!delivery) return not_found(asked, "delivery");
    auto json = delivery_json(*delivery);
    json["history"] = ApiJson::array();
    for (const auto& attempt : delivery->history) json["history"].push_back(attempt_json(attempt));
    return json_response(200, json);
  });
}

// `act` is asked with the delivery that the path names; its endpoint is woken afterwards.
void act_on_delivery(Api& api, Call call, std::function<HttpResponse(const Call&, const storage::Delivery&)> act) {
  if (!accept_no_fields(call)) return;
  const auto key = webhooks::parse_delivery_key(call.param("id"));
  auto endpoint = std::make_shared<webhooks::EndpointKey>();
  answer_change(
      api, std::move(call),
      [&api, key, endpoint, act = std::move(act)](const Call& asked) {
        const auto delivery = key ? api.store.find_delivery(*key) : std::nullopt;
        if (!delivery) return not_found(asked, "delivery");
        *endpoint = delivery->endpoint;
        return act(asked, *delivery);
      },
      [&api, endpoint] { api.loop.wake({*endpoint}); });
}

void redeliver(Api& api, Call call) {
  act_on_delivery(api, std::move(call), [&api](const Call& asked, const storage::Delivery& delivery) {
    if (!api.store.find_endpoint(delivery.endpoint)) return problem_for(asked, 409, "endpoint_gone", "the delivery's endpoint is gone");
    const auto done = api.store.redeliver(delivery.key, api.clock.now());
    if (done == storage::Store::Redelivery::under_way) return problem_for(asked, 409, "under_way", "a request for the delivery is under way just now; wait for its result");
    if (done == storage::Store::Redelivery::unknown) return not_found(asked, "delivery");
    return json_response(202, {{"id", webhooks::to_string(delivery.key)}, {"status", "pending"}});
  });
}

void skip(Api& api, Call call) {
  act_on_delivery(api, std::move(call), [&api](const Call& asked, const storage::Delivery& delivery) {
    if (!api.store.skip(delivery.key, api.clock.now())) return problem_for(asked, 409, "finished", "the delivery is delivered or dead already");
    return json_response(200, {{"id", webhooks::to_string(delivery.key)}, {"status", "dead"}});
  });
}

}  // namespace

void add_event_routes(Router& router, Api& api) {
  router.add({"GET", "/v1/events", Scope::read, BodyKind::none, [&api](Call call) { list_events(api, std::move(call)); }});
  router.add({"GET", "/v1/events/{id}", Scope::read, BodyKind::none, [&api](Call call) { show_event(api, std::move(call)); }});
  router.add({"GET", "/v1/deliveries", Scope::read, BodyKind::none, [&api](Call call) { list_deliveries(api, std::move(call)); }});
  router.add({"GET", "/v1/deliveries/{id}", Scope::read, BodyKind::none, [&api](Call call) { show_delivery(api, std::move(call)); }});
  router.add({"POST", "/v1/deliveries/{id}/redeliver", Scope::operate, BodyKind::json, [&api](Call call) { redeliver(api, std::move(call)); }});
  router.add({"POST", "/v1/deliveries/{id}/skip", Scope::operate, BodyKind::json, [&api](Call call) { skip(api, std::move(call)); }});
}

}  // namespace answerback::server
