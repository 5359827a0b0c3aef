// Rows of people and conversations as values. Each reader takes the first of its columns; the column lists stand beside.
#pragma once

#include <string>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// With table aliases c, v, m, so that they can be joined.
inline constexpr const char* contact_columns =
    "c.key, c.phone, c.consent, c.created_at, c.sequence, c.conversations, c.loose_messages, c.active, c.fields, "
    "c.pace_since, c.pace_answered, c.pace_alike, c.pace_last, c.consent_at, c.yes_until, c.spoken, c.external_id, c.source";
inline constexpr int contact_width = 18;
inline constexpr const char* conversation_columns =
    "v.contact, v.number, v.flow, v.revision, v.life, v.reason, v.turn, v.campaign, v.started_at, v.ended_at, v.due_at, v.state";
inline constexpr int conversation_width = 12;
inline constexpr const char* message_columns =
    "m.contact, m.conversation, m.number, m.direction, m.status, m.at, m.sender, m.recipient, m.text, m.media, m.carrier, "
    "m.error, m.exempt, m.expires_at, m.campaign";
inline constexpr int message_width = 15;

// None of these throws for a damaged row: one person's row must not hold up a batch, a lane or a list of others. What it holds is read in doubt:
// a contact has opted out, a conversation that can't be read stands nowhere, so that the engine ends it as `flow_error` at its next stimulus,
// and a text may or may not have left. `db check` names such rows, `db mend` (damage.cpp) writes the same into them.
engine::Contact read_contact(const Query& row, int first = 0);
engine::Conversation read_conversation(const Query& row, int first = 0);
// The one that is kept beside an active conversation; nothing when there is none, or when it is damaged: then the contact's counts.
std::optional<engine::Pace> read_pace(const Query& row, int column);
engine::Message read_message(const Query& row, int first = 0);
engine::LedgerRow read_ledger_row(const Query& row);  // all columns of ledger, in the table's order

// A small number that must name a value of an enum up to `last`; any other is what counts in doubt.
template <class Enum>
Enum in_doubt(const Query& row, int column, Enum last, Enum doubtful) {
  const auto value = row.integer(column);
  if (value >= 0 && value <= static_cast<std::int64_t>(last)) return static_cast<Enum>(value);
  row.note_damage();
  return doubtful;
}

// Instants that can be written: years 1 to 9999.
inline constexpr std::int64_t first_instant = -62'135'596'800'000, last_instant = 253'402'300'799'999;

std::optional<engine::Conversation> conversation_of(Connection& db, const engine::ConversationId& id);

std::optional<engine::CampaignKey> maybe_campaign(const Query& row, int column);
std::optional<std::int64_t> number_of(const std::optional<engine::CampaignKey>& campaign);

}  // namespace answerback::storage
