#include "tests/simulate/sabotaged_disk.hpp"

#include <algorithm>

#include "storage/memory/changes.hpp"
#include "tests/simulate/crm.hpp"

namespace answerback::simulate {

namespace {

using storage::Commit;

constexpr double now_and_then = 0.1;

void drop_event(Commit& commit, std::size_t index) {
  commit.events.erase(commit.events.begin() + static_cast<std::ptrdiff_t>(index));
  std::erase_if(commit.deliveries, [&](const auto& delivery) { return delivery.event == index; });
  for (auto& delivery : commit.deliveries) delivery.event -= delivery.event > index ? 1 : 0;
}

template <class Is>
void drop_events(Commit& commit, Is is) {
  for (auto i = commit.events.size(); i-- > 0;) {
    if (is(commit.events[i])) drop_event(commit, i);
  }
}

void tell_twice(Commit& commit) {
  const auto count = commit.events.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_outcome(commit.events[i].type)) continue;
    auto again = commit.events[i];
    again.id += "again";
    const auto deliveries = commit.deliveries;
    for (const auto& each : deliveries) {
      if (each.event == i) commit.deliveries.push_back({each.endpoint, commit.events.size()});
    }
    commit.events.push_back(std::move(again));
  }
}

bool opts_out(const Commit& commit) {
  const auto& ledger = commit.decision.ledger;
  return std::any_of(ledger.begin(), ledger.end(), [](const auto& row) { return row.status == engine::Consent::opted_out; });
}

void forget_stop(Commit& commit) {
  commit.decision.contact.consent = engine::Consent::opted_in;
  commit.decision.ledger.clear();
  commit.decision.cancel_queued = false;
}

void empty_answers(Commit& commit) {
  for (auto& event : commit.events) {
    const auto begin = event.body.find("\"answers\":{");
    if (!is_outcome(event.type) || begin == std::string::npos) continue;
    const auto end = event.body.find('}', begin);
    event.body.replace(begin, end + 1 - begin, "\"answers\":{}");
  }
}

void send_to_another(Commit& commit) {
  for (auto& message : commit.decision.messages) {
    if (message.direction == engine::Direction::out) message.to = "+15125550199";
  }
}

// As if whoever did not answer had said that it did not take the text.
void send_again(Commit& commit) {
  auto& change = commit.decision.message_change;
  if (!change || change->status != engine::MessageStatus::unknown) return;
  change->status = engine::MessageStatus::queued;
  commit.send_retry_at = commit.at;
}

}  // namespace

Commit SabotagedDisk::changed(Commit commit) {
  auto& dice = world().dice;
  using enum Sabotage;
  if (sabotage_ == second_outcome) tell_twice(commit);
  if (sabotage_ == no_outcome) drop_events(commit, [](const auto& event) { return is_outcome(event.type); });
  if (sabotage_ == lose_events) drop_events(commit, [&](const auto&) { return dice.chance(now_and_then); });
  if (sabotage_ == lose_deliveries && dice.chance(now_and_then)) commit.deliveries.clear();
  if (sabotage_ == unheard_stop) commit.decision.cancel_queued = false;
  if (sabotage_ == stop_forgotten && opts_out(commit)) forget_stop(commit);
  if (sabotage_ == wrong_person && dice.chance(now_and_then)) send_to_another(commit);
  if (sabotage_ == lose_answers) empty_answers(commit);
  if (sabotage_ == send_again_answered) send_again(commit);
  if (sabotage_ == patient_opt_out) std::for_each(commit.events.begin(), commit.events.end(), [](auto& event) { event.urgent = false; });
  return commit;
}

void SabotagedDisk::commit_ahead(std::span<const Commit> commits) {
  if (sabotage_ == Sabotage::all_or_nothing) {
    const bool strikes = std::any_of(commits.begin(), commits.end(), [&](const auto& each) { return each.decision.contact.key == poisoned; });
    if (strikes) struck_ = world().now();
    if (struck_ == world().now()) throw storage::Contradiction("the batch of a damaged row");
  }
  std::vector<Commit> all;
  for (const auto& each : commits) all.push_back(changed(each));
  Disk::commit_ahead(all);
  if (sabotage_ == Sabotage::out_of_order) free_held();
}

void SabotagedDisk::free_held() {
  auto& data = live().data();
  for (auto& [key, kept] : data.deliveries) {
    if (kept.delivery.state == webhooks::DeliveryState::held) storage::memory::set_state(data, kept, webhooks::DeliveryState::pending);
  }
}

void SabotagedDisk::when_on_disk(std::function<void(bool)> told) {
  if (sabotage_ == Sabotage::ack_before_disk) return told(true);
  Disk::when_on_disk(std::move(told));
}

std::vector<std::optional<engine::MessageId>> SabotagedDisk::seen(std::span<const storage::DedupKey> keys) {
  if (sabotage_ == Sabotage::forget_ids) return std::vector<std::optional<engine::MessageId>>(keys.size());
  return Disk::seen(keys);
}

