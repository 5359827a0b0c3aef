// What goes with an endpoint, however much it is.
#include <fmt/format.h>

#include <array>

#include "tests/storage/conformance/support.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;

namespace {

webhooks::RenderedEvent one_of_many(std::size_t number) {
  webhooks::RenderedEvent event;
  event.id = fmt::format("evt_test_{}", number);
  event.type = "endpoint.test";
  event.body = "{}";
  event.at = at(1);
  return event;
}

}  // namespace

TEST_CASE("of a long backlog so much goes with each call, also of an endpoint that is gone already, until nothing is left") {
  const Opened store(EVERY_STORE);
  const auto goes = store->add_endpoint(an_endpoint("https://old.example.com/hook"));
  const auto stays = store->add_endpoint(an_endpoint("https://new.example.com/hook"));
  Person ana(*store, "+15125550142");
  commit(*store, with_deliveries(with_deliveries(ana.begin(0), goes), stays));
  const auto each = store->gauges().unfinished_deliveries / 2;
  const auto more = 2 * Store::deliveries_removed_at_once;
  for (std::size_t i = 0; i < more; ++i) store->add_event({one_of_many(i), {goes}}, at(1));
  CHECK(store->gauges().unfinished_deliveries == more + 2 * each);
  CHECK(store->remove_endpoint(goes));
  CHECK_FALSE(store->find_endpoint(goes));
  CHECK(store->gauges().unfinished_deliveries == more + 2 * each - Store::deliveries_removed_at_once);
  CHECK(store->check().empty());
  CHECK(store->remove_endpoint(goes));
  CHECK(store->remove_endpoint(goes));
  CHECK_FALSE(store->remove_endpoint(goes));
  CHECK(store->gauges().unfinished_deliveries == each);
  const std::array wants{webhooks::Want{stays, 8}};
  CHECK_FALSE(store->lease_deliveries(at(2), wants).due.empty());
}
