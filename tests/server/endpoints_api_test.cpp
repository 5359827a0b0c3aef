// Endpoints over the API: what is masked stays what it is, secrets rotate without a gap, and what can never work is refused.
#include <catch2/catch.hpp>

#include <set>

#include "tests/server/api_desk.hpp"
#include "webhooks/endpoint.hpp"

using namespace answerback;
using namespace answerback::tests;
using Json = nlohmann::json;

namespace {

const std::string crm_url = "https://crm.example.com/hooks/T0KEN9zQ81xx?key=s3cret";

class EndpointDesk : public ApiDesk {
 public:
  std::string made(const Json& more = Json::object()) {
    Json body{{"url", crm_url}, {"events", {"*"}}};
    body.update(more);
    const auto answer = ask("POST", "/v1/endpoints", body.dump());
    REQUIRE(answer.status == 201);
    return answer.body["id"];
  }
  Answered patch(const std::string& id, const Json& body) { return ask("PATCH", "/v1/endpoints/" + id, body.dump()); }
  webhooks::Endpoint stored(const std::string& id) { return rig.office.memory->find_endpoint(*webhooks::parse_endpoint_key(id)).value(); }
};

std::string code_of(const ApiDesk::Answered& answer) { return answer.body["errors"].at(0)["code"]; }
std::string detail_of(const ApiDesk::Answered& answer) { return answer.body["errors"].at(0)["detail"]; }

}  // namespace

TEST_CASE("an endpoint that was read can be changed and written back: what is masked stays as it is stored") {
  EndpointDesk desk;
  const auto id = desk.made({{"headers", {{"Authorization", "Bearer one"}, {"X-Team", "sales"}}}});
  auto read = desk.get("/v1/endpoints/" + id).body;
  CHECK(read["headers"] == Json({{"Authorization", "***"}, {"X-Team", "***"}}));
  read["headers"]["X-Team"] = "support";
  const auto headers = read["headers"];
  REQUIRE(desk.patch(id, {{"headers", headers}}).status == 200);
  CHECK(*webhooks::find_header(desk.stored(id), "Authorization") == "Bearer one");
  CHECK(*webhooks::find_header(desk.stored(id), "X-Team") == "support");
}

TEST_CASE("a header's name is the same in any letters: it keeps its masked value, and is never stored twice") {
  EndpointDesk desk;
  const auto id = desk.made({{"headers", {{"Authorization", "Bearer one"}}}});
  REQUIRE(desk.patch(id, {{"headers", {{"authorization", "***"}}}}).status == 200);
  CHECK(desk.stored(id).headers == std::vector<std::pair<std::string, std::string>>{{"authorization", "Bearer one"}});
  const auto twice = desk.patch(id, {{"headers", {{"X-A", "1"}, {"x-a", "2"}}}});
  CHECK(twice.status == 422);
  CHECK(code_of(twice) == "duplicate_header");
}

TEST_CASE("a mask that stands for nothing is refused, and then nothing is changed") {
  EndpointDesk desk;
  const auto id = desk.made({{"headers", {{"X-A", "1"}}}});
  const auto refused = desk.patch(id, {{"description", "new"}, {"headers", {{"X-B", "***"}}}});
  CHECK(refused.status == 422);
  CHECK(code_of(refused) == "masked_value");
  CHECK(desk.stored(id).description.empty());
  CHECK(*webhooks::find_header(desk.stored(id), "X-A") == "1");
  CHECK(desk.ask("POST", "/v1/endpoints", Json({{"url", crm_url}, {"events", {"*"}}, {"headers", {{"X-B", "***"}}}}).dump()).status == 422);
}

TEST_CASE("whoever is no admin sees where an endpoint leads, not what lets one in; written back so, the URL stays") {
  EndpointDesk desk;
  const auto id = desk.made();
  CHECK(desk.get("/v1/endpoints/" + id).body["url"] == crm_url);
  desk.as_admin = false;
  const std::string shown = desk.get("/v1/endpoints/" + id).body["url"];
  CHECK(shown == "https://crm.example.com/hooks/***?***");
  CHECK(desk.get("/v1/endpoints").body["data"][0]["url"] == shown);
  desk.as_admin = true;
  REQUIRE(desk.patch(id, {{"url", shown}, {"description", "CRM"}}).status == 200);
  CHECK(desk.stored(id).url == crm_url);
}

