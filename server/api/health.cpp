// What operators and tools ask of the process itself: health, metrics, and the documents that describe it.
#include <nlohmann/json.hpp>

#include "flows/schema.hpp"
#include "server/api/api.hpp"
#include "server/api/openapi.hpp"
#include "webhooks/schemas.hpp"

namespace answerback::server {

namespace {

HttpResponse document(std::string content_type, std::string body) {
  HttpResponse response;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

// Ready = the store can be written, and nobody is leaving. Asked where writing happens, so a stuck writer shows.
void ready(Api& api, Call call) {
  if (api.draining()) return call.respond(problem_for(call, 503, "draining", "the process is about to end"));
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.loop.submit_task(TaskKind::ready, [&api, shared] {
    const auto misplaced = api.store.misplaced();
    if (!misplaced.empty()) return shared->respond(problem_for(*shared, 503, "store_misplaced", misplaced));
    const bool writable = api.store.writable();
    shared->respond(writable ? json_response(200, {{"status", "ready"}})
                             : problem_for(*shared, 503, "store_unavailable", "the store can't be written"));
  });
  if (!taken) shared->respond(problem_for(*shared, 503, "busy", "too much is waiting"));
}

void metrics(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call&) {
    auto text = api.metrics.text(api.store.gauges(), api.clock.now(), api.loop.waiting(), api.connections());
    return document("text/plain; version=0.0.4; charset=utf-8", std::move(text));
  });
}

void event_schema(Call call) {
  std::string_view name = call.param("name");
  constexpr std::string_view ending = ".v1.json";
  const auto schema = name.ends_with(ending) ? webhooks::event_schema(name.substr(0, name.size() - ending.size())) : std::nullopt;
  call.respond(schema ? document("application/schema+json", *schema) : not_found(call, "schema"));
}

}  // namespace

void add_health_routes(Router& router, Api& api) {
  router.add({"GET", "/healthz", Scope::open, BodyKind::none, [](Call call) { call.respond(json_response(200, {{"status", "ok"}})); }});
  router.add({"GET", "/readyz", Scope::open, BodyKind::none, [&api](Call call) { ready(api, std::move(call)); }});
  router.add({"GET", "/metrics", Scope::read, BodyKind::none, [&api](Call call) { metrics(api, std::move(call)); }});
  router.add({"GET", "/schemas/events/{name}", Scope::read, BodyKind::none, [](Call call) { event_schema(std::move(call)); }});
  router.add({"GET", "/schemas/answerback-flow.v1.schema.json", Scope::read, BodyKind::none,
              [](Call call) { call.respond(document("application/schema+json", std::string(flows::flow_schema()))); }});
  // Put together on the reader's thread: it takes a few milliseconds.
  router.add({"GET", "/openapi.json", Scope::read, BodyKind::none, [&router, &api](Call call) {
                answer_query(api, std::move(call), [&router](const Call&) { return document("application/json", openapi_document(router.routes())); });
              }});
}

}  // namespace answerback::server
