#include "storage/sqlite/turn_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/codec.hpp"
#include "storage/phone_digits.hpp"
#include "storage/sqlite/call_rows.hpp"
#include "storage/sqlite/event_rows.hpp"
#include "storage/sqlite/message_rows.hpp"
#include "storage/sqlite/row_blocks.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/send_rows.hpp"

namespace answerback::storage {

namespace {

ContactHead find_head(Connection& db, engine::ContactKey contact) {
  static const auto sql =
      fmt::format("SELECT {} FROM contacts c LEFT JOIN conversations v ON v.row = c.active_row WHERE c.key = ?1", head_columns);
  Query query(db[sql.c_str()]);
  query.bind(contact.value);
  return query.step() ? read_head(query) : ContactHead{};
}

ContactHead& head_of(Connection& db, TurnMemory& memory, engine::ContactKey contact) {
  const auto [it, fresh] = memory.heads.try_emplace(contact.value);
  if (fresh) it->second = find_head(db, contact);
  return it->second;
}

}  // namespace

ContactHead read_head(const Query& row, int first) {
  ContactHead head;
  head.known = true;
  head.active_row = row.integer(first);
  head.active = row.number(first + 1);
  head.newest = row.integer(head.active_row == 0 ? first + 2 : first + 3);
  head.active_wake_at = row.maybe_instant(first + 4);
  head.active_life = row.integer(first + 5);
  return head;
}

TurnWriter::TurnWriter(Connection& db, TurnMemory& memory, const Commit& commit)
    : db_(db), memory_(memory), commit_(commit), decision_(commit.decision), head_(head_of(db, memory, commit.decision.contact.key)) {}

void TurnWriter::write() {
  if (decision_.cancel_queued) cancel_sends(db_, decision_.contact.key, false);
  if (decision_.message_change) write_change();
  write_messages();
  write_conversations();
  write_contact();
  write_ledger();
  write_outgoing();
  write_calls();
  write_events();
  write_entry();
  write_idempotency();
}

void TurnWriter::write_change() {
  const auto& change = *decision_.message_change;
  const auto row = find_message_row(db_, change.id);
  if (!row) throw Contradiction("a change of an unknown message: " + engine::to_string(change.id));
  if (!change.provider_id.empty()) remember_provider_id(db_, *row, change.provider_id);
  const bool again = change.status == engine::MessageStatus::queued;
  // Cancelled before it started: it stays so.
  if (again && !requeue_send(db_, *row, commit_.send_retry_at.value_or(commit_.at))) return;
  set_message_status(db_, *row, change.status, change.error);
  if (!again && change.status != engine::MessageStatus::sending) {
    finish_send(db_, *row);
  }
}

void TurnWriter::write_messages() {
  for (const auto& message : decision_.messages) {
    const auto& seen = rows_.empty() ? commit_.seen : std::nullopt;
    head_.newest = insert_message(db_, message, head_.newest, seen);
    if (seen) memory_.seen.add(*seen, head_.newest);
    rows_.push_back(head_.newest);
  }
}

void TurnWriter::write_conversations() {
  const auto was_active = head_.active_row;
  for (const auto& conversation : decision_.conversations) write_conversation(conversation);
  if (!rows_.empty()) point_to_newest();
  if (head_.active_row != was_active || (head_.active_row == 0 && !rows_.empty())) contact_stale_ = true;
}

// The row of every conversation that has new messages must lead to them, also when the conversation itself did not change.
void TurnWriter::point_to_newest() {
  std::vector<std::uint64_t> touched;
  if (head_.active != 0) touched.push_back(head_.active);
  for (const auto& message : decision_.messages) touched.push_back(message.id.conversation);
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const auto number : touched) {
    const bool written = std::any_of(decision_.conversations.begin(), decision_.conversations.end(),
                                     [&](const auto& conversation) { return conversation.id.number == number; });
    if (number == 0 || written) continue;
    Query(db_["UPDATE conversations SET last_message = ?3 WHERE contact = ?1 AND number = ?2"])
        .bind(decision_.contact.key.value, number, head_.newest)
        .run();
  }
}

TurnWriter::Place TurnWriter::place_of(const engine::Conversation& conversation) {
  if (conversation.id.number == head_.active) return {head_.active_row, head_.active_wake_at, head_.active_life};
  Query query(db_["SELECT row, wake_at, life FROM conversations WHERE contact = ?1 AND number = ?2"]);
  query.bind(conversation.id.contact.value, conversation.id.number);
  return query.step() ? Place{query.integer(0), query.maybe_instant(1), query.integer(2)} : Place{};
}

void TurnWriter::write_conversation(const engine::Conversation& conversation) {
  const auto place = place_of(conversation);
  const auto row = place.row != 0 ? place.row : insert_conversation(conversation);
  const auto wake_at = place.row != 0 ? update_conversation(place, conversation) : conversation.due_at;
  if (!conversation.is_over()) {
    memory_.gauges.active_conversations += row == head_.active_row ? 0 : 1;
    head_.active_row = row;
    head_.active = conversation.id.number;
    head_.active_wake_at = wake_at;
    head_.active_life = static_cast<std::int64_t>(conversation.life);
  } else if (row == head_.active_row) {
    memory_.gauges.active_conversations -= 1;
    head_.active_row = 0;
    head_.active = 0;
  }
}

