// A store that passes everything on to another one, and whose commits or loads can be made to fail as a full disk would, or to
// take as long as the test wants to get to the disk.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "tests/support/passing_store.hpp"

namespace answerback::tests {

class BrokenStore : public PassingStore {
 public:
  explicit BrokenStore(storage::Store& inner) : inner_(inner) {}

  bool load_fails = false;
  bool commit_fails = false;
  std::atomic<int> settles_to_fail = 0;
  std::atomic<int> starts_to_fail = 0;
  std::atomic<int> leases_to_fail = 0;  // of texts and of calls
  std::atomic<int> commits_to_fail = 0;
  std::size_t commits = 0;  // calls that went through
  // What is committed ahead is on disk only with reach_disk().
  std::atomic<bool> disk_is_slow = false;
  std::atomic<int> waits_for_disk = 0;
  std::atomic<int> commits_ahead = 0;
  std::atomic<int> told_later = 0;  // who waits to hear that the disk has it is known only a moment after the commit
  void reach_disk(bool works = true);

  std::vector<std::optional<storage::ContactState>> load(std::span<const storage::Address> addresses) override;
  void commit(std::span<const storage::Commit> all) override;
  void commit_ahead(std::span<const storage::Commit> all) override;
  void when_on_disk(std::function<void(bool)> told) override;
  bool wait_for_disk() override;
  storage::LeasedSends lease_sends(storage::Instant now, webhooks::SendQuota quota) override;
  webhooks::LeasedCalls lease_calls(storage::Instant now, std::uint32_t slots, std::uint32_t per_host) override;
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, storage::Instant now) override;
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) override;
  bool writable() override { return !commit_fails && inner_.writable(); }

 protected:
  storage::Store& inner() override { return inner_; }

 private:
  storage::Store& inner_;
  std::mutex mutex_;
  std::vector<std::function<void(bool)>> waiting_;
};

}  // namespace answerback::tests
