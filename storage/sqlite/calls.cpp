// The lane of calls: lease, try again, and what has run out of time.
#include "storage/codec.hpp"
#include "storage/sqlite/call_rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

// Of these a lease looks at no more; the next one goes on behind them.
constexpr std::size_t max_hosts_looked_at = 256;
constexpr std::size_t max_overdue_removed = 1'000;

void note(std::optional<Instant>& soonest, std::optional<Instant> at) {
  if (at && (!soonest || *at < *soonest)) soonest = at;
}

// From behind `after` up to and with `last`.
void add_hosts(Connection& db, std::string after, const std::string& last, std::vector<std::string>& hosts) {
  while (hosts.size() < max_hosts_looked_at) {
    Query query(db["SELECT host FROM calls WHERE host > ?1 ORDER BY host LIMIT 1"]);
    query.bind(after);
    if (!query.step()) return;
    after = query.text(0);
    if (!last.empty() && after > last) return;
    hosts.push_back(after);
  }
}

std::vector<std::string> hosts_in_turn(Connection& db, const std::string& last_host) {
  std::vector<std::string> hosts;
  add_hosts(db, last_host, "", hosts);
  if (!last_host.empty()) add_hosts(db, "", last_host, hosts);
  return hosts;
}

webhooks::DueCall read_call(const Query& row) {
  webhooks::DueCall call;
  auto& request = call.request;
  request.conversation = {{row.integer(0)}, row.number(1)};
  request.turn = row.small(2);
  call.due_at = row.instant(3);
  request.give_up_at = row.instant(4);
  call.attempt = row.small(5) + 1;
  request.method = row.text(6);
  request.url = row.text(7);
  request.body = row.text(8);
  request.origin = row.small(12);
  try {
    request.headers = decode_pairs(row.blob(9));
    request.secret_headers = decode_pairs(row.blob(10));
    request.save = decode_pairs(row.blob(11));
  } catch (const DamagedBytes& damage) {
    throw StoreError("the call " + webhooks::to_string(webhooks::key_of(request)) + " is damaged: " + damage.what());
  }
  return call;
}

bool any_overdue(Connection& db, Instant now) {
  Query query(db["SELECT 1 FROM calls WHERE give_up_at <= ?1 LIMIT 1"]);
  query.bind(now);
  return query.step();
}

}  // namespace

void insert_call(Connection& db, const engine::CallRequest& call, Instant due_at) {
  const auto headers = encode_pairs(call.headers);
  const auto secret_headers = encode_pairs(call.secret_headers);
  const auto save = encode_pairs(call.save);
  Query(db["INSERT INTO calls(contact, conversation, turn, host, due_at, give_up_at, attempts, method, url, headers, secret_headers, "
           "body, save, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"])
      .bind(call.conversation.contact.value, call.conversation.number, call.turn, webhooks::host_of(call), due_at, call.give_up_at,
            call.method, call.url, Blob{headers}, Blob{secret_headers}, call.body, Blob{save}, call.origin)
      .run();
}

void remove_call(Connection& db, const webhooks::CallKey& key) {
  Query(db["DELETE FROM calls WHERE contact = ?1 AND conversation = ?2 AND turn = ?3"])
      .bind(key.conversation.contact.value, key.conversation.number, key.turn)
      .run();
}

void remove_calls_of(Connection& db, const engine::ConversationId& conversation) {
  Query(db["DELETE FROM calls WHERE contact = ?1 AND conversation = ?2"]).bind(conversation.contact.value, conversation.number).run();
}

void remove_calls_of(Connection& db, engine::ContactKey contact) {
  Query(db["DELETE FROM calls WHERE contact = ?1"]).bind(contact.value).run();
}

// Their conversations go on by a timer of their own.
void SqliteStore::remove_overdue_calls(Instant now) {
  if (!any_overdue(*writer_, now)) return;
  Writing writing(*this);
  Query((*writer_)["DELETE FROM calls WHERE row IN (SELECT row FROM calls WHERE give_up_at <= ?1 LIMIT ?2)"])
      .bind(now, max_overdue_removed)
      .run();
  writing.commit();
}

void SqliteStore::lease_calls_to(const std::string& host, std::uint32_t slots, Instant now, webhooks::LeasedCalls& into) {
  // One more than may be taken, to know when the next one is due.
  Query query((*writer_)["SELECT contact, conversation, turn, due_at, give_up_at, attempts, method, url, body, headers, secret_headers, save, origin "
                         "FROM calls WHERE host = ?1 ORDER BY due_at, row LIMIT ?2"]);
  query.bind(host, call_leases_.leased_of(host) + slots + 1);
  while (query.step()) {
    auto call = read_call(query);
    if (call_leases_.leased(webhooks::key_of(call.request))) continue;
    if (slots == 0 || call.due_at > now) return note(into.next_due, call.due_at);
    --slots;
    into.due.push_back(std::move(call));
  }
}

webhooks::LeasedCalls SqliteStore::lease_calls(Instant now, std::uint32_t slots, std::uint32_t per_host) {
  call_leases_.drop_expired(now);
  remove_overdue_calls(now);
  webhooks::LeasedCalls leased;
  for (const auto& host : hosts_in_turn(*writer_, call_leases_.last_host)) {
    const auto room = std::min(call_leases_.room(host, per_host), slots - static_cast<std::uint32_t>(leased.due.size()));
    if (room == 0) continue;  // something under way there leads back here when it is settled
    lease_calls_to(host, room, now, leased);
    call_leases_.last_host = host;
  }
  Query query((*writer_)["SELECT min(give_up_at) FROM calls"]);
  if (query.step()) note(leased.next_due, query.maybe_instant(0));
  for (const auto& call : leased.due) call_leases_.take(call.request);
  return leased;
}

void SqliteStore::retry_calls(std::span<const webhooks::CallSettlement> settlements) {
  Writing writing(*this);
  for (const auto& each : settlements) {
    const auto& request = each.call.request;
    Query((*writer_)["UPDATE calls SET due_at = ?4, attempts = ?5 WHERE contact = ?1 AND conversation = ?2 AND turn = ?3"])
        .bind(request.conversation.contact.value, request.conversation.number, request.turn, each.retry_at, each.call.attempt)
        .run();
  }
  writing.commit();
  for (const auto& each : settlements) call_leases_.release(webhooks::key_of(each.call.request));
}

}  // namespace answerback::storage
