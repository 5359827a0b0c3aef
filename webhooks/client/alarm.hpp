// A timer on the client's thread: calls once when the time is over, unless it is set anew, cancelled or destroyed before.
#pragma once

#include <functional>
#include <memory>

#include "flows/time.hpp"

namespace boost::asio {
class io_context;
}

namespace answerback::webhooks::client {

class Alarm {
 public:
  explicit Alarm(boost::asio::io_context& context);
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  void set(flows::Duration wait, std::function<void()> ring);
  void cancel();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace answerback::webhooks::client
