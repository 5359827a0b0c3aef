// The lane of webhooks: lease and settle.
#include <fmt/format.h>

#include <algorithm>

#include "storage/settling.hpp"
#include "storage/sqlite/endpoint_rows.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

using webhooks::DeliveryState;
using webhooks::Verdict;

std::optional<webhooks::DueDelivery> due_delivery(Connection& db, webhooks::DeliveryKey key) {
  Query query(db["SELECT d.endpoint, d.attempts, d.failures, d.due_at, e.contact, e.sequence, e.id, e.type, e.body, e.origin "
                 "FROM deliveries d JOIN events e ON e.cursor = d.event WHERE d.key = ?1"]);
  query.bind(key.value);
  if (!query.step()) return std::nullopt;
  webhooks::DueDelivery due;
  due.key = key;
  due.endpoint = {query.integer(0)};
  due.attempt = query.small(1) + 1;
  due.failures = query.small(2);
  due.due_at = query.instant(3);
  due.contact = {query.integer(4)};
  due.event_id = read_event_id(query, 4, 9);
  due.event_type = query.text(7);
  due.body = query.text(8);
  return due;
}

void insert_attempt(Connection& db, webhooks::DeliveryKey delivery, const Attempt& attempt) {
  Query(db["INSERT OR REPLACE INTO attempts(delivery, number, at, took, status, error, response) VALUES (?1,?2,?3,?4,?5,?6,?7)"])
      .bind(delivery.value, attempt.number, attempt.at, attempt.took.count(), attempt.status, attempt.error, Blob{attempt.response})
      .run();
}

}  // namespace

// Of each class the next few by due_at, more than are leased already, so that what can be taken is among them.
std::vector<LeaseBook::Candidate> SqliteStore::waiting_deliveries(const webhooks::Want& want, Instant now) {
  std::vector<LeaseBook::Candidate> waiting;
  const auto enough = want.slots + leases_.leased_of(want.endpoint) + 1;
  for (const auto what : {DeliveryClass::urgent, DeliveryClass::first, DeliveryClass::retry}) {
    Query query((*writer_)["SELECT key, due_at FROM deliveries WHERE endpoint = ?1 AND class = ?2 AND state = 1 "
                           "ORDER BY due_at LIMIT ?3"]);
    query.bind(want.endpoint.value, what, enough);
    while (query.step()) {
      const webhooks::DeliveryKey key{query.integer(0)};
      if (!leases_.leased(key, now)) waiting.push_back({key, what, query.instant(1)});
    }
  }
  return waiting;
}

webhooks::LeasedDeliveries SqliteStore::lease_deliveries(Instant now, std::span<const webhooks::Want> wants) {
  webhooks::LeasedDeliveries leased;
  pull_forward(wants, now, leased);
  for (const auto& want : wants) {
    auto waiting = waiting_deliveries(want, now);
    for (const auto& taken : leases_.take(want.endpoint, want.slots, waiting, now)) {
      auto due = due_delivery(*writer_, taken.key);
      if (!due) continue;
      due->lease = taken.lease;
      leased.due.push_back(std::move(*due));
    }
    const auto sooner = [](const auto& a, const auto& b) { return a.due_at < b.due_at; };
    const auto next = std::min_element(waiting.begin(), waiting.end(), sooner);
    if (next != waiting.end()) leased.next_due.emplace_back(want.endpoint, next->due_at);
  }
  return leased;
}

// In the order in which they would have come, from one call to the next, up to the last that waited when the first call came. What
// fails once more meanwhile waits again.
void SqliteStore::pull_forward(std::span<const webhooks::Want> wants, Instant now, webhooks::LeasedDeliveries& leased) {
  const auto is_asked = [](const webhooks::Want& want) { return want.pull_forward > 0; };
  if (std::none_of(wants.begin(), wants.end(), is_asked)) return;
  const Ahead ahead(*this);
  Writing writing(*this);
  for (const auto& want : wants) {
    if (!is_asked(want)) continue;
    auto& pull = pulls_[want.endpoint];
    if (!pull.last) pull = {now, latest_retry(want.endpoint)};
    const auto keys = retries_between(want, pull);
    for (const auto key : keys) Query((*writer_)["UPDATE deliveries SET due_at = ?2 WHERE key = ?1"]).bind(key, now).run();
    if (keys.size() == want.pull_forward) continue;
    pulls_.erase(want.endpoint);
    leased.pulled_all.push_back(want.endpoint);
  }
  writing.commit();
}

