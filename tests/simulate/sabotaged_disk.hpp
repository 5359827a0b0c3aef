// A store that breaks one invariant, as a fault of ours in it or before it would.
#pragma once

#include <map>

#include "tests/simulate/disk.hpp"

namespace answerback::simulate {

class SabotagedDisk final : public Disk {
 public:
  SabotagedDisk(World& world, Sabotage sabotage) : Disk(world), sabotage_(sabotage) {}

  void commit_ahead(std::span<const storage::Commit> commits) override;
  void when_on_disk(std::function<void(bool)> told) override;
  std::vector<std::optional<engine::MessageId>> seen(std::span<const storage::DedupKey> keys) override;
  std::vector<storage::DueTimer> due_timers(Instant now, std::size_t limit) override;
  std::optional<Instant> next_timer() override;
  storage::LeasedSends lease_sends(Instant now, webhooks::SendQuota quota) override;
  std::vector<webhooks::SendStart> start_sends(std::span<const webhooks::DueSend> sends, Instant now) override;
  std::vector<engine::Message> recover_sends() override;
  webhooks::LeasedDeliveries lease_deliveries(Instant now, std::span<const webhooks::Want> wants) override;
  void settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) override;
  std::vector<engine::ContactKey> waiting_entries(engine::CampaignKey key, std::size_t limit) override;
  bool erase_contact(engine::ContactKey key, const std::string& hash, Instant at, const std::optional<OperationalEvent>& announcement) override;
  bool remove_endpoint(webhooks::EndpointKey key) override;

 private:
  storage::Commit changed(storage::Commit commit);
  void reuse_numbers();
  void free_held();
  template <class Call>
  auto without_looking(Call call);

  Sabotage sabotage_;
  Instant struck_ = Instant::min();
  std::map<webhooks::DeliveryKey, webhooks::LeaseNumber> newest_lease_;
};

}  // namespace answerback::simulate
