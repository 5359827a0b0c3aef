// News of an opt-in: in its turn as long as all goes well, and before what fails for its contact.
#include <algorithm>

#include "tests/storage/conformance/support.hpp"
#include "webhooks/schedule.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using webhooks::Verdict;

namespace {

// Ana begins, which an endpoint is told, and opts in right behind it.
struct OptingIn {
  Opened store;
  webhooks::EndpointKey endpoint = store->add_endpoint(an_endpoint("https://crm.example.com/hook"));
  Person ana{*store, "+15125550142"};

  explicit OptingIn(StoreKind kind) : store(kind) { commit(*store, with_deliveries(ana.begin(0), endpoint)); }

  void opt_in(std::int64_t seconds) {
    auto opted = ana.opt_out(seconds);
    for (auto& event : opted.events) event.type = "contact.opted_in";
    commit(*store, with_deliveries(opted, endpoint));
  }
  std::vector<webhooks::DueDelivery> due(std::int64_t seconds) {
    const webhooks::Want want{endpoint, 10, 0};
    return store->lease_deliveries(at(seconds), std::span(&want, 1)).due;
  }
  void come_to(const webhooks::DueDelivery& delivery, Verdict verdict, std::int64_t again_at) {
    webhooks::DeliverySettlement settlement;
    settlement.delivery = delivery;
    settlement.next = {verdict, at(again_at), 1};
    store->settle_deliveries(std::span(&settlement, 1), {});
  }
};

std::vector<std::string> types_of(const std::vector<webhooks::DueDelivery>& due) {
  std::vector<std::string> all;
  for (const auto& each : due) all.push_back(each.event_type);
  return all;
}

const std::vector<std::string> news_of_opt_in{"contact.opted_in"};

}  // namespace

TEST_CASE("an opt-in waits for the event before it as long as that has not failed") {
  OptingIn rig(EVERY_STORE);
  rig.opt_in(1);
  const auto first = rig.due(2);
  CHECK(types_of(first) == std::vector<std::string>{"conversation.started"});
  CHECK(rig.due(3).empty());
  CHECK(rig.store->check().empty());
  rig.come_to(first.at(0), Verdict::delivered, 4);
  CHECK(types_of(rig.due(5)) == news_of_opt_in);
}

TEST_CASE("an opt-in goes once the event before it has failed, and at once when it has failed before") {
  OptingIn rig(EVERY_STORE);
  const bool fails_first = GENERATE(true, false);
  if (!fails_first) rig.opt_in(1);
  const auto first = rig.due(2);
  REQUIRE(first.size() == 1);
  rig.come_to(first.at(0), Verdict::retry, 1'000);
  if (fails_first) rig.opt_in(3);
  CHECK(types_of(rig.due(4)) == news_of_opt_in);
  CHECK(rig.store->check().empty());
}

TEST_CASE("an opt-out takes an opt-in before it along, past what has not failed yet") {
  OptingIn rig(EVERY_STORE);
  rig.opt_in(1);
  commit(*rig.store, with_deliveries(rig.ana.opt_out(2), rig.endpoint));
  const auto leased = rig.due(3);
  const auto names = types_of(leased);
  CHECK(std::count(names.begin(), names.end(), "contact.opted_in") == 1);
  CHECK(std::count(names.begin(), names.end(), "contact.opted_out") == 0);
  rig.come_to(*std::find_if(leased.begin(), leased.end(), [](const auto& each) { return each.event_type == "contact.opted_in"; }), Verdict::delivered, 4);
  CHECK(types_of(rig.due(5)) == std::vector<std::string>{"contact.opted_out"});
}