// Apart from what every turn changes: the lists' indexes lie over it, and SQLite would write them again though nothing moved.
void TurnWriter::set_life(std::int64_t row, const engine::Conversation& conversation) {
  Query(db_["UPDATE conversations SET life = ?2 WHERE row = ?1"]).bind(row, conversation.life).run();
  if (conversation.is_over()) note_ended(db_, conversation, row);
}

// Returns when it wakes up.
std::optional<Instant> TurnWriter::update_conversation(const Place& place, const engine::Conversation& conversation) {
  const auto state = encode_state(conversation);
  const auto pace = encode_pace(decision_.contact.pace);
  const auto due_at = conversation.is_over() ? std::nullopt : conversation.due_at;
  Query(db_["UPDATE conversations SET reason = ?2, turn = ?3, campaign = ?4, ended_at = ?5, due_at = ?6, "
            "last_message = ?7, state = ?8, revision = ?9, pace = ?10 WHERE row = ?1"])
      .bind(place.row, conversation.reason, conversation.turn, number_of(conversation.campaign), conversation.ended_at,
            due_at, head_.newest, Blob{state}, conversation.revision, conversation.is_over() ? std::nullopt : std::optional(Blob{pace}))
      .run();
  pace_beside_ = !conversation.is_over();
  if (place.life != static_cast<std::int64_t>(conversation.life)) set_life(place.row, conversation);
  const bool wakes_in_time = place.wake_at && due_at && *place.wake_at <= *due_at;
  if (wakes_in_time || place.wake_at == due_at) return place.wake_at;
  Query(db_["UPDATE conversations SET wake_at = ?2 WHERE row = ?1"]).bind(place.row, due_at).run();
  return due_at;
}

std::int64_t TurnWriter::insert_conversation(const engine::Conversation& conversation) {
  const auto state = encode_state(conversation);
  const auto due_at = conversation.is_over() ? std::nullopt : conversation.due_at;
  Query(db_["INSERT INTO conversations(contact, number, flow, revision, life, reason, turn, campaign, started_at, ended_at, "
            "due_at, wake_at, last_message, state) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?11,?12,?13)"])
      .bind(conversation.id.contact.value, conversation.id.number, conversation.flow, conversation.revision, conversation.life,
            conversation.reason, conversation.turn, number_of(conversation.campaign), conversation.started_at,
            conversation.ended_at, due_at, head_.newest, Blob{state})
      .run();
  const auto row = db_.last_row();
  if (conversation.is_over()) note_ended(db_, conversation, row);
  pace_beside_ = !conversation.is_over();  // none yet: the contact's row says so, which is written too
  return row;
}

// Nearly every text changes its contact's pace and, while a conversation goes on, nothing else of its contact. So it is kept in the
// conversation's row, which is written anyway, until that ends; there it counts, and the contact's row has an older one.
void TurnWriter::write_pace_beside() {
  if (!decision_.contact_changed || pace_beside_ || head_.active_row == 0) return;
  const auto pace = encode_pace(decision_.contact.pace);
  Query(db_["UPDATE conversations SET pace = ?2 WHERE row = ?1"]).bind(head_.active_row, Blob{pace}).run();
  pace_beside_ = true;
}

void TurnWriter::write_contact() {
  write_pace_beside();
  const bool changed = decision_.contact_changed && !(decision_.only_pace_changed && pace_beside_);
  if (!changed && !contact_stale_) return;
  if (head_.known) {
    update_contact();
  } else if (decision_.contact_changed) {
    insert_contact();
  } else {
    throw Contradiction("a commit for an unknown contact: " + engine::to_string(decision_.contact.key));
  }
  if (decision_.references_changed) write_references();
}

void TurnWriter::insert_contact() {
  const auto& contact = decision_.contact;
  const auto fields = encode_values(contact.fields);
  Query(db_["INSERT INTO contacts(key, phone, consent, created_at, sequence, conversations, loose_messages, active, active_row, "
            "last_message, fields, pace_since, pace_answered, pace_alike, pace_last, consent_at, yes_until, "
            "spoken) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)"])
      .bind(contact.key.value, phone_digits(contact.phone), contact.consent, contact.created_at, contact.sequence,
            contact.conversations, contact.loose_messages, head_.active, head_.active_row, head_.newest,
            contact.fields.empty() ? std::nullopt : std::optional(Blob{fields}), contact.pace.since, contact.pace.answered,
            contact.pace.alike, contact.pace.last, contact.consent_at, contact.yes_until, contact.spoken)
      .run();
  head_.known = true;
  memory_.gauges.contacts += 1;
}

