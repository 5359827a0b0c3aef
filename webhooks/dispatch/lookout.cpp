#include "webhooks/dispatch/lookout.hpp"

#include <algorithm>

#include "webhooks/dispatch/pace.hpp"

namespace answerback::webhooks::dispatch {

void Lookout::wake() {
  look_at_ = flows::Instant{};
  was_woken_ = true;
}

bool Lookout::ask(flows::Instant now) {
  if (asked_at_ && *asked_at_ > now) asked_at_ = now;  // the clock was set back
  if (asked_at_ && now - *asked_at_ > lost_lease_call) {
    asked_at_.reset();
    wake();
  }
  if (asked_at_ || !look_at_ || *look_at_ > now) return false;
  asked_at_ = now;
  look_at_.reset();
  was_woken_ = false;
  return true;
}

void Lookout::answered(bool got_some, std::optional<flows::Instant> next_due, flows::Instant now) {
  asked_at_.reset();
  if (next_due && !was_woken_) look_at_ = got_some ? *next_due : std::max(*next_due, now + breath);
}

void Lookout::failed(flows::Instant now) {
  asked_at_.reset();
  look_at_ = now + after_store_failure;
}

std::optional<flows::Duration> Lookout::sleep(flows::Instant now) const {
  if (asked_at_) return longest_sleep;
  if (!look_at_) return std::nullopt;
  return std::clamp(*look_at_ - now, flows::Duration::zero(), longest_sleep);
}

}  // namespace answerback::webhooks::dispatch
