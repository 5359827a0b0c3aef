// Revisions over the API: listed, compared, and running conversations moved from one to another, all of them or none.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/server/api_desk.hpp"

using namespace answerback;
using namespace answerback::tests;
using Json = nlohmann::json;

namespace {

std::string roof_source() { return read_text(std::string(SOURCE_DIR) + "/examples/flows/roof-estimate.json"); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The question after the service is another step: a new name for "age".
std::string renamed() {
  return replaced(replaced(roof_source(), R"("to": "age")", R"("to": "roof_age")"), R"("age":     {)", R"("roof_age": {)");
}
std::string without_zip() { return replaced(roof_source(), R"("expect": { "postcode": "US" })", R"("expect": "text")"); }

// The API with the flow of the roofs.
class RoofDesk : public ApiDesk {
 public:
  RoofDesk() { put(roof_source()); }
  Answered put(const std::string& source) { return ask("PUT", "/v1/flows/roof-estimate", source); }
  Answered migrate(const std::string& body) { return ask("POST", "/v1/flows/roof-estimate/migrate", body); }
  engine::Conversation conversation(const std::string& phone) {
    const auto contact = rig.office.contact(phone);
    return rig.office.memory->find_conversation({contact.key, contact.conversations}).value();
  }
};

}  // namespace

TEST_CASE("the revisions of a flow are listed, oldest first") {
  RoofDesk desk;
  desk.put(renamed());
  const auto listed = desk.get("/v1/flows/roof-estimate/revisions");
  CHECK(listed.status == 200);
  REQUIRE(listed.body["data"].size() == 2);
  CHECK(listed.body["data"][0]["revision"] == 1);
  CHECK(listed.body["data"][1]["revision"] == 2);
  CHECK(listed.body["data"][1].contains("published_at"));
  CHECK(desk.get("/v1/flows/nobody/revisions").status == 404);
}

TEST_CASE("two revisions are compared by steps and by what changed in them") {
  RoofDesk desk;
  desk.put(renamed());
  const auto difference = desk.get("/v1/flows/roof-estimate/revisions/1/diff/2");
  CHECK(difference.status == 200);
  CHECK(difference.body["added"] == Json::array({"roof_age"}));
  CHECK(difference.body["removed"] == Json::array({"age"}));
  CHECK(difference.body["changed"][0]["step"] == "service");
  CHECK(difference.body["changed"][0]["changes"][0] ==
        Json({{"pointer", "/next/1/to"}, {"before", "age"}, {"after", "roof_age"}, {"text", false}}));
  CHECK(desk.get("/v1/flows/roof-estimate/revisions/1/diff/3").status == 404);
  CHECK(desk.get("/v1/flows/roof-estimate/revisions/one/diff/2").status == 404);
}

TEST_CASE("running conversations go over to another revision and go on there") {
  RoofDesk desk;
  for (const auto& phone : {ana, ben}) {
    desk.text(phone, "ROOF");
    desk.text(phone, "2");
  }
  desk.put(renamed());
  const auto moved = desk.migrate(R"({"from": 1, "to": 2, "steps": {"age": "roof_age"}})");
  CHECK(moved.status == 200);
  CHECK(moved.body == Json({{"migrated", 2}, {"left", 0}}));
  CHECK(desk.conversation(ana).revision == 2);
  CHECK(desk.conversation(ana).step == "roof_age");
  desk.text(ana, "12");
  CHECK(desk.conversation(ana).step == "zip");
  CHECK(desk.migrate(R"({"from": 1, "to": 2})").body == Json({{"migrated", 0}, {"left", 0}}));
}

TEST_CASE("when one conversation waits where there is no image, none is moved, and every such step is named") {
  RoofDesk desk;
  desk.text(ana, "ROOF");
  desk.text(ana, "2");
  desk.text(ben, "ROOF");
  desk.text(ben, "3");
  desk.put(replaced(renamed(), R"("expect": { "postcode": "US" })", R"("expect": "text")"));
  const auto refused = desk.migrate(R"({"from": 1, "to": 2})");
  CHECK(refused.status == 409);
  CHECK(refused.body["code"] == "no_image");
  REQUIRE(refused.body["errors"].size() == 2);
  CHECK(refused.body["errors"][0]["pointer"] == "/steps/age");
  CHECK(refused.body["errors"][0]["detail"] == "\"age\" has no image; 1 waiting there");
  CHECK(refused.body["errors"][1]["pointer"] == "/steps/zip");
  CHECK(refused.body["errors"][1]["detail"] == "\"zip\" expects postcode, its image text; 1 waiting there");
  CHECK(desk.conversation(ana).revision == 1);
  CHECK(desk.conversation(ben).revision == 1);
}

TEST_CASE("a store that breaks in the middle of a migration keeps every conversation where it was") {
  RoofDesk desk;
  desk.text(ana, "ROOF");
  desk.put(without_zip());
  desk.rig.on_loop([&] { desk.rig.office.store.commit_fails = true; });
  CHECK(desk.migrate(R"({"from": 1, "to": 2})").status == 503);
  desk.rig.on_loop([&] { desk.rig.office.store.commit_fails = false; });
  CHECK(desk.conversation(ana).revision == 1);
  CHECK(desk.migrate(R"({"from": 1, "to": 2})").body == Json({{"migrated", 1}, {"left", 0}}));
}

TEST_CASE("a migration that names what does not exist is refused by its place") {
  RoofDesk desk;
  desk.put(renamed());
  const auto unknown = desk.migrate(R"({"from": 1, "to": 2, "steps": {"nowhere": "zip", "age": "zap"}})");
  CHECK(unknown.status == 422);
  REQUIRE(unknown.body["errors"].size() == 2);
  CHECK(unknown.body["errors"][0]["code"] == "unknown_step");
  CHECK(desk.migrate(R"({"from": 1, "to": 9})").status == 404);
  CHECK(desk.migrate(R"({"from": 0, "to": 2})").status == 422);
  CHECK(desk.migrate(R"({"to": 2})").status == 422);
  CHECK(desk.migrate(R"({"from": 1, "to": 2, "steps": {"age": 5}})").status == 422);
  CHECK(desk.migrate(R"({"from": 1, "to": 2, "step": {}})").status == 422);
}

TEST_CASE("more conversations than go at once are all moved, texts are answered meanwhile, and who has gone on since is left") {
  RoofDesk desk;
  constexpr int people = 100;
  const auto phone = [](int i) { return "+1512555" + std::to_string(2000 + i); };
  for (int i = 0; i < people; ++i) desk.text(phone(i), "ROOF");
  desk.put(without_zip());
  const auto moved = desk.migrate(R"({"from": 1, "to": 2})");
  CHECK(moved.body == Json({{"migrated", people}, {"left", 0}}));
  for (int i = 0; i < people; ++i) CHECK(desk.conversation(phone(i)).revision == 2);
}

TEST_CASE("a flow that takes long to load holds up other flows, and no question") {
  RoofDesk desk;
  std::promise<void> loaded;
  desk.publisher.submit([waits = loaded.get_future().share()] { waits.wait(); });
  auto published = desk.begin("PUT", "/v1/flows/roof-estimate", without_zip());
  const auto listed = desk.get("/v1/flows");
  CHECK(listed.status == 200);
  CHECK(listed.body["data"][0]["revision"] == 1);  // asked behind it and answered before it
  loaded.set_value();
  REQUIRE(published.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  CHECK(published.get().status == 200);
  CHECK(desk.get("/v1/flows").body["data"][0]["revision"] == 2);
}