TEST_CASE("every rotation within a day leaves the secrets before it good, and a body that it knows nothing of is refused") {
  EndpointDesk desk;
  const auto id = desk.made();
  const auto rotate = "/v1/endpoints/" + id + "/rotate-secret";
  std::set<std::string> secrets;
  for (std::size_t i = 0; i < webhooks::max_old_secrets; ++i) secrets.insert(desk.ask("POST", rotate).body["secret"].get<std::string>());
  CHECK(webhooks::signing_secrets(desk.stored(id), desk.rig.clock.now()).size() == webhooks::max_old_secrets + 1);
  CHECK(secrets.size() == webhooks::max_old_secrets);
  const auto refused = desk.ask("POST", rotate);
  CHECK(refused.status == 409);
  CHECK(refused.body["detail"].get<std::string>().find("possible at 2026-") != std::string::npos);
}

TEST_CASE("a call that takes no fields refuses those that it gets, and garbage") {
  EndpointDesk desk;
  const auto id = desk.made();
  const std::string path = GENERATE("/v1/endpoints/{}/rotate-secret", "/v1/endpoints/{}/enable", "/v1/endpoints/{}/test", "/v1/deliveries/dlv_1/redeliver",
                                    "/v1/deliveries/dlv_1/skip", "/v1/campaigns/cmp_1/start", "/v1/campaigns/cmp_1/pause", "/v1/backups");
  auto target = path;
  if (const auto place = target.find("{}"); place != std::string::npos) target.replace(place, 2, id);
  const auto before = desk.stored(id).secrets;
  CHECK(desk.ask("POST", target, "garbage").status == 400);
  CHECK(desk.ask("POST", target, "[]").status == 422);
  CHECK(desk.ask("POST", target, R"({"secret":"whsec_x"})").status == 422);
  CHECK(desk.stored(id).secrets == before);
}

TEST_CASE("a filter that can never hold is refused, with what was meant") {
  EndpointDesk desk;
  struct Case {
    Json events, filter;
    std::string code, hint;
  };
  const std::vector<Case> cases{
      {{"conversation.*"}, {{"outcome", "complete"}}, "unknown_outcome", "did you mean \"completed\"?"},
      {{"*"}, {{"outcome", {"completed", "bail"}}}, "unknown_outcome", "there is no outcome \"bail\""},
      {{"*"}, {{"not", {{"outcome", "discard"}}}}, "unknown_outcome", "there is no outcome \"discard\""},
      {{"contact.*"}, {{"flow", "roof-estimate"}}, "never_holds", "no \"flow\"; it can for contact.entered_campaign"},
      {{"contact.opted_out", "conversation.*"}, {{"flow", "roof-estimate"}}, "never_holds", "contact.opted_out, which has no \"flow\""},
      {{"conversation.started"}, {{"outcome", "completed"}}, "never_holds", "it can for conversation.completed"},
      {{"conversation.started"}, {{"reason", "no_reply"}}, "never_holds", "no \"reason\""},
      {{"conversation.completed"}, {{"outcome", "bailed"}}, "never_holds", "it can for conversation.bailed"},
      {{"conversation.*"}, {{"all", {{{"outcome", "bailed"}}, {{"outcome", "completed"}}}}}, "never_holds", "never holds for conversation.*"},
      {{"endpoint.disabled"}, {{"flow", "a"}}, "never_holds", "no \"flow\""},
      {{"contact.created"}, {{"campaign", {{"exists", true}}}}, "never_holds", "no \"campaign\""}};
  for (const auto& each : cases) {
    CAPTURE(each.events.dump(), each.filter.dump());
    const auto refused = desk.ask("POST", "/v1/endpoints", Json({{"url", crm_url}, {"events", each.events}, {"filter", each.filter}}).dump());
    CHECK(refused.status == 422);
    CHECK(code_of(refused) == each.code);
    CHECK_THAT(detail_of(refused), Catch::Contains(each.hint));
  }
}

