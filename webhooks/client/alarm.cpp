#include "webhooks/client/alarm.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <utility>

namespace answerback::webhooks::client {

struct Alarm::Impl {
  explicit Impl(boost::asio::io_context& context) : timer(context) {}
  boost::asio::steady_timer timer;
  std::uint64_t setting = 0;  // a ring that was queued before a cancel must not be heard after it
};

Alarm::Alarm(boost::asio::io_context& context) : impl_(std::make_shared<Impl>(context)) {}

Alarm::~Alarm() { cancel(); }

void Alarm::set(flows::Duration wait, std::function<void()> ring) {
  const auto setting = ++impl_->setting;
  impl_->timer.expires_after(wait);
  impl_->timer.async_wait([weak = std::weak_ptr<Impl>(impl_), setting, ring = std::move(ring)](const boost::system::error_code& error) {
    const auto impl = weak.lock();
    if (!error && impl && impl->setting == setting) ring();
  });
}

void Alarm::cancel() {
  ++impl_->setting;
  impl_->timer.cancel();
}

}  // namespace answerback::webhooks::client
