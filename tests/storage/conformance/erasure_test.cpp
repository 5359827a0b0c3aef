// Erasure while receivers have not taken everything yet: opt-outs still reach them, then the erasure does, and nothing else.
#include <nlohmann/json.hpp>

#include "storage/erasure.hpp"
#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using webhooks::DeliveryState;
using webhooks::Verdict;
using nlohmann::json;

namespace {

std::vector<webhooks::DueDelivery> due(Store& store, std::int64_t seconds, webhooks::EndpointKey endpoint) {
  const webhooks::Want want{endpoint, 10};
  return store.lease_deliveries(at(seconds), std::span(&want, 1)).due;
}

void finish(Store& store, const webhooks::DueDelivery& delivery, Verdict verdict, std::int64_t seconds = 0) {
  webhooks::DeliverySettlement settled;
  settled.delivery = delivery;
  settled.status = verdict == Verdict::delivered ? 204 : 500;
  settled.response = "answer about +15125550142";
  settled.next = {verdict, at(seconds), delivery.failures + 1};
  store.settle_deliveries(std::span(&settled, 1), {});
}

Store::OperationalEvent announcement(const Person& person, std::vector<webhooks::EndpointKey> endpoints) {
  webhooks::RenderedEvent event;
  event.contact = person.key();
  event.sequence = person.contact.sequence + 1;
  event.id = engine::to_string(engine::EventId{person.key(), event.sequence});
  event.type = "contact.erased";
  event.at = at(5);
  event.body = R"({"type":"contact.erased"})";
  return {event, std::move(endpoints)};
}

const char* const whole_opt_out = R"({"id":"evt","type":"contact.opted_out","timestamp":"2026-11-23T16:00:00.000Z","data":{"sequence":2,)"
                                  R"("conversation":null,"contact":{"id":"con","phone":"+15125550142","consent":"opted_out","external_id":"crm-7",)"
                                  R"("source":"fair","language":"en","fields":{"first_name":"Ana"}},"campaign":null,"our_number":null,)"
                                  R"("consent":{"status":"opted_out","keyword":"stop","text":"Stop it, says Ana","evidence":null,"note":null}}})";

// Somebody with a started conversation and an opt-out, of which the receivers have taken nothing.
struct Story {
  explicit Story(StoreKind kind) : store(kind), crm(store->add_endpoint(an_endpoint("https://crm.example.com/hook"))), ana(*store, "+15125550142") {
    auto begin = with_deliveries(ana.begin(0), crm);
    commit(*store, begin);
    auto out = ana.opt_out(1);
    out.events[0].body = whole_opt_out;
    opt_out_id = out.events[0].id;
    commit(*store, with_deliveries(out, crm));
  }
  void erase() { REQUIRE(store->erase_contact(ana.key(), "hash", at(5), announcement(ana, {crm}))); }
  std::string body_of_opt_out() { return store->find_event(opt_out_id)->body; }
  bool tells_phone() {
    for (const auto& event : store->list_events("", {}).items) {
      if (event.body.find("5125550142") != std::string::npos) return true;
    }
    return false;
  }

  Opened store;
  webhooks::EndpointKey crm;
  Person ana;
  std::string opt_out_id;
};

}  // namespace

