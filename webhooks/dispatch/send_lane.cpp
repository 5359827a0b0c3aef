#include "webhooks/dispatch/send_lane.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "webhooks/dispatch/handover.hpp"
#include "webhooks/dispatch/pace.hpp"

namespace answerback::webhooks::dispatch {

SendLane::SendLane(Surroundings& surroundings) : surroundings_(surroundings), quota_(surroundings.options.sends) {}

void SendLane::wake() { lookout_.wake(); }

void SendLane::clock_was_set() {
  pause_until_.reset();
  wake();
}

void SendLane::ask(flows::Instant now) {
  if (pause_until_ && *pause_until_ > now) return;
  pause_until_.reset();
  if (quota_.is_full() || !lookout_.ask(now)) return;
  try {
    surroundings_.outbox.lease_sends(quota_, surroundings_.on_worker([this](LeasedTexts answer) { leased(std::move(answer)); }));
  } catch (const std::exception&) {
    lookout_.failed(now);
  }
}

void SendLane::leased(LeasedTexts leased) {
  const auto now = surroundings_.now();
  if (leased.failed) return lookout_.failed(now);
  lookout_.answered(!leased.due.empty(), leased.next_due, now);
  if (is_stopping_) return;  // leases live in memory only: they are due again at the next start
  for (auto& each : leased.due) start(std::move(each), now);
}

void SendLane::start(DueSend due, flows::Instant now) {
  const auto* lane = surroundings_.lane(due.message.carrier);
  if (lane == nullptr) return settled_.add(refuse(std::move(due), "no_carrier"));
  HttpRequest request;
  try {
    request = lane->request(due);
  } catch (const std::exception&) {
    return settled_.add(postpone(std::move(due), "request", now));
  }
  const auto threshold = std::make_shared<Threshold>();
  request.announce = [ask = surroundings_.outbox.start_send, due, threshold](std::function<void(bool)> go) {
    ask(due, [threshold, go = std::move(go)](SendStart start) {
      threshold->start = start;
      go(start == SendStart::go);
    });
  };
  request.may_start = [gate = surroundings_.may_start, message = due.message, threshold] {
    const bool yes = !gate || gate(message);
    threshold->gate_refused = !yes;
    return yes;
  };
  quota_.take(line_of(due.message));
  ++surroundings_.tally.in_flight;
  surroundings_.carriers.send(std::move(request),
                              surroundings_.on_worker([this, due = std::move(due), lane, threshold](const HttpAnswer& answer) mutable {
                                answered(std::move(due), *lane, answer, *threshold);
                              }));
}

void SendLane::answered(DueSend due, const CarrierLane& lane, const HttpAnswer& answer, const Threshold& threshold) {
  quota_.give_back(line_of(due.message));
  --surroundings_.tally.in_flight;
  const auto now = surroundings_.now();
  switch (threshold.start) {
    case SendStart::go: return settled_.add(settle_send(std::move(due), lane, answer, threshold.gate_refused, now));
    case SendStart::not_now: pause_until_ = now + after_store_failure; [[fallthrough]];
    case SendStart::suppressed:
    case SendStart::expired:
    case SendStart::gone: return wake();  // the store knows already; the contact's next text may go
  }
}

void SendLane::hand_over(bool more_is_coming) {
  if (!settled_.is_due(more_is_coming, surroundings_.steady())) return;
  auto results = settled_.take(surroundings_.steady());
  surroundings_.tally.sends += results.size();
  wake();  // the next text of the same contact may go now
  try {
    surroundings_.outbox.settle_sends(std::move(results));
  } catch (const std::exception&) {
    // They stay `sending` on disk and become `unknown` at the next start: visible, and not sent twice.
  }
}

std::optional<flows::Duration> SendLane::sleep(flows::Instant now) const {
  if (!settled_.empty()) return settled_.wait(surroundings_.steady()).value_or(flows::Duration::zero());
  const bool may_ask = !is_stopping_ && !quota_.is_full();
  if (may_ask && pause_until_) return std::clamp(*pause_until_ - now, flows::Duration::zero(), after_store_failure);
  return may_ask || lookout_.is_asking() ? lookout_.sleep(now) : std::nullopt;
}

std::optional<flows::Duration> SendLane::turn() {
  const auto now = surroundings_.now();
  hand_over(quota_.under_way() > 0);
  if (!is_stopping_) ask(now);
  return sleep(now);
}

}  // namespace answerback::webhooks::dispatch