std::vector<storage::DueTimer> SabotagedDisk::due_timers(Instant now, std::size_t limit) {
  auto due = Disk::due_timers(now, limit);
  if (sabotage_ == Sabotage::forget_timer) due.clear();
  return due;
}

std::optional<Instant> SabotagedDisk::next_timer() {
  return sabotage_ == Sabotage::forget_timer ? std::nullopt : Disk::next_timer();
}

// As if nobody had ever opted out.
template <class Call>
auto SabotagedDisk::without_looking(Call call) {
  std::vector<engine::Contact*> out;
  for (auto& [key, contact] : live().data().contacts) {
    if (contact.consent == engine::Consent::opted_out) out.push_back(&contact);
  }
  for (auto* contact : out) contact->consent = engine::Consent::opted_in;
  auto result = call();
  for (auto* contact : out) contact->consent = engine::Consent::opted_out;
  return result;
}

storage::LeasedSends SabotagedDisk::lease_sends(Instant now, webhooks::SendQuota quota) {
  const auto lease = [&] { return Disk::lease_sends(now, quota); };
  auto leased = sabotage_ == Sabotage::unheard_stop ? without_looking(lease) : lease();
  if (sabotage_ == Sabotage::mark_early) Disk::start_sends(leased.due, now);
  if (sabotage_ == Sabotage::send_twice) {
    const auto once = leased.due;
    leased.due.insert(leased.due.end(), once.begin(), once.end());
  }
  return leased;
}

std::vector<webhooks::SendStart> SabotagedDisk::start_sends(std::span<const webhooks::DueSend> sends, Instant now) {
  using enum Sabotage;
  if (sabotage_ == mark_early || sabotage_ == send_twice) return std::vector<webhooks::SendStart>(sends.size(), webhooks::SendStart::go);
  const auto start = [&] { return Disk::start_sends(sends, now); };
  auto starts = sabotage_ == unheard_stop ? without_looking(start) : start();
  if (sabotage_ == start_unasked) std::replace(starts.begin(), starts.end(), webhooks::SendStart::gone, webhooks::SendStart::go);
  return starts;
}

std::vector<engine::Message> SabotagedDisk::recover_sends() {
  auto unknown = Disk::recover_sends();
  if (sabotage_ != Sabotage::send_again_unknown) return unknown;
  auto& data = live().data();
  for (const auto& each : unknown) {
    const auto row = data.message_rows.at(each.id);
    data.message(row).status = engine::MessageStatus::queued;
    data.sends[row] = {each.id.contact, storage::memory::Send::State::queued, world().now(), 1};
  }
  return unknown;
}

webhooks::LeasedDeliveries SabotagedDisk::lease_deliveries(Instant now, std::span<const webhooks::Want> wants) {
  auto leased = Disk::lease_deliveries(now, wants);
  for (const auto& due : leased.due) newest_lease_[due.key] = due.lease;
  if (sabotage_ == Sabotage::unbooked_line) leased.next_due.clear();
  if (sabotage_ == Sabotage::other_bytes) {
    for (auto& due : leased.due) due.body += due.attempt > 1 ? " " : "";
  }
  return leased;
}

void SabotagedDisk::settle_deliveries(std::span<const webhooks::DeliverySettlement> settled, std::span<const OperationalEvent> events) {
  std::vector<webhooks::DeliverySettlement> all(settled.begin(), settled.end());
  for (auto& each : all) {
    auto& verdict = each.next.verdict;
    if (verdict == webhooks::Verdict::retry && sabotage_ == Sabotage::give_up_early) verdict = webhooks::Verdict::give_up;
    if (verdict == webhooks::Verdict::retry && sabotage_ == Sabotage::forget_retry) verdict = webhooks::Verdict::delivered;
    if (sabotage_ == Sabotage::ids_twice) each.delivery.lease = newest_lease_.at(each.delivery.key);
  }
  Disk::settle_deliveries(all, events);
}

std::vector<engine::ContactKey> SabotagedDisk::waiting_entries(engine::CampaignKey key, std::size_t limit) {
  return sabotage_ == Sabotage::slow_campaign ? std::vector<engine::ContactKey>{} : Disk::waiting_entries(key, limit);
}

void SabotagedDisk::reuse_numbers() {
  if (sabotage_ != Sabotage::ids_twice) return;
  auto& data = live().data();
  data.next_delivery = data.deliveries.empty() ? data.next_delivery - 1 : data.deliveries.rbegin()->first + 1;
}

bool SabotagedDisk::erase_contact(engine::ContactKey key, const std::string& hash, Instant at, const std::optional<OperationalEvent>& announcement) {
  auto& data = live().data();
  const auto before = data.events;
  const bool erased = Disk::erase_contact(key, hash, at, announcement);
  if (sabotage_ == Sabotage::keep_phone) {
    for (const auto& [cursor, kept] : before) data.events.at(cursor) = kept;
  }
  reuse_numbers();
  return erased;
}

bool SabotagedDisk::remove_endpoint(webhooks::EndpointKey key) {
  const bool removed = Disk::remove_endpoint(key);
  reuse_numbers();
  return removed;
}

}  // namespace answerback::simulate
