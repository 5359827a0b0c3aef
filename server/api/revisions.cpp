#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "flows/revisions.hpp"
#include "server/api/api.hpp"
#include "server/api/revision_json.hpp"
#include "server/api/short_list.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

std::optional<std::uint32_t> revision_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? std::optional(number) : std::nullopt;
}

void list_revisions(Api& api, Call call) {
  answer_list(api, std::move(call), "flow", [&api](const Call& asked) {
    auto data = ApiJson::array();
    for (const auto& revision : api.store.all_flows()) {
      if (revision.name != asked.param("name")) continue;
      data.push_back({{"flow", revision.name}, {"revision", revision.revision}, {"published_at", webhooks::instant_json(revision.published_at)}});
    }
    return data.empty() ? std::nullopt : std::optional(data);
  });
}

void show_difference(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto from = revision_number(asked.param("from")), to = revision_number(asked.param("to"));
    const auto before = from ? api.store.find_flow(asked.param("name"), from) : std::nullopt;
    const auto after = to ? api.store.find_flow(asked.param("name"), to) : std::nullopt;
    if (!before || !after) return not_found(asked, "revision");
    ApiJson json{{"flow", before->name}, {"from", *from}, {"to", *to}};
    json.update(to_json(flows::compare(before->source, after->source)));
    return json_response(200, json);
  });
}

}  // namespace

void add_revision_routes(Router& router, Api& api) {
  const std::string flow = "/v1/flows/{name}";
  router.add({"GET", flow + "/revisions", Scope::read, BodyKind::none, [&api](Call call) { list_revisions(api, std::move(call)); }});
  router.add({"GET", flow + "/revisions/{from}/diff/{to}", Scope::read, BodyKind::none, [&api](Call call) { show_difference(api, std::move(call)); }});
  router.add({"POST", flow + "/migrate", Scope::operate, BodyKind::json, [&api](Call call) { migrate_flow(api, std::move(call)); }});
}

}  // namespace answerback::server
