#include "tests/server/broken_store.hpp"

namespace answerback::tests {

std::vector<std::optional<storage::ContactState>> BrokenStore::load(std::span<const storage::Address> addresses) {
  if (load_fails) throw storage::StoreError("disk I/O error");
  return inner_.load(addresses);
}

void BrokenStore::commit(std::span<const storage::Commit> all) {
  if (commit_fails) throw storage::StoreError("database or disk is full");
  inner_.commit(all);
  ++commits;
}

void BrokenStore::settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) {
  if (settles_to_fail > 0) {
    --settles_to_fail;
    throw storage::StoreError("the disk is full");
  }
  inner_.settle_deliveries(settled, events);
}

}  // namespace answerback::tests