Instant SqliteStore::latest_retry(webhooks::EndpointKey endpoint) {
  Query query((*writer_)["SELECT due_at FROM deliveries WHERE endpoint = ?1 AND class = ?2 AND state = 1 ORDER BY due_at DESC LIMIT 1"]);
  query.bind(endpoint.value, DeliveryClass::retry);
  return query.step() ? query.instant(0) : Instant{};
}

std::vector<std::int64_t> SqliteStore::retries_between(const webhooks::Want& want, Pull& pull) {
  std::vector<std::int64_t> keys;
  Query query((*writer_)["SELECT key, due_at FROM deliveries WHERE endpoint = ?1 AND class = ?2 AND state = 1 AND due_at > ?3 AND due_at <= ?4 "
                         "ORDER BY due_at LIMIT ?5"]);
  query.bind(want.endpoint.value, DeliveryClass::retry, pull.after, *pull.last, want.pull_forward);
  while (query.step()) {
    keys.push_back(query.integer(0));
    pull.after = query.instant(1);
  }
  return keys;
}

void SqliteStore::settle(const webhooks::DeliverySettlement& settlement) {
  const auto& [delivery, next] = std::tie(settlement.delivery, settlement.next);
  if (!leases_.holds(delivery.key, delivery.lease)) return;  // it came too late: somebody else has the delivery, or nobody
  const auto state = state_after(next.verdict);
  const auto due_at = next.verdict == Verdict::retry ? next.due_at : delivery.due_at;
  const auto changed =
      Query((*writer_)["UPDATE deliveries SET state = ?2, class = CASE WHEN ?2 = 1 AND class = 1 THEN 2 ELSE class END, attempts = ?3, "
                       "failures = ?4, due_at = ?5, last_status = ?6, last_error = ?7 WHERE key = ?1 AND state = 1"])
          .bind(delivery.key.value, state, delivery.attempt, next.failures, due_at, settlement.status, settlement.error)
          .run();
  if (changed == 0) return;  // gone with its endpoint or its contact
  for (const auto& attempt : attempts_in(settlement)) insert_attempt(*writer_, delivery.key, attempt);
  release_delivery(*writer_, delivery.endpoint, delivery.contact);  // after a failure, too: some do not wait for what fails
}

void SqliteStore::settle_deliveries(std::span<const webhooks::DeliverySettlement> settlements, std::span<const OperationalEvent> events) {
  const Ahead ahead(*this);
  Writing writing(*this);
  for (const auto& settlement : settlements) {
    settle(settlement);
    if (settlement.endpoint_changed) update_health(*writer_, settlement.endpoint);
  }
  for (const auto& event : events) insert_with_deliveries(event, event.event.at);
  if (strip_kept_events(*writer_, Instant::min()) != 0) truncate_wal_ = true;
  writing.commit();
  for (const auto& settlement : settlements) {
    if (leases_.holds(settlement.delivery.key, settlement.delivery.lease)) leases_.release(settlement.delivery.key);
  }
}

std::vector<webhooks::DeliveryKey> SqliteStore::insert_with_deliveries(const OperationalEvent& event, Instant now) {
  std::vector<webhooks::DeliveryKey> keys;
  const auto cursor = insert_event(*writer_, event.event);
  for (const auto endpoint : event.endpoints)
    keys.push_back(insert_delivery(*writer_, {endpoint, cursor, event.event.contact, class_of(event.event)}, now));
  return keys;
}

std::vector<webhooks::DeliveryKey> SqliteStore::add_event(const OperationalEvent& event, Instant now) {
  Writing writing(*this);
  auto keys = insert_with_deliveries(event, now);
  writing.commit();
  return keys;
}

}  // namespace answerback::storage
