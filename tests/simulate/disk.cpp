#include "tests/simulate/disk.hpp"

namespace answerback::simulate {

namespace {

constexpr engine::Origin origin = 77;
constexpr Duration quickest_sync{0}, slowest_sync{12};

}  // namespace

Disk::Disk(World& world) : world_(world), opened_with_(origin), live_(std::make_unique<storage::memory::MemoryStore>(origin, opened_with_)) {}

// What was written after the last wait for the disk is lost from some write on: a transaction is there as a whole or not at all, since the
// log's checksums tell (sqlite.org/walformat.html).
void Disk::lose_power() {
  ++life_;
  waiting_.clear();
  is_syncing_ = has_failed_ = waits_later_ = false;
  group_ = nullptr;
  const auto last = static_cast<std::int64_t>(written_.size()), safe = static_cast<std::int64_t>(on_disk_);
  const auto survives = static_cast<std::size_t>(world_.dice.between(safe, last));
  if (survives < written_.size()) world_.met("a crash took what was not on disk yet");
  storage::memory::MemoryStore found(origin, std::move(opened_with_));
  for (std::size_t i = 0; i < survives; ++i) written_[i](found);
  opened_with_ = found.data();
  opened_with_.reserved.clear();
  live_ = std::make_unique<storage::memory::MemoryStore>(origin, opened_with_);
  written_.clear();
  on_disk_ = 0;
}

void Disk::danger() {
  if (crash_chance > 0 && world_.dice.chance(crash_chance)) throw Crash{};
}

void Disk::keep(Writing again) { (group_ != nullptr ? *group_ : written_).push_back(std::move(again)); }

void Disk::write(const Writing& first, Writing again) {
  danger();
  if (is_full) throw storage::StoreError("the disk is full");
  if (has_failed_) throw storage::StoreError("the disk has failed");
  first(*live_);
  keep(std::move(again));
  danger();
  if (!waits_later_ && group_ == nullptr && !wait_for_disk()) throw storage::StoreError("the disk has failed");
}

void Disk::transaction(const std::function<void()>& body) {
  if (group_ != nullptr) return body();
  std::vector<Writing> group;
  group_ = &group;
  try {
    live_->transaction(body);
  } catch (...) {
    group_ = nullptr;
    throw;
  }
  group_ = nullptr;
  if (group.empty()) return;
  keep([group = std::move(group)](Store& store) {
    store.transaction([&] {
      for (const auto& each : group) each(store);
    });
  });
  if (!wait_for_disk()) throw storage::StoreError("the disk has failed");
}

template <class Call>
auto Disk::ahead(Call call) {
  struct Later {
    bool& flag;
    bool before = std::exchange(flag, true);
    ~Later() { flag = before; }
  } later{waits_later_};
  return call();
}

// A new contact's key is promised in memory; it is written with the commit.
std::vector<std::optional<storage::ContactState>> Disk::load(std::span<const storage::Address> addresses) {
  auto states = live_->load(addresses);
  keep([kept = std::vector<storage::Address>(addresses.begin(), addresses.end())](Store& store) { store.load(kept); });
  return states;
}

void Disk::commit(std::span<const storage::Commit> commits) {
  commit_ahead(commits);
  if (!wait_for_disk()) throw storage::StoreError("the disk has failed");
}

void Disk::commit_ahead(std::span<const storage::Commit> commits) {
  for (const auto& each : commits) {
    if (each.decision.contact.key == poisoned) throw storage::Contradiction("a damaged row");
  }
  ahead([&] { PassingStore::commit_ahead(commits); });
}

storage::LeasedSends Disk::lease_sends(Instant now, webhooks::SendQuota quota) {
  return ahead([&] { return PassingStore::lease_sends(now, std::move(quota)); });
}

std::vector<webhooks::SendStart> Disk::start_sends(std::span<const webhooks::DueSend> sends, Instant now) {
  return ahead([&] { return PassingStore::start_sends(sends, now); });
}

webhooks::LeasedDeliveries Disk::lease_deliveries(Instant now, std::span<const webhooks::Want> wants) {
  return ahead([&] { return PassingStore::lease_deliveries(now, wants); });
}

void Disk::settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) {
  ahead([&] { PassingStore::settle_deliveries(settled, events); });
}

webhooks::LeasedCalls Disk::lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) {
  return ahead([&] { return PassingStore::lease_calls(now, slots, per_host); });
}

void Disk::when_on_disk(std::function<void(bool)> told) {
  if (has_failed_) return told(false);
  if (on_disk_ == written_.size() && waiting_.empty()) return told(true);
  waiting_.emplace_back(written_.size(), std::move(told));
  if (!is_syncing_) begin_sync();
}

void Disk::begin_sync() {
  is_syncing_ = true;
  world_.after(world_.dice.span(quickest_sync, slowest_sync), [this, until = written_.size(), life = life_] {
    if (life != life_) return;
    is_syncing_ = false;
    synced(until);
    if (!waiting_.empty() && !is_syncing_) begin_sync();
  });
}

void Disk::synced(std::size_t until) {
  if (has_failed_) return;
  if (sync_failure_chance > 0 && world_.dice.chance(sync_failure_chance)) return fail();
  on_disk_ = std::max(on_disk_, until);
  while (!waiting_.empty() && waiting_.front().first <= on_disk_) {
    auto told = std::move(waiting_.front().second);
    waiting_.pop_front();
    told(true);
  }
}

void Disk::fail() {
  world_.met("the disk failed");
  world_.tell("the disk fails");
  has_failed_ = true;
  for (auto& [until, told] : std::exchange(waiting_, {})) told(false);
}

bool Disk::wait_for_disk() {
  if (!has_failed_ && on_disk_ < written_.size()) synced(written_.size());
  return !has_failed_;
}

}  // namespace answerback::simulate
