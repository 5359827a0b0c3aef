#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "flows/load/load.hpp"
#include "server/api/api.hpp"
#include "server/api/short_list.hpp"
#include "server/config/flow_rules.hpp"
#include "server/http/problem.hpp"
#include "server/log/log.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

ApiJson issue_json(const flows::Issue& issue) {
  return {{"severity", issue.severity == flows::Severity::error ? "error" : "warning"},
          {"code", issue.code},
          {"detail", issue.message},
          {"pointer", issue.pointer},
          {"line", issue.at.line},
          {"column", issue.at.column}};
}

ApiJson head(const storage::FlowRevision& revision) {
  return {{"flow", revision.name}, {"revision", revision.revision}, {"published_at", webhooks::instant_json(revision.published_at)}};
}

HttpResponse whole(const storage::FlowRevision& revision) {
  auto json = head(revision);
  json["definition"] = ApiJson::parse(revision.source, nullptr, false, true);
  return json_response(200, json);
}

void store_revision(Api& api, Call call, std::string name, flows::LoadResult loaded) {
  auto revision = std::make_shared<std::uint32_t>(0);
  auto flow = loaded.flow;
  answer_change(
      api, std::move(call),
      [&api, name, revision, issues = std::move(loaded.issues)](const Call& asked) {
        *revision = api.store.publish_flow(name, asked.request.body, api.clock.now());
        auto warnings = ApiJson::array();
        for (const auto& issue : issues) warnings.push_back(issue_json(issue));
        return json_response(200, {{"flow", name}, {"revision", *revision}, {"warnings", std::move(warnings)}});
      },
      [&api, name, flow, revision] {
        api.turns.flows().publish(flow, *revision);
        log(LogLevel::info, "flow_published", {{"flow", name}, {"revision", std::to_string(*revision)}});
      },
      TaskKind::publish);
}

// As it would run now: of the store, since the loop's book is not this thread's to read.
flows::FlowPtr published(Api& api, const std::string& name) {
  const auto latest = api.store.find_flow(name, std::nullopt);
  return latest ? flows::load_flow(latest->source, flow_rules()).flow : nullptr;
}

// Loading takes its time for a large flow: on a thread of its own, where only other flows wait.
void publish(Api& api, Call call) {
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.publisher.submit([&api, shared] {
    const std::string name = shared->param("name");
    auto loaded = flows::load_flow(shared->request.body, flow_rules());
    add_call_issues(loaded, api.calls);
    check_alone(loaded, [&api](const std::string& run) { return published(api, run); });
    if (!loaded.flow) {
      return shared->respond(problem(422, "invalid_flow", "the flow has errors; see errors", shared->request.id, loaded.issues));
    }
    if (loaded.flow->name != name) {
      const auto detail = fmt::format("the path says \"{}\", the flow says \"{}\"", name, loaded.flow->name);
      return shared->respond(problem_for(*shared, 422, "flow_name", detail));
    }
    store_revision(api, std::move(*shared), name, std::move(loaded));
  });
  if (!taken) shared->respond(problem_for(*shared, 503, "busy", "too much is waiting; try again in a moment"));
}

void list_flows(Api& api, Call call) {
  answer_list(api, std::move(call), "flow", [&api](const Call&) {
    auto data = ApiJson::array();
    for (const auto& revision : api.store.latest_flows()) data.push_back(head(revision));
    return data;
  });
}

std::optional<std::uint32_t> to_revision(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? std::optional(number) : std::nullopt;
}

void show_flow(Api& api, Call call, bool latest) {
  answer_query(api, std::move(call), [&api, latest](const Call& asked) {
    const auto number = latest ? std::nullopt : to_revision(asked.param("revision"));
    if (!latest && !number) return not_found(asked, "revision");
    const auto found = api.store.find_flow(asked.param("name"), number);
    return found ? whole(*found) : not_found(asked, latest ? "flow" : "revision");
  });
}

}  // namespace

void add_flow_routes(Router& router, Api& api) {
  router.add({"PUT", "/v1/flows/{name}", Scope::operate, BodyKind::json, [&api](Call call) { publish(api, std::move(call)); }});
  router.add({"GET", "/v1/flows", Scope::read, BodyKind::none, [&api](Call call) { list_flows(api, std::move(call)); }});
  router.add({"GET", "/v1/flows/{name}", Scope::read, BodyKind::none, [&api](Call call) { show_flow(api, std::move(call), true); }});
  router.add({"GET", "/v1/flows/{name}/revisions/{revision}", Scope::read, BodyKind::none, [&api](Call call) { show_flow(api, std::move(call), false); }});
}

}  // namespace answerback::server
