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

namespace {

webhooks::LeasedDeliveries lease_of(std::int64_t delivery, std::uint64_t lease) {
  webhooks::LeasedDeliveries leased;
  webhooks::DueDelivery due;
  due.key = {delivery};
  due.endpoint = {1};
  due.lease = webhooks::LeaseNumber{lease};
  leased.due.push_back(due);
  return leased;
}

}  // namespace

TEST_CASE("a delivery whose lease ran out while it waited for its endpoint is settled by the lease that it has then") {
  const auto options = sixteen_slots();
  DeliveryBook book(options);
  auto crm = endpoint(1);
  book.set(crm, rig_start);
  REQUIRE_FALSE(book.ask(rig_start).empty());
  crm.health.state = webhooks::HealthState::disabled;
  book.set(crm, rig_start);
  book.leased(lease_of(7, 1), rig_start);
  CHECK(book.start(rig_start).empty());

  const auto later = rig_start + std::chrono::hours(1);
  crm.health.state = webhooks::HealthState::healthy;
  book.set(crm, later);
  SECTION("that comes before it starts") {
    REQUIRE_FALSE(book.ask(later).empty());
    book.leased(lease_of(7, 2), later);
    auto started = book.start(later);
    REQUIRE(started.size() == 1);
    CHECK(book.answered(std::move(started.front().due), later, status(200), later)->delivery.lease == webhooks::LeaseNumber{2});
  }
  SECTION("that comes while its request is under way") {
    auto started = book.start(later);
    REQUIRE(started.size() == 1);
    REQUIRE_FALSE(book.ask(later).empty());
    book.leased(lease_of(7, 2), later);
    CHECK(book.start(later).empty());
    CHECK(book.answered(std::move(started.front().due), later, status(200), later)->delivery.lease == webhooks::LeaseNumber{2});
  }
}

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
