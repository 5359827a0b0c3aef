#include "webhooks/dispatch/delivery_book.hpp"

#include <catch2/catch.hpp>

#include "tests/webhooks/support/rig.hpp"

using namespace answerback;
using namespace answerback::tests;
using webhooks::dispatch::DeliveryBook;

namespace {

constexpr std::int64_t forty_lines = 40;

webhooks::DispatcherOptions sixteen_slots() {
  webhooks::DispatcherOptions options;
  options.max_in_flight = 16;
  options.prefetch = 1;
  return options;
}

std::uint32_t asked_for(const std::vector<webhooks::Want>& wants) {
  std::uint32_t slots = 0;
  for (const auto& want : wants) slots += want.slots;
  return slots;
}

}  // namespace

TEST_CASE("what waits for endpoints that have never answered takes half of the room at most, and quick ones find the rest") {
  const auto options = sixteen_slots();
  DeliveryBook book(options);
  for (std::int64_t key = 1; key <= forty_lines; ++key) book.set(endpoint(key), rig_start);
  const auto wants = book.ask(rig_start);
  CHECK(asked_for(wants) == 8);
  CHECK(book.ask(rig_start).empty());  // one call at a time

  webhooks::LeasedDeliveries leased;
  webhooks::DueDelivery due;
  due.key = {1};
  due.endpoint = wants.front().endpoint;
  due.lease = webhooks::LeaseNumber{1};
  leased.due.push_back(due);
  book.leased(std::move(leased), rig_start);
  auto started = book.start(rig_start);
  REQUIRE(started.size() == 1);
  REQUIRE(book.answered(std::move(started.front().due), rig_start, status(200), rig_start));
  book.wake({due.endpoint}, rig_start);
  const auto later = book.ask(rig_start);
  const auto quick = std::find_if(later.begin(), later.end(), [&](const webhooks::Want& want) { return want.endpoint == due.endpoint; });
  REQUIRE(quick != later.end());
  CHECK(quick->slots > 1);
}