TEST_CASE("a filter that can hold is taken, also one that chooses among events") {
  EndpointDesk desk;
  const std::vector<std::pair<Json, Json>> cases{
      {{"conversation.*"}, {{"outcome", "completed"}}},
      {{"*"}, {{"flow", "roof-estimate"}}},
      {{"message.*"}, {{"flow", {"a", "b"}}}},
      {{"contact.entered_campaign"}, {{"flow", "roof-estimate"}, {"campaign", "spring"}}},
      {{"contact.*"}, {{"not", {{"flow", "roof-estimate"}}}}},
      {{"conversation.*"}, {{"reason", {{"contains", "estimate"}}}, {"outcome", {"completed", "bailed"}}}},
      {{"conversation.completed", "conversation.bailed"}, {{"any", {{{"outcome", "completed"}}, {{"reason", "not_understood"}}}}}},
      {{"conversation.started"}, {{"campaign", {{"exists", false}}}}}};
  for (const auto& [events, filter] : cases) {
    CAPTURE(events.dump(), filter.dump());
    CHECK(desk.ask("POST", "/v1/endpoints", Json({{"url", crm_url}, {"events", events}, {"filter", filter}}).dump()).status == 201);
  }
}

TEST_CASE("a change of the events is judged with the filter that is stored, a change of anything else is not") {
  EndpointDesk desk;
  const auto id = desk.made({{"events", {"conversation.*"}}, {"filter", {{"outcome", "completed"}}}});
  CHECK(code_of(desk.patch(id, {{"events", {"contact.created"}}})) == "never_holds");
  CHECK(desk.patch(id, {{"events", {"conversation.completed"}}}).status == 200);
  desk.rig.on_loop([&] {
    auto old = desk.stored(id);
    old.filter = R"({"outcome":"complete"})";
    desk.rig.office.memory->update_endpoint(old);
  });
  CHECK(desk.patch(id, {{"description", "CRM"}}).status == 200);
}

TEST_CASE("every list honours its limit and its cursor, and refuses a parameter that it does not have") {
  EndpointDesk desk;
  for (int i = 0; i < 3; ++i) desk.made();
  const std::string path = GENERATE("/v1/endpoints", "/v1/keys", "/v1/campaigns", "/v1/flows", "/v1/events", "/v1/deliveries", "/v1/conversations", "/v1/messages");
  CHECK(desk.get(path + "?limit=2").status == 200);
  for (const auto* wrong : {"limit=0", "limit=501", "limit=x", "limit=", "limit=1&limit=2", "after=x", "limits=2", "offset=2", "%"}) {
    CAPTURE(path, wrong);
    const auto refused = desk.get(path + "?" + wrong);
    CHECK(refused.status == 400);
    CHECK_FALSE(refused.body["errors"].empty());
  }
  CHECK_THAT(detail_of(desk.get(path + "?limits=2")), Catch::Contains("did you mean \"limit\"?"));
}

TEST_CASE("a short list comes whole unless a limit is given, and its pages make up the whole") {
  EndpointDesk desk;
  for (int i = 0; i < 5; ++i) desk.made();
  const auto whole = desk.get("/v1/endpoints").body;
  CHECK(whole["data"].size() == 5);
  CHECK(whole["next"].is_null());
  Json joined = Json::array();
  std::string target = "/v1/endpoints?limit=2";
  for (int page = 0; page < 3; ++page) {
    const auto read = desk.get(target).body;
    for (const auto& each : read["data"]) joined.push_back(each);
    if (read["next"].is_null()) break;
    target = "/v1/endpoints?limit=2&after=" + read["next"].get<std::string>();
  }
  CHECK(joined == whole["data"]);
}

