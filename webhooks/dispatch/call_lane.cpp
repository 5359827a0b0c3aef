#include "webhooks/dispatch/call_lane.hpp"

#include <exception>
#include <utility>
#include <variant>

#include "webhooks/dispatch/call_attempt.hpp"

namespace answerback::webhooks::dispatch {

void CallLane::ask(flows::Instant now) {
  if (!may_ask() || !lookout_.ask(now)) return;
  const auto& options = surroundings_.options;
  try {
    surroundings_.outbox.lease_calls(options.call_slots - in_flight_, options.calls_per_host,
                                     surroundings_.on_worker([this](LeasedCalls answer) { leased(std::move(answer)); }));
  } catch (const std::exception&) {
    lookout_.failed(now);
  }
}

void CallLane::leased(LeasedCalls leased) {
  const auto now = surroundings_.now();
  if (leased.failed) return lookout_.failed(now);
  lookout_.answered(!leased.due.empty(), leased.next_due, now);
  if (is_stopping_) return;  // leases live in memory only: they are due again at the next start
  for (auto& each : leased.due) start(std::move(each), now);
}

void CallLane::start(DueCall due, flows::Instant now) {
  auto made = call_request(due, surroundings_.options, now);
  if (auto* unmakeable = std::get_if<Unmakeable>(&made)) return settled_.add(fail_call(std::move(due), std::move(unmakeable->error)));
  ++in_flight_;
  ++surroundings_.tally.in_flight;
  surroundings_.endpoints.send(std::move(std::get<HttpRequest>(made)),
                               surroundings_.on_worker([this, due = std::move(due)](const HttpAnswer& answer) mutable {
                                 answered(std::move(due), answer);
                               }));
}

void CallLane::answered(DueCall due, const HttpAnswer& answer) {
  --in_flight_;
  --surroundings_.tally.in_flight;
  if (answer.error == "not_started") return;  // the client is closing; the lease falls back
  settled_.add(settle_call(std::move(due), answer, surroundings_.now()));
}

void CallLane::hand_over(bool more_is_coming) {
  if (!settled_.is_due(more_is_coming, surroundings_.steady())) return;
  auto results = settled_.take(surroundings_.steady());
  surroundings_.tally.calls += results.size();
  wake();  // what waited for a place at its host may go now
  try {
    surroundings_.outbox.settle_calls(std::move(results));
  } catch (const std::exception&) {
    // Their leases run out with their time; the conversations go on as if nobody had answered.
  }
}

std::optional<flows::Duration> CallLane::sleep(flows::Instant now) const {
  if (!settled_.empty()) return settled_.wait(surroundings_.steady()).value_or(flows::Duration::zero());
  return may_ask() || lookout_.is_asking() ? lookout_.sleep(now) : std::nullopt;
}

std::optional<flows::Duration> CallLane::turn() {
  const auto now = surroundings_.now();
  hand_over(in_flight_ > 0);
  ask(now);
  return sleep(now);
}

}  // namespace answerback::webhooks::dispatch
