#include "webhooks/dispatch/recovery_pace.hpp"

#include <algorithm>
#include <chrono>

namespace answerback::webhooks::dispatch {

namespace {

constexpr flows::Duration window = std::chrono::seconds(10);
constexpr double least_per_second = 20;  // of an endpoint whose rate nobody knows, after a restart, or that got little
constexpr double over_before = 2;
constexpr flows::Duration made_up_for = std::chrono::milliseconds(200);  // the worker does not wake for each single request

double seconds(flows::Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

void RecoveryPace::close_window(flows::Instant now) {
  const auto length = seconds(now - window_began_);
  if (length >= 1) per_second_ = in_window_ / length;
  window_began_ = now;
  in_window_ = 0;
}

void RecoveryPace::delivered(flows::Instant now) {
  if (limited_) return;
  if (in_window_ == 0 && now - window_began_ >= window) window_began_ = now;
  ++in_window_;
  if (now - window_began_ >= window) close_window(now);
}

void RecoveryPace::outage_begins(flows::Instant now) {
  if (per_second_ == 0) close_window(now);  // it worked for less than a window: what there is of one
}

void RecoveryPace::outage_ends(flows::Instant now) {
  limited_ = true;
  limit_per_second_ = std::max(least_per_second, over_before * per_second_);
  next_ = now - made_up_for;
}

flows::Duration RecoveryPace::wait(flows::Instant now) const {
  if (!limited_ || next_ <= now) return flows::Duration::zero();
  // A clock that was set back must not hold anything up for longer than one request's share.
  return std::min<flows::Duration>(next_ - now, std::chrono::seconds(1));
}

void RecoveryPace::take(flows::Instant now) {
  if (!limited_) return;
  const auto share = std::chrono::duration<double>(1 / limit_per_second_);
  carried_ += share.count();
  const auto whole = std::chrono::duration_cast<flows::Duration>(std::chrono::duration<double>(carried_));
  carried_ -= seconds(whole);
  next_ = std::max(next_, now - made_up_for) + whole;
}

}  // namespace answerback::webhooks::dispatch
