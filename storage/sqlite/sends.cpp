// The lane of texts: lease, and what the last run left behind.
#include "storage/sqlite/send_rows.hpp"

#include <algorithm>
#include <tuple>

#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

using engine::MessageStatus;

// Texts that may not start are settled on the way; this bounds how many in one call.
constexpr std::size_t max_settled = 256;

struct DueRow {
  std::int64_t message = 0;
  std::uint32_t attempts = 0;
  Instant due_at;
  webhooks::SendLine line;
};

// Every sender of a carrier that texts wait for, found by steps along their index.
std::vector<webhooks::SendLine> waiting_lines(Connection& db) {
  std::vector<webhooks::SendLine> lines;
  for (Query first(db["SELECT carrier, sender FROM sends WHERE state = 1 ORDER BY carrier, sender LIMIT 1"]); first.step();)
    lines.push_back({first.text(0), first.text(1)});
  while (!lines.empty()) {
    Query next(db["SELECT carrier, sender FROM sends WHERE state = 1 AND (carrier, sender) > (?1, ?2) ORDER BY carrier, sender LIMIT 1"]);
    next.bind(lines.back().carrier, lines.back().sender);
    if (!next.step()) break;
    lines.push_back({next.text(0), next.text(1)});
  }
  return lines;
}

// Leased ones are among them. What was never tried is due since it was made, whatever the clock says of that by now.
void add_due_rows(Connection& db, const webhooks::SendLine& line, Instant now, Instant untried_until, std::size_t limit, std::vector<DueRow>& rows) {
  Query query(db["SELECT message, attempts, due_at FROM sends WHERE state = 1 AND carrier = ?4 AND sender = ?5 AND due_at <= ?2 "
                 "AND (due_at <= ?1 OR attempts = 0) ORDER BY due_at, message LIMIT ?3"]);
  query.bind(now, untried_until, limit, line.carrier, line.sender);
  while (query.step()) rows.push_back({query.integer(0), query.small(1), query.instant(2), line});
}

// Soonest first, of every line as many as it has room for and those that are leased.
std::vector<DueRow> due_rows(Connection& db, const webhooks::SendQuota& quota, Instant now, Instant untried_until, std::size_t leased) {
  std::vector<DueRow> rows;
  for (const auto& line : waiting_lines(db)) {
    if (const auto room = quota.room(line); room > 0) add_due_rows(db, line, now, untried_until, room + leased, rows);
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return std::tie(a.due_at, a.message) < std::tie(b.due_at, b.message); });
  return rows;
}

// An erased contact is nobody's to write to, whatever its consent was.
bool may_write_to(Connection& db, const engine::Message& message) {
  Query query(db["SELECT consent, phone FROM contacts WHERE key = ?1"]);
  query.bind(message.id.contact.value);
  if (!query.step() || query.is_null(1)) return false;
  return message.exempt || in_doubt(query, 0, engine::Consent::opted_out, engine::Consent::opted_out) != engine::Consent::opted_out;
}

engine::Message stop_here(Connection& db, std::int64_t row, engine::Message message, MessageStatus status) {
  message.status = status;
  set_message_status(db, row, status, message.error);
  finish_send(db, row);
  return message;
}

}  // namespace

// False when it was leased already.
bool SqliteStore::lease_send(std::int64_t row, std::uint32_t attempts, Instant due_at, Instant now, LeasedSends& into) {
  auto message = message_at(*writer_, row);
  if (!message) {  // damaged: what has no text can't leave, and must not hold up what has
    finish_send(*writer_, row);
    return false;
  }
  if (send_leases_.leased(message->id)) return false;
  if (message->status == MessageStatus::unknown) {  // damaged: it may have left
    stop_here(*writer_, row, std::move(*message), MessageStatus::unknown);
    return true;
  }
  if (message->expires_at && *message->expires_at <= now) {
    into.expired.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::expired));
  } else if (!may_write_to(*writer_, *message)) {
    into.suppressed.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::suppressed));
  } else {
    send_leases_.take(message->id, row, now);
    into.due.push_back({std::move(*message), attempts + 1, due_at});
  }
  return true;
}

LeasedSends SqliteStore::lease_sends(Instant now, webhooks::SendQuota quota) {
  LeasedSends leased;
  send_leases_.drop_expired(now);
  sends_due_until_ = std::max(sends_due_until_, now);
  const Ahead ahead(*this);
  Writing writing(*this);
  for (bool found = true; found && leased.expired.size() + leased.suppressed.size() < max_settled;) {
    found = false;
    for (const auto& row : due_rows(*writer_, quota, now, sends_due_until_, send_leases_.size())) {
      if (quota.room(row.line) == 0) continue;
      const auto before = leased.due.size();
      found = lease_send(row.message, row.attempts, row.due_at, now, leased) || found;
      if (leased.due.size() > before) quota.take(row.line);
    }
  }
  leased.next_due = next_send_due(quota);
  writing.commit();
  return leased;
}

std::optional<Instant> SqliteStore::next_send_due(const webhooks::SendQuota& quota) {
  for (const auto& row : due_rows(*writer_, quota, Instant::max(), Instant::max(), send_leases_.size())) {
    const auto message = message_at(*writer_, row.message);
    if (message && !send_leases_.leased(message->id)) return row.due_at;
  }
  return std::nullopt;
}

webhooks::SendStart SqliteStore::start_send(const webhooks::DueSend& send, Instant now) {
  const auto row = send_leases_.row_of(send.message.id);
  Query query((*writer_)["SELECT 1 FROM sends WHERE message = ?1 AND state = 1 AND attempts + 1 = ?2"]);
  query.bind(row, send.attempt);
  auto message = query.step() ? message_at(*writer_, row) : std::nullopt;
  if (!message || message->id != send.message.id) return webhooks::SendStart::gone;
  if (message->expires_at && *message->expires_at <= now) {
    stop_here(*writer_, row, std::move(*message), MessageStatus::expired);
    return webhooks::SendStart::expired;
  }
  if (!may_write_to(*writer_, *message)) {
    stop_here(*writer_, row, std::move(*message), MessageStatus::suppressed);
    return webhooks::SendStart::suppressed;
  }
  set_message_status(*writer_, row, MessageStatus::sending, message->error);
  Query((*writer_)["UPDATE sends SET state = 2, attempts = ?2 WHERE message = ?1"]).bind(row, send.attempt).run();
  return webhooks::SendStart::go;
}

std::vector<webhooks::SendStart> SqliteStore::start_sends(std::span<const webhooks::DueSend> sends, Instant now) {
  // Whatever comes of it, these are leases no more: the store says on disk how they stand.
  struct Release {
    SendLeases& leases;
    std::span<const webhooks::DueSend> sends;
    ~Release() {
      for (const auto& each : sends) leases.release(each.message.id);
    }
  } const release{send_leases_, sends};
  std::vector<webhooks::SendStart> starts;
  const Ahead ahead(*this);
  Writing writing(*this);
  for (const auto& each : sends) starts.push_back(start_send(each, now));
  writing.commit();
  return starts;
}

std::vector<engine::Message> SqliteStore::recover_sends() {
  std::vector<engine::Message> recovered;
  Writing writing(*this);
  std::vector<std::int64_t> rows;
  {
    Query query((*writer_)["SELECT message FROM sends WHERE state = 2"]);
    while (query.step()) rows.push_back(query.integer(0));
  }
  for (const auto row : rows) {
    auto message = message_at(*writer_, row);
    if (message) recovered.push_back(stop_here(*writer_, row, std::move(*message), MessageStatus::unknown));
  }
  writing.commit();
  return recovered;
}

}  // namespace answerback::storage
