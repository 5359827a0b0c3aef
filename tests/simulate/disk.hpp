// The store of a simulated machine: what is written counts at once for whoever writes, and lies on the disk some time later. A crash takes
// what does not lie there yet, or the end of it; a disk may be full for a while, or fail for good until the machine is started again. The
// rules are those of the store in memory; each writing call is kept, so that a crash can tell what the disk had.
#pragma once

#include <deque>
#include <memory>

#include "storage/memory/memory_store_impl.hpp"
#include "tests/simulate/sabotage.hpp"
#include "tests/simulate/world.hpp"
#include "tests/support/passing_store.hpp"

namespace answerback::simulate {

// The machine stops here. No std::exception, so that nothing goes on which catches those.
struct Crash {};

class Disk : public tests::PassingStore {
 public:
  explicit Disk(World& world);

  double crash_chance = 0;         // of each writing call: that it is the machine's last, before it or after
  double sync_failure_chance = 0;  // of each wait for the disk
  bool is_full = false;
  engine::ContactKey poisoned{-1};  // what is decided about them can't be stored

  // What the next machine finds. Leases, and whatever else lived in memory, are gone.
  void lose_power();
  bool works() const { return !is_full && !has_failed_; }
  const storage::memory::Data& data() const { return live_->data(); }  // what the program sees

  std::vector<std::optional<storage::ContactState>> load(std::span<const storage::Address> addresses) override;
  void commit(std::span<const storage::Commit> commits) override;
  void commit_ahead(std::span<const storage::Commit> commits) override;
  void when_on_disk(std::function<void(bool)> told) override;
  bool wait_for_disk() override;
  void transaction(const std::function<void()>& body) override;
  bool writable() override { return works(); }

  storage::LeasedSends lease_sends(Instant now, webhooks::SendQuota quota) override;
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, Instant now) override;
  webhooks::LeasedDeliveries lease_deliveries(Instant now, std::span<const webhooks::Want> wants) override;
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) override;
  webhooks::LeasedCalls lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) override;

 protected:
  using Writing = std::function<void(Store&)>;
  storage::Store& inner() override { return *live_; }
  void write(const Writing& first, Writing again) override;
  // For whoever breaks things on purpose.
  storage::memory::MemoryStore& live() { return *live_; }
  World& world() { return world_; }

 private:
  void danger();
  void keep(Writing again);
  void begin_sync();
  void synced(std::size_t until);
  void fail();
  template <class Call>
  auto ahead(Call call);

  World& world_;
  storage::memory::Data opened_with_;
  std::unique_ptr<storage::memory::MemoryStore> live_;
  std::vector<Writing> written_;  // since the machine started
  std::size_t on_disk_ = 0;       // of these
  std::deque<std::pair<std::size_t, std::function<void(bool)>>> waiting_;
  bool is_syncing_ = false;
  bool has_failed_ = false;
  bool waits_later_ = false;      // the call that is made does not wait for the disk
  std::uint64_t life_ = 0;
  std::vector<Writing>* group_ = nullptr;  // of the open transaction
};

}  // namespace answerback::simulate
