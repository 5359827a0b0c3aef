#include "tests/server/broken_store.hpp"

namespace answerback::tests {

std::vector<std::optional<storage::ContactState>> BrokenStore::load(std::span<const storage::Address> addresses) {
  if (load_fails) throw storage::StoreError("disk I/O error");
  return inner_.load(addresses);
}

void BrokenStore::commit(std::span<const storage::Commit> all) {
  if (commit_fails || (commits_to_fail > 0 && commits_to_fail-- > 0)) throw storage::StoreError("database or disk is full");
  inner_.commit(all);
  ++commits;
}

void BrokenStore::commit_ahead(std::span<const storage::Commit> all) {
  commit(all);
  ++commits_ahead;
}

void BrokenStore::when_on_disk(std::function<void(bool)> told) {
  if (!disk_is_slow) return told(true);
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(told));
  ++told_later;
}

void BrokenStore::reach_disk(bool works) {
  std::vector<std::function<void(bool)>> ready;
  {
    const std::scoped_lock lock(mutex_);
    ready.swap(waiting_);
  }
  for (const auto& told : ready) told(works);
}

bool BrokenStore::wait_for_disk() {
  ++waits_for_disk;
  return true;
}

storage::LeasedSends BrokenStore::lease_sends(storage::Instant now, webhooks::SendQuota quota) {
  if (leases_to_fail > 0 && leases_to_fail-- > 0) throw storage::StoreError("the disk is full");
  return PassingStore::lease_sends(now, std::move(quota));
}

webhooks::LeasedCalls BrokenStore::lease_calls(storage::Instant now, std::uint32_t slots, std::uint32_t per_host) {
  if (leases_to_fail > 0 && leases_to_fail-- > 0) throw storage::StoreError("the disk is full");
  return PassingStore::lease_calls(now, slots, per_host);
}

std::vector<webhooks::SendStart> BrokenStore::start_sends(std::span<const webhooks::DueSend> sends, storage::Instant now) {
  if (starts_to_fail > 0) {
    --starts_to_fail;
    // As a store does it: nothing is marked, and the leases are over.
    std::vector<webhooks::DueSend> of_older_tries(sends.begin(), sends.end());
    for (auto& each : of_older_tries) each.attempt += 1'000;
    inner_.start_sends(of_older_tries, now);
    throw storage::StoreError("the disk is full");
  }
  return inner_.start_sends(sends, now);
}

void BrokenStore::settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) {
  if (settles_to_fail > 0) {
    --settles_to_fail;
    throw storage::StoreError("the disk is full");
  }
  inner_.settle_deliveries(settled, events);
}

}  // namespace answerback::tests
