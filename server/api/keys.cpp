// API keys and backups: what `answerback keys` and `answerback db backup` ask of a running server.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/api/api.hpp"
#include "server/http/auth.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

bool is_scope(const std::string& text) {
  constexpr std::array scopes{Scope::inbound, Scope::read, Scope::operate, Scope::admin};
  return std::any_of(scopes.begin(), scopes.end(), [&](Scope scope) { return to_string(scope) == text; });
}

ApiJson key_json(const storage::ApiKey& key) {
  return {{"id", key.id},
          {"label", key.label},
          {"scopes", key.scopes},
          {"created_at", webhooks::instant_json(key.created_at)},
          {"revoked_at", key.revoked_at ? webhooks::instant_json(*key.revoked_at) : ApiJson()}};
}

void create_key(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  const auto label = fields.required_string("label", 200);
  const auto scopes = fields.strings("scopes", 4).value_or(std::vector<std::string>{});
  if (scopes.empty()) fields.error("scopes", "required", "scopes are any of inbound, read, operate, admin");
  for (const auto& scope : scopes) {
    if (!is_scope(scope)) fields.error("scopes", "unknown_scope", fmt::format("\"{}\" is no scope; scopes are inbound, read, operate, admin", scope));
  }
  fields.done();
  if (!accept(call, report)) return;
  answer_change(
      api, std::move(call),
      [&api, label, scopes](const Call&) {
        const auto made = make_api_key(label, scopes, api.clock.now());
        api.store.add_api_key(made.record);
        auto json = key_json(made.record);
        const auto without_key = webhooks::dump(json);
        json["key"] = made.text;
        auto response = json_response(201, json);
        response.repeat_body = without_key;  // only the key's hash is ever stored
        return response;
      },
      [&api] { api.keys.replace(api.store.api_keys()); });
}

void list_keys(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call&) {
    auto data = ApiJson::array();
    for (const auto& key : api.store.api_keys()) data.push_back(key_json(key));
    return json_response(200, page_json(std::move(data)));
  });
}

void revoke(Api& api, Call call) {
  answer_change(
      api, std::move(call),
      [&api](const Call& asked) {
        return api.store.revoke_api_key(asked.param("id"), api.clock.now()) ? HttpResponse{204, "", "", {}} : not_found(asked, "key");
      },
      [&api] { api.keys.replace(api.store.api_keys()); });
}

// The copy lands in the data folder under a name of the server's own: nobody writes elsewhere by way of the API.
void backup(Api& api, Call call) {
  answer_work(api, std::move(call), [&api](const Call&) {
    auto stamp = flows::to_iso8601(api.clock.now());
    std::erase_if(stamp, [](char c) { return c == ':' || c == '-' || c == '.'; });
    const auto file = fmt::format("{}/backup-{}.db", api.config.data_folder(), stamp);
    api.store.backup_to(file);
    return json_response(201, {{"file", file}});
  });
}

}  // namespace

void add_key_routes(Router& router, Api& api) {
  router.add({"POST", "/v1/keys", Scope::admin, BodyKind::json, [&api](Call call) { create_key(api, std::move(call)); }});
  router.add({"GET", "/v1/keys", Scope::admin, BodyKind::none, [&api](Call call) { list_keys(api, std::move(call)); }});
  router.add({"DELETE", "/v1/keys/{id}", Scope::admin, BodyKind::none, [&api](Call call) { revoke(api, std::move(call)); }});
  router.add({"POST", "/v1/backups", Scope::admin, BodyKind::json, [&api](Call call) { backup(api, std::move(call)); }});
}

}  // namespace answerback::server
