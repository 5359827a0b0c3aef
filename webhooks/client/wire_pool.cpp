#include "webhooks/client/wire_pool.hpp"

#include <algorithm>
#include <utility>

namespace answerback::webhooks::client {

using Clock = std::chrono::steady_clock;

WirePool::WirePool(boost::asio::io_context& context, PoolLimits limits) : limits_(limits), alarm_(context) {}

std::unique_ptr<Wire> WirePool::take(const std::string& origin, flows::Duration idle_time) {
  const auto found = idle_.find(origin);
  if (found == idle_.end()) return nullptr;
  auto& waiting = found->second;
  std::unique_ptr<Wire> wire;
  while (!wire && !waiting.empty()) {
    auto last = std::move(waiting.back());
    waiting.pop_back();
    --count_;
    if (Clock::now() - last.since <= idle_time && last.wire->is_quiet()) wire = std::move(last.wire);
  }
  if (waiting.empty()) idle_.erase(found);
  return wire;
}

void WirePool::put(const std::string& origin, std::unique_ptr<Wire> wire) {
  const auto now = Clock::now();
  if (count_ >= limits_.idle || limits_.idle_per_host == 0 || now - wire->opened_at() >= limits_.age) return;
  auto& waiting = idle_[origin];
  if (waiting.size() >= limits_.idle_per_host) {
    waiting.pop_front();
    --count_;
  }
  waiting.push_back({std::move(wire), now});
  ++count_;
  sweep_later();
}

void WirePool::clear() {
  idle_.clear();
  count_ = 0;
  sweeping_ = false;
  alarm_.cancel();
}

void WirePool::sweep_later() {
  if (sweeping_ || count_ == 0) return;
  sweeping_ = true;
  alarm_.set(limits_.idle_time, [this] { sweep(); });
}

void WirePool::sweep() {
  sweeping_ = false;
  const auto oldest = Clock::now() - limits_.idle_time;
  for (auto host = idle_.begin(); host != idle_.end();) {
    count_ -= std::erase_if(host->second, [&](const Idle& each) { return each.since <= oldest; });
    host = host->second.empty() ? idle_.erase(host) : std::next(host);
  }
  sweep_later();
}

}  // namespace answerback::webhooks::client
