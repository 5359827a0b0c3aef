// Results on their way to the store. The first goes at once; while more are coming they go together, every few
// milliseconds, since each hand-over ends in a commit.
#pragma once

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "flows/time.hpp"

namespace answerback::webhooks::dispatch {

template <typename Result>
class Batch {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::size_t full = 64;
  static constexpr flows::Duration pace = std::chrono::milliseconds(3);

  void add(Result result) { results_.push_back(std::move(result)); }
  bool empty() const { return results_.empty(); }

  // When there is something and its time has come: `more_is_coming` is whether waiting could make the batch larger.
  bool is_due(bool more_is_coming, Steady now) const {
    return !empty() && (!more_is_coming || results_.size() >= full || !wait(now));
  }
  // How long until it is due, when it is not.
  std::optional<flows::Duration> wait(Steady now) const {
    const auto due = taken_at_ + pace;
    if (empty() || now >= due) return std::nullopt;
    return std::chrono::ceil<flows::Duration>(due - now);
  }
  std::vector<Result> take(Steady now) {
    taken_at_ = now;
    return std::exchange(results_, {});
  }

 private:
  std::vector<Result> results_;
  Steady taken_at_{};
};

}  // namespace answerback::webhooks::dispatch
