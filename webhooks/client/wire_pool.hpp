// Connections that wait for their next request. A connection is reused only for the scheme, host and port it was opened for,
// and stays with the address that was vetted then; an age limit lets a name's move be noticed.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "webhooks/client/alarm.hpp"
#include "webhooks/client/wire.hpp"

namespace answerback::webhooks::client {

struct PoolLimits {
  std::size_t idle_per_host = 8;
  std::size_t idle = 1024;
  flows::Duration idle_time = std::chrono::seconds(30);
  flows::Duration age = std::chrono::minutes(5);
};

class WirePool {
 public:
  WirePool(boost::asio::io_context& context, PoolLimits limits);

  // The one used last, if it waited for at most `idle_time` and is still quiet; null when there is none.
  std::unique_ptr<Wire> take(const std::string& origin, flows::Duration idle_time);
  void put(const std::string& origin, std::unique_ptr<Wire> wire);
  void clear();

 private:
  struct Idle {
    std::unique_ptr<Wire> wire;
    std::chrono::steady_clock::time_point since;
  };
  void sweep();
  void sweep_later();

  PoolLimits limits_;
  std::map<std::string, std::deque<Idle>> idle_;  // oldest first
  std::size_t count_ = 0;
  bool sweeping_ = false;
  Alarm alarm_;
};

}  // namespace answerback::webhooks::client
