// The first hot call, and what else the loop asks for before it decides.
#include <fmt/format.h>

#include <algorithm>

#include "storage/dedup.hpp"
#include "storage/phone_digits.hpp"
#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

// Keys promised to phones whose contact was never committed; forgotten beyond this.
constexpr std::size_t max_reserved = 65'536;

std::string load_sql(const char* where) {
  return fmt::format("SELECT {}, {}, {} FROM contacts c LEFT JOIN conversations v ON v.row = c.active_row WHERE {} = ?1",
                     contact_columns, conversation_columns, head_columns, where);
}

std::optional<ContactState> read_state(Query& query, TurnMemory& memory) {
  if (!query.step()) return std::nullopt;
  ContactState state{read_contact(query), false, std::nullopt};
  if (!query.is_null(contact_width)) state.active = read_conversation(query, contact_width);
  constexpr int head = contact_width + conversation_width;
  memory.heads.insert_or_assign(state.contact.key.value, read_head(query, head));
  if (const auto pace = read_pace(query, head + head_pace)) state.contact.pace = *pace;
  return state;
}

std::optional<ContactState> load_by_phone(Connection& db, std::int64_t digits, TurnMemory& memory) {
  static const auto sql = load_sql("c.phone");
  Query query(db[sql.c_str()]);
  return read_state(query.bind(digits), memory);
}

std::optional<ContactState> load_by_key(Connection& db, engine::ContactKey key, TurnMemory& memory) {
  static const auto sql = load_sql("c.key");
  Query query(db[sql.c_str()]);
  return read_state(query.bind(key.value), memory);
}

// Each statement alone would take and drop the WAL's read lock; a bulk call takes it once.
std::optional<Transaction> one_snapshot(Connection& db) {
  if (db.in_transaction()) return std::nullopt;
  return std::optional<Transaction>(std::in_place, db, Transaction::Kind::read);
}

}  // namespace

ContactState SqliteStore::reserve(const std::string& phone) {
  if (reserved_.size() >= max_reserved) reserved_.clear();
  const auto [it, fresh] = reserved_.try_emplace(phone, next_contact_);
  if (fresh) ++next_contact_;
  ContactState state;
  state.is_new = true;
  state.contact.key = {it->second};
  state.contact.phone = phone;
  return state;
}

std::vector<std::optional<ContactState>> SqliteStore::load(std::span<const Address> addresses) {
  const auto snapshot = one_snapshot(*writer_);
  memory_->heads.clear();
  std::vector<std::optional<ContactState>> states;
  states.reserve(addresses.size());
  for (const auto& address : addresses) {
    if (const auto* by_phone = std::get_if<ByPhone>(&address)) {
      auto state = load_by_phone(*writer_, phone_digits(by_phone->phone), *memory_);
      states.push_back(state ? std::move(state) : reserve(by_phone->phone));
    } else {
      states.push_back(load_by_key(*writer_, std::get<engine::ContactKey>(address), *memory_));
    }
  }
  return states;
}

std::vector<std::optional<engine::MessageId>> SqliteStore::seen(std::span<const DedupKey> keys) {
  const auto snapshot = one_snapshot(*writer_);
  std::vector<std::optional<engine::MessageId>> ids;
  ids.reserve(keys.size());
  for (const auto row : memory_->seen.find(keys)) {
    const auto message = row ? message_at(*writer_, *row) : std::nullopt;
    ids.push_back(message ? std::optional(message->id) : std::nullopt);
  }
  return ids;
}

void SqliteStore::commit(std::span<const Commit> commits) {
  Writing writing(*this);
  for (const auto& each : commits) TurnWriter(*writer_, *memory_, each).write();
  writing.commit();
  for (const auto& each : commits) {
    if (each.decision.contact_changed && !reserved_.empty()) reserved_.erase(each.decision.contact.phone);
    if (each.settled_call) call_leases_.release(*each.settled_call);
    if (each.decision.message_change) send_leases_.release(each.decision.message_change->id);
  }
}

std::optional<engine::Conversation> SqliteStore::conversation(const engine::ConversationId& id) { return conversation_of(*writer_, id); }

std::optional<engine::Message> SqliteStore::message(const engine::MessageId& id) {
  const auto row = find_message_row(*writer_, id);
  return row ? message_at(*writer_, *row) : std::nullopt;
}

std::optional<engine::Message> SqliteStore::message_by_provider(const std::string& carrier, const std::string& provider_id) {
  const auto key = dedup_key(carrier, provider_id);
  const std::string bytes(key.begin(), key.end());
  Query query((*writer_)["SELECT message FROM provider_ids WHERE key = ?1"]);
  query.bind(Blob{bytes});
  return query.step() ? message_at(*writer_, query.integer(0)) : std::nullopt;
}

std::optional<engine::CampaignEntry> SqliteStore::campaign_entry(engine::CampaignKey campaign, engine::ContactKey contact) {
  Query query((*writer_)["SELECT state FROM campaign_entries WHERE campaign = ?1 AND contact = ?2"]);
  query.bind(campaign.value, contact.value);
  if (!query.step()) return std::nullopt;
  return engine::CampaignEntry{campaign, contact, in_doubt(query, 0, engine::EntryState::failed, engine::EntryState::failed)};
}

std::optional<engine::ContactKey> SqliteStore::external_id_owner(const std::string& external_id) {
  Query query((*writer_)["SELECT key FROM contacts WHERE external_id = ?1"]);
  query.bind(external_id);
  return query.step() ? std::optional(engine::ContactKey{query.integer(0)}) : std::nullopt;
}

std::optional<engine::Conversation> SqliteStore::last_conversation(engine::ContactKey contact) {
  static const auto sql = fmt::format("SELECT {} FROM conversations v WHERE v.contact = ?1 ORDER BY v.row DESC LIMIT 1", conversation_columns);
  Query query((*writer_)[sql.c_str()]);
  query.bind(contact.value);
  return query.step() ? std::optional(read_conversation(query)) : std::nullopt;
}

// While a conversation runs there is hardly a text of its contact that is not its own.
std::vector<engine::Message> SqliteStore::newest_messages(const engine::ConversationId& id, std::size_t limit) {
  std::vector<engine::Message> messages;
  auto looked_at = limit * 2;
  try {
    walk_back(*writer_, conversation_newest_message(*writer_, id), [&](std::int64_t, engine::Message message) {
      if (message.id.contact == id.contact && message.id.conversation == id.number) messages.push_back(std::move(message));
      return messages.size() < limit && --looked_at > 0;
    });
  } catch (const StoreError&) {  // a damaged chain tells less, and keeps no conversation from ending
  }
  std::reverse(messages.begin(), messages.end());
  return messages;
}

std::optional<IdempotencyRecord> SqliteStore::idempotency(const std::string& key_hash) {
  Query query((*writer_)["SELECT fingerprint, status, body, at FROM idempotency WHERE key_hash = ?1"]);
  query.bind(key_hash);
  if (!query.step()) return std::nullopt;
  return IdempotencyRecord{key_hash, query.text(0), static_cast<int>(query.integer(1)), query.text(2), query.instant(3)};
}

}  // namespace answerback::storage
