#include "webhooks/client/lookup_book.hpp"

#include <algorithm>
#include <utility>

namespace answerback::webhooks::client {

const Addresses* LookupBook::known(const std::string& host, Time now) const {
  const auto found = known_.find(host);
  return found != known_.end() && now < found->second.until ? &found->second.addresses : nullptr;
}

LookupBook::Manner LookupBook::manner_of(const std::string& host) const {
  const auto found = known_.find(host);
  if (found == known_.end()) return Manner::unknown;
  return found->second.is_slow ? Manner::slow : Manner::quick;
}

void LookupBook::want(const std::string& host) { waiting_[static_cast<std::size_t>(manner_of(host))].push_back(host); }

std::size_t LookupBook::count(Manner manner) const {
  const auto is_it = [manner](const auto& each) { return each.second.manner == manner; };
  return static_cast<std::size_t>(std::count_if(under_way_.begin(), under_way_.end(), is_it));
}

bool LookupBook::has_room(Manner manner, Time now) const {
  if (under_way_.size() >= max_under_way) return false;
  if (manner == Manner::quick) return true;
  if (under_way_.size() - count(Manner::quick) >= max_others) return false;
  if (manner == Manner::slow) return count(Manner::slow) < max_slow;
  const auto is_in_time = [now](const auto& each) { return each.second.manner == Manner::unknown && now < each.second.since + overdue_after; };
  return static_cast<std::size_t>(std::count_if(under_way_.begin(), under_way_.end(), is_in_time)) < max_new;
}

std::optional<std::string> LookupBook::start(Time now) {
  for (const auto manner : {Manner::quick, Manner::unknown, Manner::slow}) {
    auto& waiting = waiting_[static_cast<std::size_t>(manner)];
    if (waiting.empty() || !has_room(manner, now)) continue;
    auto host = std::move(waiting.front());
    waiting.pop_front();
    under_way_[host] = {manner, now};
    return host;
  }
  return std::nullopt;
}

void LookupBook::finished(const std::string& host, Addresses addresses, Time now) {
  const auto it = under_way_.find(host);
  if (it == under_way_.end()) return;
  const bool is_slow = now >= it->second.since + overdue_after;
  under_way_.erase(it);
  remember(host, std::move(addresses), is_slow, now);
}

// The oldest is forgotten for a new one: names come from URLs, and how many there are is not ours to say.
void LookupBook::remember(const std::string& host, Addresses addresses, bool is_slow, Time now) {
  const auto until = now + (addresses.empty() ? bad_for : good_for);
  const auto [it, is_new] = known_.try_emplace(host);
  if (!is_new) ages_.erase(it->second.age);
  it->second = {std::move(addresses), until, is_slow, ages_.insert(ages_.end(), host)};
  if (ages_.size() <= max_remembered) return;
  known_.erase(ages_.front());
  ages_.pop_front();
}

std::optional<LookupBook::Time> LookupBook::next_change(Time now) const {
  if (waiting_[static_cast<std::size_t>(Manner::unknown)].empty()) return std::nullopt;
  std::optional<Time> soonest;
  for (const auto& [host, lookup] : under_way_) {
    const auto overdue_at = lookup.since + overdue_after;
    if (lookup.manner == Manner::unknown && overdue_at > now && (!soonest || overdue_at < *soonest)) soonest = overdue_at;
  }
  return soonest;
}

}  // namespace answerback::webhooks::client
