// The dispatcher's port on the loop: leases and settlements become work of the one thread that writes.
#include <algorithm>
#include <iterator>

#include "server/log/log.hpp"
#include "server/loop/loop_core.hpp"

namespace answerback::server {

namespace {

// Before what a broken store could not take is tried again: twice as long each time.
constexpr std::chrono::milliseconds first_settle_pause{50}, longest_settle_pause{5'000};

template <class Settlement>
void prepend(std::vector<Settlement>& to, std::vector<Settlement>& from) {
  to.insert(to.begin(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

storage::Store::OperationalEvent disabled_event(const Turns& turns, const webhooks::DeliverySettlement& settlement, engine::Origin origin,
                                                engine::Instant now) {
  const auto& endpoint = settlement.endpoint;
  storage::Store::OperationalEvent made;
  made.event = webhooks::render_endpoint_disabled(endpoint.key.value, endpoint.health.disabled_count, origin, endpoint.url,
                                                  endpoint.health.reason, now);
  made.endpoints = turns.subscriptions().wanting(made.event);
  std::erase(made.endpoints, endpoint.key);
  return made;
}

}  // namespace

void LoopCore::settle(std::vector<webhooks::DeliverySettlement>& settled) {
  if (settled.empty()) return;
  std::vector<storage::Store::OperationalEvent> events;
  for (const auto& each : settled) {
    if (each.endpoint_disabled) events.push_back(disabled_event(turns, each, store.identity().origin, clock.now()));
  }
  bool stored = false;
  guarded([&] {
    store.settle_deliveries(settled, events);
    stored = true;
    settled_on_disk(settled);
  });
  if (!stored) return put_back({std::move(settled), {}, {}, true});
  std::vector<webhooks::EndpointKey> to_wake;
  for (const auto& event : events) to_wake.insert(to_wake.end(), event.endpoints.begin(), event.endpoints.end());
  if (auto* awake = dispatcher.load(); awake && !to_wake.empty()) awake->wake_endpoints(to_wake);
}

void LoopCore::settled_on_disk(const std::vector<webhooks::DeliverySettlement>& settled) {
  for (const auto& each : settled) {
    metrics.delivery(each);
    if (each.endpoint_disabled) {
      log(LogLevel::warning, "endpoint_disabled", {{"endpoint", webhooks::to_string(each.endpoint.key)}, {"reason", each.endpoint.health.reason}});
    }
    if (!each.endpoint_changed) continue;
    // The dispatcher knows an endpoint as it was when it was last told; what is stored now decides what it gets.
    if (const auto endpoint = store.find_endpoint(each.endpoint.key)) turns.subscriptions().set(*endpoint);
  }
}

// What was delivered must not be delivered again because the disk was full for a while, nor may a text stay `sending`: it is settled
// later. A process that ends before that delivers once more, which the event's id tells the receiver. From any thread.
void LoopCore::put_back(Settled settled) {
  const std::scoped_lock lock(mutex);
  if (stopping) return;
  prepend(settlements.deliveries, settled.deliveries);
  prepend(settlements.calls, settled.calls);
  prepend(settlements.sends, settled.sends);
  settlements.again = true;
  settle_pause = std::clamp(settle_pause * 2, first_settle_pause, longest_settle_pause);
  settle_at = clock.steady() + settle_pause;
}

// What waited behind these was asked for when they were not settled yet: it is looked for once more.
void LoopCore::settled_again(const Settled& settled) {
  if (!settled.again) return;
  std::vector<webhooks::EndpointKey> to_wake;
  for (const auto& each : settled.deliveries) to_wake.push_back(each.delivery.endpoint);
  push(LoopTask{TaskKind::wake, [this, to_wake = std::move(to_wake)] {
         auto* awake = dispatcher.load();
         if (awake == nullptr) return;
         awake->wake_endpoints(to_wake);
         awake->wake_sends();
         awake->wake_calls();
       }},
       true);
}

Job LoopCore::handover(const engine::Message& message, engine::Handover::Result result, std::string provider_id,
                         std::string error) const {
  Job job;
  job.address = message.id.contact;
  job.stimulus = engine::Handover{message, result, std::move(provider_id), std::move(error)};
  job.at = clock.now();
  return job;
}

void LoopCore::start_sends(std::vector<Starting>& asked) {
  if (asked.empty()) return;
  std::vector<webhooks::DueSend> sends;
  sends.reserve(asked.size());
  for (const auto& each : asked) sends.push_back(each.send);
  std::vector<webhooks::SendStart> starts(asked.size(), webhooks::SendStart::not_now);
  guarded([&] { starts = store.start_sends(sends, clock.now()); });
  using Result = engine::Handover::Result;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (starts[i] == webhooks::SendStart::suppressed) push(handover(sends[i].message, Result::suppressed, "", "opted_out"), true);
    if (starts[i] == webhooks::SendStart::expired) push(handover(sends[i].message, Result::expired, "", "expired"), true);
  }
  store.when_on_disk([asked = std::move(asked), starts = std::move(starts)](bool on_disk) {
    for (std::size_t i = 0; i < asked.size(); ++i) asked[i].done(on_disk ? starts[i] : webhooks::SendStart::not_now);
  });
}

Job LoopCore::settle_send(webhooks::SendSettlement settlement) {
  auto job = handover(settlement.send.message, settlement.result, settlement.provider_id, settlement.error);
  if (settlement.retry) job.retry_at = settlement.retry_at;
  job.done = [this, settlement = std::move(settlement)](const Handled& handled) {
    handled.stored ? metrics.send(settlement) : put_back({{}, {}, {settlement}, true});
  };
  return job;
}

std::vector<Job> LoopCore::handovers(std::vector<webhooks::SendSettlement>& settled) {
  std::vector<Job> jobs;
  jobs.reserve(settled.size());
  for (auto& each : settled) jobs.push_back(settle_send(std::move(each)));
  return jobs;
}

webhooks::LeasedTexts LoopCore::lease_sends(const webhooks::SendQuota& quota) {
  auto leased = store.lease_sends(clock.now(), quota);
  using Result = engine::Handover::Result;
  for (const auto& message : leased.suppressed) push(handover(message, Result::suppressed, "", "opted_out"), true);
  for (const auto& message : leased.expired) push(handover(message, Result::expired, "", "expired"), true);
  return {std::move(leased.due), leased.next_due, false};
}

webhooks::Outbox LoopCore::outbox() {
  webhooks::Outbox port;
  port.lease_deliveries = [this](std::vector<webhooks::Want> wants, std::function<void(webhooks::LeasedDeliveries)> done) {
    push(LeaseTask{TaskKind::lease_deliveries, [this, wants = std::move(wants), done = std::move(done)] {
                 auto leased = std::make_shared<webhooks::LeasedDeliveries>();
                 leased->failed = true;
                 guarded([&] { *leased = store.lease_deliveries(clock.now(), wants); });
                 store.when_on_disk([leased, done](bool on_disk) {
                   leased->failed = leased->failed || !on_disk;
                   done(leased->failed ? webhooks::LeasedDeliveries{{}, {}, {}, true} : std::move(*leased));
                 });
               }},
               true);
  };
  port.settle_deliveries = [this](std::vector<webhooks::DeliverySettlement> settled) {
    {
      const std::scoped_lock lock(mutex);
      std::move(settled.begin(), settled.end(), std::back_inserter(settlements.deliveries));
    }
    wakeup.notify_one();
  };
  port.lease_sends = [this](webhooks::SendQuota quota, auto done) {
    push(LeaseTask{TaskKind::lease_sends, [this, quota = std::move(quota), done = std::move(done)] {
                 webhooks::LeasedTexts leased{{}, {}, true};
                 guarded([&] { leased = lease_sends(quota); });
                 done(std::move(leased));
               }},
               true);
  };
  port.settle_sends = [this](std::vector<webhooks::SendSettlement> settled) {
    {
      const std::scoped_lock lock(mutex);
      std::move(settled.begin(), settled.end(), std::back_inserter(settlements.sends));
    }
    wakeup.notify_one();
  };
  port.start_send = [this](webhooks::DueSend send, std::function<void(webhooks::SendStart)> done) {
    {
      const std::scoped_lock lock(mutex);
      starting.push_back({std::move(send), std::move(done)});
    }
    wakeup.notify_one();
  };
  add_calls(port);
  return port;
}

}  // namespace answerback::server
