// Queries about contacts, conversations and messages.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "storage/phone_digits.hpp"
#include "storage/scan.hpp"
#include "storage/sqlite/merged_rows.hpp"
#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_store_impl.hpp"

namespace answerback::storage {

namespace {

bool fits(const engine::Conversation& conversation, const ConversationFilter& filter) {
  if (filter.active && *filter.active == conversation.is_over()) return false;
  if (!filter.flow.empty() && filter.flow != conversation.flow) return false;
  return !filter.outcome || engine::outcome_of(conversation.life) == filter.outcome;
}

std::vector<std::string> flows_of_active(Connection& db) {
  std::vector<std::string> flows;
  for (std::string last;;) {
    Query query(db["SELECT min(flow) FROM conversations WHERE life < 3 AND flow > ?1"]);
    query.bind(last);
    if (!query.step() || query.is_null(0)) return flows;
    flows.push_back(last = query.text(0));
  }
}

void add_active(Connection& db, const std::string& flow, MergedRows& rows) {
  Query line(db["SELECT row FROM conversations WHERE life < 3 AND flow = ?1 AND row < ?2 ORDER BY row DESC LIMIT ?3"]);
  rows.add(line.bind(flow, rows.place(), rows.wanted()));
}

// Every contact's, by flow, by whether they go on, or by outcome.
Page<engine::Conversation> conversations_in(Connection& db, const ConversationFilter& filter, const PageRequest& page) {
  static const auto one = fmt::format("SELECT {} FROM conversations v WHERE v.row = ?1", conversation_columns);
  MergedRows rows(page, MergedRows::Order::newest_first);
  const auto flows = [&](bool active) {
    if (!filter.flow.empty()) return std::vector{filter.flow};
    return active ? flows_of_active(db) : flows_of_ended(db);
  };
  if (filter.active.value_or(true) && !filter.outcome)
    for (const auto& flow : flows(true)) add_active(db, flow, rows);
  if (!filter.active.value_or(false))
    for (const auto& flow : flows(false))
      for (const auto life : {engine::Life::completed, engine::Life::bailed, engine::Life::discarded})
        if (!filter.outcome || engine::outcome_of(life) == filter.outcome) add_ended(db, flow, life, rows);
  PageScan<engine::Conversation> scan(page);
  for (const auto row : rows.take()) {
    Query query(db[one.c_str()]);
    query.bind(row);
    if (!query.step() || !scan.take(row, read_conversation(query))) break;
  }
  return scan.result();
}

bool fits(const engine::Message& message, const MessageFilter& filter) {
  return (!filter.direction || *filter.direction == message.direction) && (!filter.status || *filter.status == message.status);
}

std::int64_t below(const PageRequest& page) { return page.after > 0 ? page.after : std::numeric_limits<std::int64_t>::max(); }

// One contact's: along the chain, so that no index over messages is needed.
Page<engine::Message> messages_of(Connection& db, engine::ContactKey contact, const MessageFilter& filter, const PageRequest& page) {
  PageScan<engine::Message> scan(page);
  const auto start = page.after > 0 ? previous_message(db, page.after) : newest_message(db, contact);
  walk_back(db, start, [&](std::int64_t row, engine::Message message) {
    if (message.id.contact != contact) return false;  // a cursor of another list
    return fits(message, filter) ? scan.take(row, std::move(message)) : scan.skip(row);
  });
  return scan.result();
}

Page<engine::Message> all_messages(Connection& db, const MessageFilter& filter, const PageRequest& page) {
  static const auto sql = fmt::format("SELECT {}, m.row FROM messages m WHERE m.row < ?1 ORDER BY m.row DESC", message_columns);
  PageScan<engine::Message> scan(page);
  Query query(db[sql.c_str()]);
  query.bind(below(page));
  for (bool more = true; more && query.step();) {
    auto message = read_message(query);
    const auto row = query.integer(message_width);
    more = fits(message, filter) ? scan.take(row, std::move(message)) : scan.skip(row);
  }
  return scan.result();
}

// Texts that are still to leave stand in the queue, and what became of a text that did not just leave has an index.
Page<engine::Message> messages_in(Connection& db, const MessageFilter& filter, const PageRequest& page) {
  const bool waits = *filter.status <= engine::MessageStatus::sending;
  MergedRows rows(page, MergedRows::Order::newest_first);
  Query line(db[waits ? "SELECT m.row FROM sends s JOIN messages m ON m.row = s.message WHERE m.status = ?1 AND s.message < ?2 ORDER BY s.message DESC LIMIT ?3"
                      : "SELECT row FROM messages WHERE status >= 4 AND status = ?1 AND row < ?2 ORDER BY row DESC LIMIT ?3"]);
  rows.add(line.bind(*filter.status, rows.place(), rows.wanted()));
  PageScan<engine::Message> scan(page);
  for (const auto row : rows.take()) {
    auto message = message_at(db, row);
    if (message && !(fits(*message, filter) ? scan.take(row, std::move(*message)) : scan.skip(row))) break;
  }
  return scan.result();
}

bool is_indexed(engine::MessageStatus status) {
  using enum engine::MessageStatus;
  return status != received && status != sent;
}

}  // namespace

std::optional<engine::Contact> SqliteStore::find_contact(const std::string& phone) {
  static const auto sql = fmt::format("SELECT {} FROM contacts c WHERE c.phone = ?1", contact_columns);
  Reading reading(*this);
  Query query(reading.db[sql.c_str()]);
  query.bind(phone_digits(phone));
  return query.step() ? std::optional(read_contact(query)) : std::nullopt;
}

std::optional<engine::Contact> SqliteStore::find_contact(engine::ContactKey key) {
  static const auto sql = fmt::format("SELECT {} FROM contacts c WHERE c.key = ?1", contact_columns);
  Reading reading(*this);
  Query query(reading.db[sql.c_str()]);
  query.bind(key.value);
  return query.step() ? std::optional(read_contact(query)) : std::nullopt;
}

Page<engine::Contact> SqliteStore::list_contacts(const ContactFilter& filter, const PageRequest& page) {
  static const auto select = fmt::format("SELECT {} FROM contacts c WHERE c.key < ?1 ", contact_columns);
  static const auto all = select + "ORDER BY c.key DESC";
  static const auto by_external_id = select + "AND c.external_id = ?2 AND (?3 = '' OR c.source = ?3)";
  static const auto by_source = select + "AND c.source = ?2 ORDER BY c.key DESC";
  PageScan<engine::Contact> scan(page);
  Reading reading(*this);
  const auto& sql = !filter.external_id.empty() ? by_external_id : !filter.source.empty() ? by_source : all;
  Query query(reading.db[sql.c_str()]);
  query.bind(below(page));
  if (!filter.external_id.empty()) query.bind(filter.external_id);
  if (!filter.external_id.empty() || !filter.source.empty()) query.bind(filter.source);
  for (bool more = true; more && query.step();) {
    auto contact = read_contact(query);
    const auto cursor = contact.key.value;
    more = scan.take(cursor, std::move(contact));
  }
  return scan.result();
}

std::optional<engine::Conversation> SqliteStore::find_conversation(const engine::ConversationId& id) {
  Reading reading(*this);
  return conversation_of(reading.db, id);
}

Page<engine::Conversation> SqliteStore::list_conversations(const ConversationFilter& filter, const PageRequest& page) {
  static const auto all = fmt::format("SELECT {}, v.row FROM conversations v WHERE v.row < ?1 ORDER BY v.row DESC", conversation_columns);
  static const auto of_contact = fmt::format(
      "SELECT {}, v.number FROM conversations v WHERE v.number < ?1 AND v.contact = ?2 ORDER BY v.number DESC", conversation_columns);
  constexpr int cursor_column = 12;
  PageScan<engine::Conversation> scan(page);
  Reading reading(*this);
  if (!filter.contact && (filter.active || filter.outcome || !filter.flow.empty())) return conversations_in(reading.db, filter, page);
  Query query(reading.db[filter.contact ? of_contact.c_str() : all.c_str()]);
  query.bind(below(page));
  if (filter.contact) query.bind(filter.contact->value);
  for (bool more = true; more && query.step();) {
    auto conversation = read_conversation(query);
    const auto cursor = query.integer(cursor_column);
    more = fits(conversation, filter) ? scan.take(cursor, std::move(conversation)) : scan.skip(cursor);
  }
  return scan.result();
}

Page<engine::Message> SqliteStore::list_messages(const MessageFilter& filter, const PageRequest& page) {
  Reading reading(*this);
  if (filter.contact) return messages_of(reading.db, *filter.contact, filter, page);
  // What came in was received, all of it, and nothing else was.
  const bool is_in = filter.status == engine::MessageStatus::received;
  if (filter.status && filter.direction && is_in != (filter.direction == engine::Direction::in)) return {};
  if (filter.status && is_indexed(*filter.status)) return messages_in(reading.db, filter, page);
  return all_messages(reading.db, filter, page);
}

std::vector<engine::Message> SqliteStore::transcript(const engine::ConversationId& id) {
  Reading reading(*this);
  const auto conversation = conversation_of(reading.db, id);
  if (!conversation || conversation->messages() == 0) return {};
  std::vector<engine::Message> messages;
  walk_back(reading.db, conversation_newest_message(reading.db, id), [&](std::int64_t, engine::Message message) {
    if (message.id.conversation != id.number) return true;
    messages.push_back(std::move(message));
    return engine::count_of(messages.back().id.number) > 1;
  });
  std::reverse(messages.begin(), messages.end());
  return messages;
}

std::vector<engine::LedgerRow> SqliteStore::ledger(engine::ContactKey contact) {
  Reading reading(*this);
  Query query(reading.db["SELECT * FROM ledger WHERE contact = ?1 ORDER BY row"]);
  query.bind(contact.value);
  std::vector<engine::LedgerRow> rows;
  while (query.step()) rows.push_back(read_ledger_row(query));
  return rows;
}

}  // namespace answerback::storage