TEST_CASE("dead deliveries of an endpoint go again in one call, by type and time, each contact's in their order") {
  EndpointDesk desk;
  const auto id = desk.made();
  const auto key = *webhooks::parse_endpoint_key(id);
  for (const auto* phone : {"+15125550142", "+15125550143"}) desk.ask("PUT", std::string("/v1/contacts/") + phone, R"({"fields":{"first_name":"Ana"}})");
  desk.ask("POST", "/v1/contacts/+15125550142/opt-out", R"({"source":"phone"})");
  const auto dead = [&] { return desk.get("/v1/deliveries?status=dead&endpoint=" + id).body["data"].size(); };
  const auto skip_all = [&] {
    for (const auto& each : desk.rig.office.memory->list_deliveries({key, "", {}}, {500, 0}).items)
      desk.ask("POST", "/v1/deliveries/" + webhooks::to_string(each.key) + "/skip");
  };
  skip_all();
  const auto all = dead();
  REQUIRE(all >= 3);
  const auto path = "/v1/endpoints/" + id + "/redeliver";
  CHECK(desk.ask("POST", path, R"({"type":"contact.opted_out"})").body == Json({{"redelivered", 1}, {"more", false}}));
  CHECK(dead() == all - 1);
  CHECK(desk.ask("POST", path, R"({"until":"2020-01-01T00:00:00Z"})").body["redelivered"] == 0);
  CHECK(desk.ask("POST", path, R"({"since":"2099-01-01T00:00:00Z"})").body["redelivered"] == 0);
  CHECK(desk.ask("POST", path).body["redelivered"] == all - 1);
  CHECK(dead() == 0);
  CHECK(desk.ask("POST", path).body["redelivered"] == 0);
  CHECK(desk.ask("POST", path, R"({"type":"contact.optedout"})").status == 422);
  CHECK(desk.ask("POST", path, R"({"since":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z"})").status == 422);
  CHECK(desk.ask("POST", path, R"({"state":"dead"})").status == 422);
  CHECK(desk.ask("POST", "/v1/endpoints/ep_99/redeliver").status == 404);
  skip_all();
  desk.patch(id, {{"enabled", false}});
  CHECK(desk.ask("POST", path).body["code"] == "endpoint_disabled");
}

TEST_CASE("a new reader of events begins now, or behind an event that it names") {
  EndpointDesk desk;
  CHECK(desk.get("/v1/events?after=latest").body == Json({{"data", Json::array()}, {"next", nullptr}}));
  desk.ask("PUT", "/v1/contacts/+15125550142", R"({"fields":{"a":"1"}})");
  desk.ask("PUT", "/v1/contacts/+15125550143", R"({"fields":{"a":"1"}})");
  const auto now = desk.get("/v1/events?after=latest").body;
  CHECK(now["data"].empty());
  desk.ask("PUT", "/v1/contacts/+15125550144", R"({"fields":{"a":"1"}})");
  const auto since = desk.get("/v1/events?after=" + now["next"].get<std::string>()).body["data"];
  REQUIRE(since.size() == 1);
  CHECK(since[0]["data"]["contact"]["phone"] == "+15125550144");
  const auto all = desk.get("/v1/events").body["data"];
  REQUIRE(all.size() == 3);
  CHECK(desk.get("/v1/events?after=" + all[0]["id"].get<std::string>()).body["data"] == Json::array({all[1], all[2]}));
  CHECK(desk.get("/v1/events?limit=1&after=" + all[0]["id"].get<std::string>()).body["data"] == Json::array({all[1]}));
  CHECK(desk.get("/v1/events?after=evt_99_99").body["code"] == "unknown_event");
  CHECK(desk.get("/v1/deliveries?after=latest").status == 400);
}

TEST_CASE("a replay of many events goes in steps and brings all of them") {
  EndpointDesk desk;
  for (int i = 0; i < 300; ++i) desk.ask("PUT", "/v1/contacts/+1512555" + std::to_string(1000 + i), R"({"fields":{"a":"1"}})");
  const auto id = desk.made();
  const auto replayed = desk.ask("POST", "/v1/endpoints/" + id + "/replay", R"({"since":"2000-01-01T00:00:00Z"})");
  CHECK(replayed.status == 202);
  CHECK(replayed.body == Json({{"deliveries", 300}, {"more", false}}));
  CHECK(desk.ask("POST", "/v1/endpoints/" + id + "/replay", R"({"since":"2000-01-01T00:00:00Z"})").body["deliveries"] == 0);
}
