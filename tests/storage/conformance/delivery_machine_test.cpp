// Every store moves a delivery as its machine says (webhooks/delivery, tests/golden/delivery.txt): each state, met by each signal.
#include <span>

#include "tests/storage/conformance/support.hpp"
#include "webhooks/delivery.hpp"

using namespace answerback;
using namespace answerback::storage;
using namespace answerback::storage::test;
using webhooks::DeliverySignal;
using webhooks::DeliveryState;
using webhooks::Verdict;

namespace {

// The second of a contact's two deliveries, which is held behind the first until that one ends.
struct Journey {
  Opened store;
  webhooks::EndpointKey endpoint;
  webhooks::DueDelivery first, second;
  DeliveryState state = DeliveryState::held;

  explicit Journey(StoreKind kind) : store(kind), endpoint(store->add_endpoint(an_endpoint("https://crm.example.com/hook"))) {
    Person ana(*store, "+15125550142");
    commit(*store, with_deliveries(ana.begin(0), endpoint));
    commit(*store, with_deliveries(ana.end(1, engine::Life::completed, "done"), endpoint));
    first = *lease(10);
    second.key = webhooks::DeliveryKey{first.key.value + 1};
    second.endpoint = endpoint;
  }

  std::optional<webhooks::DueDelivery> lease(std::int64_t seconds) {
    const webhooks::Want want{endpoint, 1, 0};
    auto due = store->lease_deliveries(at(seconds), std::span(&want, 1)).due;
    return due.empty() ? std::nullopt : std::optional(due.front());
  }
  void settle(const webhooks::DueDelivery& delivery, Verdict verdict) {
    webhooks::DeliverySettlement settled;
    settled.delivery = delivery;
    settled.next = {verdict, at(20), 1};
    store->settle_deliveries(std::span(&settled, 1), {});
  }
  DeliveryState stored() { return store->find_delivery(second.key)->state; }

  // Does to it what the signal stands for.
  void meet(DeliverySignal signal) {
    switch (signal) {
      case DeliverySignal::release: return settle(first, Verdict::delivered);
      case DeliverySignal::lease:
        if (auto due = lease(30)) second = *due;
        return;
      case DeliverySignal::success: return settle(second, Verdict::delivered);
      case DeliverySignal::retry: return settle(second, Verdict::retry);
      case DeliverySignal::give_up:
        if (state == DeliveryState::leased) return settle(second, Verdict::give_up);
        return void(store->skip(second.key, at(30)));
      case DeliverySignal::lost_lease: return void(lease(100'000));
      case DeliverySignal::redeliver: return void(store->redeliver(second.key, at(30)));
    }
  }
  void become(DeliveryState wanted) {
    const auto step = [&](DeliverySignal signal) {
      meet(signal);
      state = advance(state, signal).to;
    };
    if (wanted != DeliveryState::held) step(DeliverySignal::release);
    if (wanted == DeliveryState::leased || wanted == DeliveryState::delivered || wanted == DeliveryState::dead) step(DeliverySignal::lease);
    if (wanted == DeliveryState::delivered) step(DeliverySignal::success);
    if (wanted == DeliveryState::dead) step(DeliverySignal::give_up);
    REQUIRE(state == wanted);
  }
};

// A lease lives in memory: on disk the delivery is pending.
DeliveryState on_disk(DeliveryState state) { return state == DeliveryState::leased ? DeliveryState::pending : state; }

}  // namespace

TEST_CASE("a delivery in any state that meets any signal is where its machine says") {
  const auto kind = EVERY_STORE;
  const auto state = GENERATE(DeliveryState::held, DeliveryState::pending, DeliveryState::leased, DeliveryState::delivered, DeliveryState::dead);
  const auto signal = GENERATE(DeliverySignal::release, DeliverySignal::lease, DeliverySignal::success, DeliverySignal::retry, DeliverySignal::give_up,
                               DeliverySignal::lost_lease, DeliverySignal::redeliver);
  CAPTURE(to_string(state), to_string(signal));
  Journey journey(kind);
  journey.become(state);
  CHECK(journey.stored() == on_disk(state));
  journey.meet(signal);
  CHECK(journey.stored() == on_disk(advance(state, signal).to));
}