TEST_CASE("an opt-out that was not delivered goes out with the phone, then the erasure, and then the phone is gone", "[erasure]") {
  Story story(EVERY_STORE);
  story.erase();
  const auto first = due(*story.store, 6, story.crm);
  REQUIRE(first.size() == 1);
  CHECK(first[0].event_type == "contact.opted_out");
  const auto body = json::parse(first[0].body);
  CHECK(body["data"]["contact"]["phone"] == "+15125550142");
  CHECK(body["data"]["contact"]["external_id"] == "crm-7");
  CHECK(body["data"]["contact"]["fields"] == json::object());
  CHECK(body["data"]["contact"]["source"].is_null());
  CHECK(body["data"]["consent"]["text"].is_null());
  CHECK(body["data"]["consent"]["keyword"] == "stop");

  finish(*story.store, first[0], Verdict::retry, 20);
  CHECK(story.tells_phone());
  CHECK(due(*story.store, 10, story.crm).empty());  // the erasure waits behind it
  const auto again = due(*story.store, 20, story.crm);
  REQUIRE(again.size() == 1);
  finish(*story.store, again[0], Verdict::delivered);
  CHECK_FALSE(story.tells_phone());
  CHECK(json::parse(story.body_of_opt_out())["data"]["erased"] == true);
  const auto tried = story.store->find_delivery(again[0].key);
  REQUIRE(tried);
  for (const auto& attempt : tried->history) CHECK(attempt.response.empty());

  const auto last = due(*story.store, 21, story.crm);
  REQUIRE(last.size() == 1);
  CHECK(last[0].event_type == "contact.erased");
  finish(*story.store, last[0], Verdict::delivered);
  CHECK(due(*story.store, 99'999, story.crm).empty());
  CHECK(story.store->check().empty());
}

TEST_CASE("what ends the wait for an opt-out of somebody erased ends the phone too", "[erasure]") {
  Story story(EVERY_STORE);
  story.erase();
  SECTION("it is given up") { finish(*story.store, due(*story.store, 6, story.crm).at(0), Verdict::give_up); }
  SECTION("an operator skips it") { REQUIRE(story.store->skip(due(*story.store, 6, story.crm).at(0).key, at(7))); }
  SECTION("its endpoint is removed") { REQUIRE(story.store->remove_endpoint(story.crm)); }
  CHECK_FALSE(story.tells_phone());
  CHECK(json::parse(story.body_of_opt_out())["data"]["erased"] == true);
  CHECK(story.store->end_erasures(at(8)) == 0);
}

TEST_CASE("an opt-out that nobody takes keeps the phone of somebody erased for a month at most", "[erasure]") {
  Story story(EVERY_STORE);
  story.erase();
  const auto hanging = due(*story.store, 6, story.crm).at(0);
  const auto month = std::chrono::duration_cast<std::chrono::seconds>(opt_outs_kept_for).count();
  CHECK(story.store->end_erasures(at(5 + month - 1)) == 0);
  CHECK(story.tells_phone());
  CHECK(story.store->end_erasures(at(5 + month)) == 1);
  CHECK_FALSE(story.tells_phone());
  CHECK(story.store->find_delivery(hanging.key)->state == DeliveryState::dead);
  CHECK(story.store->find_delivery(hanging.key)->last_error == "erased");
  finish(*story.store, hanging, Verdict::delivered);  // too late
  CHECK(story.store->find_delivery(hanging.key)->state == DeliveryState::dead);
  const auto next = due(*story.store, 6 + month, story.crm);
  REQUIRE(next.size() == 1);
  CHECK(next[0].event_type == "contact.erased");
}

TEST_CASE("one receiver that has an opt-out does not end it for another", "[erasure]") {
  const auto kind = EVERY_STORE;
  const Opened store(kind);
  const auto quick = store->add_endpoint(an_endpoint("https://quick.example.com/hook"));
  const auto slow = store->add_endpoint(an_endpoint("https://slow.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, ana.begin(0));
  const auto out = with_deliveries(with_deliveries(ana.opt_out(1), quick), slow);
  commit(*store, out);
  REQUIRE(store->erase_contact(ana.key(), "hash", at(5), announcement(ana, {quick, slow})));
  finish(*store, due(*store, 6, quick).at(0), Verdict::delivered);
  CHECK(due(*store, 7, quick).at(0).event_type == "contact.erased");
  const auto other = due(*store, 7, slow).at(0);
  CHECK(other.body.find("5125550142") != std::string::npos);
  finish(*store, other, Verdict::delivered);
  CHECK(store->find_event(out.events[0].id)->body.find("5125550142") == std::string::npos);
}

TEST_CASE("an opt-out that everybody has is erased at once, and what was not taken of other events is taken by nobody", "[erasure]") {
  Story story(EVERY_STORE);
  finish(*story.store, due(*story.store, 2, story.crm).at(0), Verdict::delivered);  // the opt-out overtakes
  story.erase();
  CHECK_FALSE(story.tells_phone());
  const auto left = due(*story.store, 6, story.crm);
  REQUIRE(left.size() == 1);
  CHECK(left[0].event_type == "contact.erased");
}

TEST_CASE("the announcement counts among the contact's events, and erasing twice announces once", "[erasure]") {
  Story story(EVERY_STORE);
  story.erase();
  CHECK(story.store->find_contact(story.ana.key())->sequence == story.ana.contact.sequence + 1);
  REQUIRE(story.store->erase_contact(story.ana.key(), "hash", at(9), announcement(story.ana, {story.crm})));
  CHECK(story.store->list_events("contact.erased", {}).items.size() == 1);
}

TEST_CASE("a replay after an erasure sends what is left of its events", "[erasure]") {
  Story story(EVERY_STORE);
  story.erase();
  const auto late = story.store->add_endpoint(an_endpoint("https://late.example.com/hook"));
  Store::ReplayPlace place{at(0)};
  story.store->replay(late, place, [](const StoredEvent& event) { return event.type == "conversation.started"; }, {10, 100}, at(50));
  const auto body = json::parse(due(*story.store, 51, late).at(0).body);
  CHECK(body["data"]["erased"] == true);
  CHECK(body["data"]["contact"]["id"] == engine::to_string(story.ana.key()));
  CHECK(body["data"]["conversation"]["id"] == engine::to_string(engine::ConversationId{story.ana.key(), story.ana.conversation().number}));
}
