#include "storage/lease_book.hpp"

#include <algorithm>
#include <iterator>

namespace answerback::storage {

namespace {

using Candidates = std::vector<LeaseBook::Candidate>;

Candidates::iterator next_due(Candidates& waiting, DeliveryClass what, Instant now) {
  return std::find_if(waiting.begin(), waiting.end(),
                      [&](const auto& candidate) { return candidate.what == what && candidate.due_at <= now; });
}

Candidates::iterator next_fresh(Candidates& waiting, Instant now) {
  const auto urgent = next_due(waiting, DeliveryClass::urgent, now);
  return urgent != waiting.end() ? urgent : next_due(waiting, DeliveryClass::first, now);
}

}  // namespace

bool LeaseBook::holds(webhooks::DeliveryKey key, webhooks::LeaseNumber lease) const {
  const auto it = leases_.find(key.value);
  return it != leases_.end() && it->second.number == lease;
}

bool LeaseBook::leased(webhooks::DeliveryKey key, Instant now) const {
  const auto it = leases_.find(key.value);
  return it != leases_.end() && it->second.until > now;
}

std::size_t LeaseBook::leased_of(webhooks::EndpointKey endpoint) const {
  const auto it = lines_.find(endpoint.value);
  return it == lines_.end() ? 0 : it->second.keys.size();
}

// One retry at a time has a place of its own; an endpoint with a single place gives it to both in turns.
bool LeaseBook::retry_has_turn(const Line& line, std::uint32_t slots) const {
  const auto places = line.keys.size() + slots;
  return line.retries == 0 && (places > 1 || !line.last_was_retry);
}

void LeaseBook::drop_expired(webhooks::EndpointKey endpoint, Instant now) {
  const auto line = lines_.find(endpoint.value);
  if (line == lines_.end()) return;
  const auto keys = line->second.keys;
  for (const auto key : keys) {
    if (!leased({key}, now)) release({key});
  }
}

std::vector<LeaseBook::Candidate> LeaseBook::take(webhooks::EndpointKey endpoint, std::uint32_t slots, Candidates& waiting,
                                                  Instant now) {
  drop_expired(endpoint, now);
  auto& line = lines_[endpoint.value];
  Candidates taken;
  for (; slots > 0; --slots) {
    auto fresh = next_fresh(waiting, now);
    auto retry = next_due(waiting, DeliveryClass::retry, now);
    const bool urgent = fresh != waiting.end() && fresh->what == DeliveryClass::urgent;
    const bool take_retry = retry != waiting.end() && (fresh == waiting.end() || (!urgent && retry_has_turn(line, slots)));
    const auto chosen = take_retry ? retry : fresh;
    if (chosen == waiting.end()) break;
    line.keys.insert(chosen->key.value);
    line.retries += take_retry ? 1 : 0;
    line.last_was_retry = take_retry;
    chosen->lease = {++given_};
    leases_[chosen->key.value] = {endpoint, chosen->what, now + ttl, chosen->lease};
    taken.push_back(*chosen);
    waiting.erase(chosen);
  }
  return taken;
}

void LeaseBook::release(webhooks::DeliveryKey key) {
  const auto it = leases_.find(key.value);
  if (it == leases_.end()) return;
  auto& line = lines_[it->second.endpoint.value];
  line.keys.erase(key.value);
  if (it->second.what == DeliveryClass::retry) --line.retries;
  leases_.erase(it);
}

void LeaseBook::forget(webhooks::EndpointKey endpoint) {
  const auto line = lines_.find(endpoint.value);
  if (line == lines_.end()) return;
  for (const auto key : line->second.keys) leases_.erase(key);
  lines_.erase(line);
}

}  // namespace answerback::storage
