// What the process counts and measures, in Prometheus' text format. May be called from any thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "server/http/server.hpp"
#include "server/loop/task_kind.hpp"
#include "storage/store.hpp"

namespace answerback::server {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void inbound(bool duplicate);
  void committed(const storage::Commit& commit);
  void batch(std::size_t commits, std::chrono::nanoseconds took);
  void commit_failed();
  // What the loop's thread worked at, and how long of it waited for the disk.
  void loop_task(TaskKind kind, std::chrono::nanoseconds worked, std::chrono::nanoseconds waited_for_disk);
  void set_aside(std::size_t stimuli);
  void delivery(const webhooks::DeliverySettlement& settlement);
  void send(const webhooks::SendSettlement& settlement);
  void call(const webhooks::CallSettlement& settlement);
  void request(std::string_view route, int status, std::chrono::nanoseconds took);
  void turned_away();  // refused at the door: too much waits
  void front_trouble(FrontTrouble what, std::size_t how_many);

  // Gauges are read when somebody asks.
  std::string text(const storage::Gauges& gauges, engine::Instant now, std::size_t waiting, std::size_t connections);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