// The phone stays out of it: it never changes, and its index would be written again.
void TurnWriter::update_contact() {
  const auto& contact = decision_.contact;
  if (!decision_.contact_changed || decision_.only_pace_changed) {
    Query(db_["UPDATE contacts SET active = ?2, active_row = ?3, last_message = ?4, pace_since = ?5, pace_answered = ?6, pace_alike = ?7, "
              "pace_last = ?8 WHERE key = ?1"])
        .bind(contact.key.value, head_.active, head_.active_row, head_.newest, contact.pace.since, contact.pace.answered, contact.pace.alike,
              contact.pace.last)
        .run();
    return;
  }
  const auto fields = encode_values(contact.fields);
  Query(db_["UPDATE contacts SET consent = ?2, sequence = ?3, conversations = ?4, loose_messages = ?5, active = ?6, "
            "active_row = ?7, last_message = ?8, fields = ?9, pace_since = ?10, pace_answered = ?11, pace_alike = ?12, pace_last = ?13, "
            "consent_at = ?14, yes_until = ?15, spoken = ?16 "
            "WHERE key = ?1"])
      .bind(contact.key.value, contact.consent, contact.sequence, contact.conversations, contact.loose_messages, head_.active,
            head_.active_row, head_.newest, contact.fields.empty() ? std::nullopt : std::optional(Blob{fields}), contact.pace.since,
            contact.pace.answered, contact.pace.alike, contact.pace.last, contact.consent_at, contact.yes_until, contact.spoken)
      .run();
}

// Apart from what every text changes: they seldom change, and have indexes.
void TurnWriter::write_references() {
  const auto or_null = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  Query(db_["UPDATE contacts SET external_id = ?2, source = ?3 WHERE key = ?1"])
      .bind(decision_.contact.key.value, or_null(decision_.contact.external_id), or_null(decision_.contact.source))
      .run();
}

void TurnWriter::write_ledger() {
  for (const auto& row : decision_.ledger) {
    const auto conversation = row.message ? std::optional(row.message->conversation) : std::nullopt;
    const auto number = row.message ? std::optional(row.message->number) : std::nullopt;
    Query(db_["INSERT INTO ledger(contact, at, status, source, keyword, text, evidence, message_conversation, message_number, "
              "scope, actor) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"])
        .bind(row.contact.value, row.at, row.status, row.source, row.keyword, row.text, row.evidence, conversation, number,
              row.scope, row.actor)
        .run();
  }
}

void TurnWriter::write_outgoing() {
  for (const auto& outgoing : commit_.outgoing) {
    const auto is_it = [&](const auto& message) { return message.id == outgoing.message; };
    const auto it = std::find_if(decision_.messages.begin(), decision_.messages.end(), is_it);
    if (it == decision_.messages.end()) throw Contradiction("an outgoing text that is not among the commit's messages");
    const auto row = rows_[static_cast<std::size_t>(it - decision_.messages.begin())];
    insert_send(db_, *it, row, outgoing.due_at.value_or(commit_.at));
  }
}

void TurnWriter::write_calls() {
  if (commit_.settled_call) remove_call(db_, *commit_.settled_call);
  for (const auto& conversation : decision_.conversations) {
    if (conversation.is_over()) remove_calls_of(db_, conversation.id);
  }
  for (const auto& call : decision_.calls) insert_call(db_, call, commit_.at);
}

void TurnWriter::write_events() {
  std::vector<std::int64_t> cursors;
  for (const auto& event : commit_.events) cursors.push_back(insert_event(db_, event));
  for (const auto& delivery : commit_.deliveries) {
    const auto& event = commit_.events.at(delivery.event);
    insert_delivery(db_, {delivery.endpoint, cursors.at(delivery.event), event.contact, class_of(event), webhooks::goes_in_turn(event.type)}, commit_.at);
  }
}

void TurnWriter::write_entry() {
  if (decision_.entry) upsert_campaign_entry(db_, *decision_.entry);
}

void TurnWriter::write_idempotency() {
  if (commit_.idempotency) upsert_idempotency(db_, *commit_.idempotency, decision_.contact.key.value);
}

void upsert_campaign_entry(Connection& db, const engine::CampaignEntry& entry) {
  Query(db["INSERT INTO campaign_entries(campaign, contact, state) VALUES (?1, ?2, ?3) "
           "ON CONFLICT(campaign, contact) DO UPDATE SET state = excluded.state"])
      .bind(entry.campaign.value, entry.contact.value, entry.state)
      .run();
}

// The newest answer wins: a key may come again after its record has run out.
void upsert_idempotency(Connection& db, const IdempotencyRecord& record, std::optional<std::int64_t> contact) {
  Query(db["INSERT INTO idempotency(key_hash, contact, fingerprint, status, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
           "ON CONFLICT(key_hash) DO UPDATE SET contact = excluded.contact, fingerprint = excluded.fingerprint, "
           "status = excluded.status, body = excluded.body, at = excluded.at"])
      .bind(record.key_hash, contact, record.fingerprint, record.status, record.body, record.at)
      .run();
}

}  // namespace answerback::storage
