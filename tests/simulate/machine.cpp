#include "tests/simulate/machine.hpp"

#include "server/carriers/carrier.hpp"
#include "server/config/flow_folder.hpp"

namespace answerback::simulate {

namespace {

constexpr int most_rounds_at_once = 2'000;
constexpr Duration after_no_end = std::chrono::seconds(1);  // of rounds at one instant: time goes on

engine::Settings settings() {
  engine::Settings made;
  made.senders = {{our_number, "Acme Roofing", "", "", ""}};
  return made;
}

server::Routing routing() {
  server::Routing made;
  made.carrier = [](const std::string&) { return std::string("http"); };
  made.phone_hash = phone_hash;
  return made;
}

server::HttpCarrierConfig carrier() {
  server::HttpCarrierConfig config;
  config.url = carrier_url;
  return config;
}

// Small, so that what waits for a slot waits.
webhooks::DispatcherOptions dispatcher_options() {
  webhooks::DispatcherOptions options;
  options.per_endpoint = 2;
  options.max_in_flight = 8;
  options.prefetch = 2;
  return options;
}

}  // namespace

std::string phone_hash(const std::string& phone) { return "hash of " + std::string(phone.rbegin(), phone.rend()); }

Machine::Machine(World& world_, Disk& disk_, Servers& servers, Sabotage sabotage_)
    : world(world_),
      disk(disk_),
      sabotage(sabotage_),
      turns(disk, settings(), routing()),
      core(disk, turns, world, metrics, {}),
      webhooks_out(world, servers),
      carriers_out(world, servers),
      lane(server::http_lane(carrier())),
      dispatcher(dispatcher_options(), outbox(), webhooks_out, carriers_out, [this] { return world.now(); },
                 [this](const std::string& name) { return name == "http" ? &lane : nullptr; },
                 [this](const engine::Message& message) {
                   return sabotage == Sabotage::unheard_stop || sabotage == Sabotage::start_unasked || core.gate.may_start(message);
                 },
                 [this] { return world.steady(); }) {
  recover();
}

// As the real one starts (server/app.cpp).
void Machine::recover() {
  server::load_published(disk, turns.flows());
  for (const auto& record : disk.campaigns()) turns.know_campaign(record.campaign, record.state == "running");
  if (!disk.recover_sends().empty()) world.met("texts were unknown after a crash");
  if (sabotage != Sabotage::lost_wake) core.dispatcher = &dispatcher;
  for (const auto& endpoint : disk.endpoints()) endpoint_changed(endpoint);
}

webhooks::Outbox Machine::outbox() {
  auto port = core.outbox();
  if (sabotage == Sabotage::ignore_settlement) {
    port.settle_sends = [this, real = port.settle_sends](std::vector<webhooks::SendSettlement> settled) {
      if (!world.dice.chance(0.2)) real(std::move(settled));
    };
  }
  return port;
}

void Machine::endpoint_changed(webhooks::Endpoint endpoint) {
  turns.subscriptions().set(endpoint);
  if (sabotage == Sabotage::unsigned_webhook) endpoint.secrets = {*webhooks::Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  dispatcher.set_endpoint(std::move(endpoint));
}

void Machine::endpoint_removed(webhooks::EndpointKey key) {
  turns.subscriptions().remove(key);
  dispatcher.remove_endpoint(key);
}

void Machine::wake(const std::vector<webhooks::EndpointKey>& endpoints) {
  if (sabotage != Sabotage::lost_wake) dispatcher.wake_endpoints(endpoints);
}

void Machine::run() {
  for (int round = 0; round < most_rounds_at_once; ++round) {
    const bool was_idle = core.nothing_waits();
    core.step();
    sleep_ = dispatcher.step();
    const bool is_idle = core.nothing_waits() && (!sleep_ || *sleep_ > Duration::zero());
    if (was_idle && is_idle && core.next_step() > world.steady()) return;
  }
  sleep_ = after_no_end;
  world.met("the machine was busy for a long moment");
}

Steady Machine::next() {
  const auto now = world.steady();
  if (sleep_ == after_no_end) return now + after_no_end;
  auto next = core.next_step();
  if (sleep_) next = std::min(next, now + *sleep_);
  // Whoever is set aside is due all the while, and is not looked at.
  return std::max(next, turns.set_aside_count() > 0 ? now + after_no_end : now + Duration(1));
}

}  // namespace answerback::simulate
