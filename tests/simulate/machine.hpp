// One life of a simulated machine: the product's turns, its loop and its dispatcher over a store and a network that are not real, without
// a thread. From its start to its end, be that a crash.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "server/loop/loop_core.hpp"
#include "tests/simulate/disk.hpp"
#include "tests/simulate/net.hpp"

namespace answerback::simulate {

inline const std::string our_number = "+15125550100";
inline const std::string carrier_url = "https://carrier.example/send";

std::string phone_hash(const std::string& phone);

class Machine {
 public:
  Machine(World& world, Disk& disk, Servers& servers, Sabotage sabotage);

  // Everything that can be done now.
  void run();
  // When there is something to do though nobody asks for it.
  Steady next();

  // From outside; false = too much waits.
  bool submit(server::Job job) { return core.push(std::move(job), false); }
  void on_loop(server::TaskKind kind, std::function<void()> task) { core.push(server::LoopTask{kind, std::move(task)}, false); }
  void endpoint_changed(webhooks::Endpoint endpoint);
  void endpoint_removed(webhooks::EndpointKey key);
  void wake(const std::vector<webhooks::EndpointKey>& endpoints);

  World& world;
  Disk& disk;
  Sabotage sabotage;
  server::Metrics metrics;
  server::Turns turns;
  server::LoopCore core;
  Client webhooks_out, carriers_out;
  webhooks::CarrierLane lane;
  webhooks::Dispatcher dispatcher;

 private:
  webhooks::Outbox outbox();
  void recover();

  std::optional<Duration> sleep_;
};

}  // namespace answerback::simulate
