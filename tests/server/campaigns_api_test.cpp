// Campaigns over the API: who is added, and who can't be.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/server/api_desk.hpp"

using namespace answerback;
using namespace answerback::tests;
using Json = nlohmann::json;

namespace {

// The API with a campaign, and Ana, whose next event's number was given before: nothing about her that is told can be stored.
class SpringDesk : public ApiDesk {
 public:
  SpringDesk() {
    rig.on_loop([&] {
      rig.office.handle_one(rig.office.about(ana, engine::UpsertContact{}));
      campaign_ = rig.office.campaign_for({}).key;
      auto contact = rig.office.contact(ana);
      storage::Store::OperationalEvent taken;
      taken.event.id = engine::to_string(engine::EventId{contact.key, contact.sequence + 1, rig.office.store.identity().origin});
      taken.event.type = "contact.updated";
      taken.event.body = "{}";
      rig.office.store.add_event(taken, rig.office.now);
    });
  }
  Answered add(const Json& contacts) { return ask("POST", "/v1/campaigns/" + engine::to_string(campaign_) + "/contacts", Json{{"contacts", contacts}}.dump()); }

 private:
  engine::CampaignKey campaign_;
};

const Json changed_ana{{"phone", ana}, {"fields", {{"roof", "flat"}}}};

Json refused_at(int index) {
  auto refused = Json::array();
  refused.push_back({{"pointer", "/contacts/" + std::to_string(index)}, {"code", "not_stored"}});
  return refused;
}

}  // namespace

TEST_CASE("a contact that contradicts what is kept about it is told as not stored, alone as among others") {
  SpringDesk desk;
  const auto alone = desk.add(Json::array({changed_ana}));
  REQUIRE(alone.status == 200);
  CHECK(alone.body["added"] == 0);
  CHECK(alone.body["already_there"] == 0);
  CHECK(alone.body["refused"] == refused_at(0));
  const auto among_others = desk.add(Json::array({ben, changed_ana, our_number}));
  REQUIRE(among_others.status == 200);
  CHECK(among_others.body["added"] == 2);
  CHECK(among_others.body["refused"] == refused_at(1));
}

TEST_CASE("a store that takes nobody is 503, however few are added") {
  SpringDesk desk;
  desk.rig.on_loop([&] { desk.rig.office.store.commit_fails = true; });
  CHECK(desk.add(Json::array({ben})).status == 503);
  CHECK(desk.add(Json::array({ben, our_number})).status == 503);
  desk.rig.on_loop([&] { desk.rig.office.store.commit_fails = false; });
  CHECK(desk.add(Json::array({ben})).body["added"] == 1);
}
