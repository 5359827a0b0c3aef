#include "storage/sqlite/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/codec.hpp"
#include "storage/phone_digits.hpp"

namespace answerback::storage {

namespace {

// What is decoded, or nothing of it.
template <class Decode>
auto whole_or_nothing(const Query& row, Decode&& decode) {
  try {
    return decode();
  } catch (const DamagedBytes&) {
    row.note_damage();
    return decltype(decode()){};
  }
}

Instant instant_of(const Query& row, int column) { return Instant(flows::Duration(std::clamp(row.integer(column), first_instant, last_instant))); }

std::optional<Instant> maybe_instant_of(const Query& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(instant_of(row, column));
}

// One that has a reason has ended, though nobody knows how.
engine::Life read_life(const Query& row, int column, const std::string& reason) {
  return in_doubt(row, column, engine::Life::discarded, reason.empty() ? engine::Life::waiting : engine::Life::bailed);
}

}  // namespace

std::optional<engine::CampaignKey> maybe_campaign(const Query& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(engine::CampaignKey{row.integer(column)});
}

std::optional<std::int64_t> number_of(const std::optional<engine::CampaignKey>& campaign) {
  return campaign ? std::optional(campaign->value) : std::nullopt;
}

engine::Contact read_contact(const Query& row, int first) {
  engine::Contact contact;
  contact.key = {row.integer(first)};
  if (!row.is_null(first + 1)) contact.phone = phone_text(row.integer(first + 1));
  contact.consent = in_doubt(row, first + 2, engine::Consent::opted_out, engine::Consent::opted_out);
  contact.created_at = instant_of(row, first + 3);
  contact.sequence = static_cast<std::uint64_t>(row.integer(first + 4));
  contact.conversations = row.small(first + 5);
  contact.loose_messages = row.small(first + 6);
  contact.active = row.number(first + 7);
  if (!row.is_null(first + 8)) contact.fields = whole_or_nothing(row, [&] { return decode_values(row.blob(first + 8)); });
  contact.pace = {instant_of(row, first + 9), row.small(first + 10), row.small(first + 11), row.small(first + 12)};
  contact.consent_at = instant_of(row, first + 13);
  contact.yes_until = instant_of(row, first + 14);
  contact.spoken = row.text(first + 15);
  if (!row.is_null(first + 16)) contact.external_id = row.text(first + 16);
  if (!row.is_null(first + 17)) contact.source = row.text(first + 17);
  return contact;
}

namespace {

// All but what is in the state.
engine::Conversation read_columns(const Query& row, int first) {
  engine::Conversation conversation;
  conversation.id = {{row.integer(first)}, row.number(first + 1)};
  conversation.flow = row.text(first + 2);
  conversation.revision = row.small(first + 3);
  conversation.reason = row.text(first + 5);
  conversation.life = read_life(row, first + 4, conversation.reason);
  conversation.turn = row.small(first + 6);
  conversation.campaign = maybe_campaign(row, first + 7);
  conversation.started_at = instant_of(row, first + 8);
  conversation.ended_at = instant_of(row, first + 9);
  conversation.due_at = maybe_instant_of(row, first + 10);
  return conversation;
}

}  // namespace

engine::Conversation read_conversation(const Query& row, int first) {
  auto conversation = read_columns(row, first);
  try {
    auto whole = conversation;
    decode_state(row.blob(first + 11), whole);
    return whole;
  } catch (const DamagedBytes&) {
    row.note_damage();
    return conversation;
  }
}

std::optional<engine::Pace> read_pace(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return whole_or_nothing(row, [&] { return std::optional(decode_pace(row.blob(column))); });
}

std::optional<engine::Conversation> conversation_of(Connection& db, const engine::ConversationId& id) {
  static const auto sql = fmt::format("SELECT {} FROM conversations v WHERE v.contact = ?1 AND v.number = ?2", conversation_columns);
  Query query(db[sql.c_str()]);
  query.bind(id.contact.value, id.number);
  return query.step() ? std::optional(read_conversation(query)) : std::nullopt;
}

engine::Message read_message(const Query& row, int first) {
  engine::Message message;
  message.id = {{row.integer(first)}, row.number(first + 1), row.number(first + 2)};
  message.direction = in_doubt(row, first + 3, engine::Direction::out, engine::Direction::out);
  message.status = in_doubt(row, first + 4, engine::MessageStatus::cancelled, engine::MessageStatus::unknown);
  message.at = instant_of(row, first + 5);
  message.from = row.text(first + 6);
  message.to = row.text(first + 7);
  message.text = row.text(first + 8);
  if (!row.is_null(first + 9)) message.media = whole_or_nothing(row, [&] { return decode_texts(row.blob(first + 9)); });
  message.carrier = row.text(first + 10);
  message.error = row.text(first + 11);
  message.exempt = row.flag(first + 12);
  message.expires_at = maybe_instant_of(row, first + 13);
  message.campaign = maybe_campaign(row, first + 14);
  return message;
}

engine::LedgerRow read_ledger_row(const Query& row) {
  engine::LedgerRow entry;
  entry.contact = {row.integer(1)};
  entry.at = instant_of(row, 2);
  entry.status = in_doubt(row, 3, engine::Consent::opted_out, engine::Consent::opted_out);
  entry.source = in_doubt(row, 4, engine::ConsentSource::import_, engine::ConsentSource::manual);
  entry.keyword = row.text(5);
  entry.text = row.text(6);
  entry.evidence = row.text(7);
  if (!row.is_null(9)) entry.message = engine::MessageId{entry.contact, row.number(8), row.number(9)};
  entry.scope = row.text(10);
  entry.actor = row.text(11);
  return entry;
}

}  // namespace answerback::storage
