#include "webhooks/dispatch/delivery_lane.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "webhooks/dispatch/pace.hpp"

namespace answerback::webhooks::dispatch {

namespace {

void shorten(std::optional<flows::Duration>& sleep, std::optional<flows::Duration> other) {
  if (other && (!sleep || *other < *sleep)) sleep = other;
}

}  // namespace

void DeliveryLane::start(flows::Instant now) {
  for (auto& start : book_.start(now)) {
    ++surroundings_.tally.in_flight;
    surroundings_.endpoints.send(std::move(start.request),
                                 surroundings_.on_worker([this, due = std::move(start.due), now](const HttpAnswer& answer) mutable {
                                   answered(std::move(due), now, answer);
                                 }));
  }
}

void DeliveryLane::answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer) {
  --surroundings_.tally.in_flight;
  auto settled = book_.answered(std::move(due), started_at, answer, surroundings_.now());
  if (!settled) return;
  count(*settled);
  settled_.add(std::move(*settled));
}

void DeliveryLane::count(const DeliverySettlement& settled) {
  auto& tally = surroundings_.tally;
  switch (settled.next.verdict) {
    case Verdict::delivered: ++tally.delivered; return;
    case Verdict::retry: ++tally.retried; return;
    case Verdict::gone:
    case Verdict::give_up: ++tally.dead; return;
  }
}

void DeliveryLane::ask(flows::Instant now) {
  auto wanted = book_.ask(now);
  if (wanted.empty()) return;
  try {
    surroundings_.outbox.lease_deliveries(std::move(wanted), surroundings_.on_worker([this](LeasedDeliveries answer) {
      book_.leased(std::move(answer), surroundings_.now());
    }));
  } catch (const std::exception&) {
    book_.not_leased(now + after_store_failure);
  }
}

void DeliveryLane::hand_over(bool more_is_coming) {
  if (!settled_.is_due(more_is_coming, surroundings_.steady())) return;
  auto results = settled_.take(surroundings_.steady());
  book_.handed_over(results, surroundings_.now());
  try {
    surroundings_.outbox.settle_deliveries(std::move(results));
  } catch (const std::exception&) {
    // The store lost them; their leases fall back and they are delivered once more: at least once.
  }
}

std::optional<flows::Duration> DeliveryLane::sleep(flows::Instant now) const {
  std::optional<flows::Duration> sleep;
  if (!settled_.empty()) shorten(sleep, settled_.wait(surroundings_.steady()).value_or(flows::Duration::zero()));
  const auto next = book_.next_look();
  if (next && !is_stopping_) shorten(sleep, std::clamp(*next - now, flows::Duration::zero(), longest_sleep));
  return sleep;
}

// What is asked for brings lines back into turn that were parked with something left over, so what is ready starts after it too.
std::optional<flows::Duration> DeliveryLane::turn() {
  const auto now = surroundings_.now();
  if (!is_stopping_) start(now);
  hand_over(book_.in_flight() > 0);
  if (!is_stopping_) {
    ask(now);
    start(now);
  }
  return sleep(now);
}

}  // namespace answerback::webhooks::dispatch
