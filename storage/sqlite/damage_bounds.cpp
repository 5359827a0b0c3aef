#include "storage/sqlite/damage_bounds.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/model.hpp"
#include "storage/sqlite/rows.hpp"
#include "webhooks/delivery.hpp"
#include "webhooks/health.hpp"

namespace answerback::storage {

namespace {

// The statements below are written in these numbers.
static_assert(static_cast<int>(engine::Consent::opted_out) == 3 && static_cast<int>(engine::ConsentSource::manual) == 2);
static_assert(static_cast<int>(engine::ConsentSource::import_) == 4 && static_cast<int>(engine::EntryState::failed) == 5);
static_assert(static_cast<int>(engine::Life::waiting) == 2 && static_cast<int>(engine::Life::discarded) == 5);
static_assert(static_cast<int>(engine::MessageStatus::unknown) == 6 && static_cast<int>(engine::MessageStatus::cancelled) == 9);
static_assert(static_cast<int>(webhooks::DeliveryState::dead) == 4 && static_cast<int>(webhooks::HealthState::disabled) == 3);

constexpr const char* contact = "con(key)";
constexpr const char* conversation = "cnv(contact, number)";
constexpr const char* message = "msg(contact, conversation, number)";
constexpr const char* newest_of_contact = "last_message = coalesce((SELECT max(m.row) FROM messages m WHERE m.contact = contacts.key), 0)";

constexpr std::array rows{
    // In doubt a person has opted out, and the ledger says where that comes from.
    Bound{"contacts", contact, "consent NOT BETWEEN 0 AND 3", "its consent is none", "consent = 3, consent_at = ?1, yes_until = 0", "opted out",
          "INSERT INTO ledger(contact, at, status, source, keyword, text, evidence, scope, actor) "
          "SELECT key, ?1, 3, 2, '', '', 'the consent was damaged: ' || consent, '', 'db mend'"},
    Bound{"contacts", contact, "consent_at <instant>", "the time of its consent is none", "consent_at = ?1", "now"},
    Bound{"contacts", contact, "created_at <instant>", "the time when it was made is none", "created_at = 0", "1970"},
    Bound{"contacts", contact, "yes_until <instant>", "a time is none", "yes_until = 0", "over"},
    // A number of an event that was given before must not be given again.
    Bound{"contacts", contact, "sequence <sequence>", "the count of its events is none",
          "sequence = coalesce((SELECT max(e.sequence) FROM events e WHERE e.contact = contacts.key), 1000000)", "counted on behind its last event"},
    Bound{"contacts", contact, "sequence < (SELECT max(e.sequence) FROM events e WHERE e.contact = contacts.key)", "has events beyond its sequence",
          "sequence = (SELECT max(e.sequence) FROM events e WHERE e.contact = contacts.key)", "counted on behind its last event"},
    Bound{"contacts", contact, "conversations <count>", "the count of its conversations is none",
          "conversations = coalesce((SELECT max(v.number & 4294967295) FROM conversations v WHERE v.contact = contacts.key), 0)", "counted anew"},
    Bound{"contacts", contact, "conversations < (SELECT max(v.number & 4294967295) FROM conversations v WHERE v.contact = contacts.key)",
          "has more conversations than it counts",
          "conversations = (SELECT max(v.number & 4294967295) FROM conversations v WHERE v.contact = contacts.key)", "counted anew"},
    Bound{"contacts", contact, "loose_messages <count>", "the count of its texts is none",
          "loose_messages = coalesce((SELECT max(m.number & 4294967295) FROM messages m WHERE m.contact = contacts.key AND m.conversation = 0), 0)", "counted anew"},
    Bound{"contacts", contact, "pace_since <instant> OR pace_answered <count> OR pace_alike <count> OR pace_last <count>", "its pace is none",
          "pace_since = 0, pace_answered = 0, pace_alike = 0, pace_last = 0", "counted anew"},
    Bound{"contacts", contact, "phone NOT BETWEEN 1 AND 999999999999999", "its phone is none", "phone = NULL", "without a phone, as if it were erased"},
    Bound{"contacts", contact, "last_message NOT BETWEEN 0 AND coalesce((SELECT max(row) FROM messages), 0)", "its newest text is none", newest_of_contact, "found again"},
    Bound{"conversations", conversation, "life NOT BETWEEN 0 AND 5", "its life is none",
          "life = CASE reason WHEN '' THEN 2 ELSE coalesce((SELECT CASE e.type WHEN 'conversation.completed' THEN 3 WHEN 'conversation.bailed' THEN 4 ELSE 5 END "
          "FROM events e WHERE e.contact = conversations.contact AND e.type IN ('conversation.completed', 'conversation.bailed', 'conversation.discarded') "
          "AND json_extract(e.body, '$.data.conversation.id') = cnv(conversations.contact, conversations.number)), 4) END, "
          "due_at = CASE reason WHEN '' THEN due_at END, wake_at = CASE reason WHEN '' THEN wake_at END",
          "what its outcome was, or waiting"},
    Bound{"conversations", conversation, "turn <count>", "its turn is none", "turn = 0", "0"},
    Bound{"conversations", conversation, "revision <count>", "its flow's revision is none",
          "revision = coalesce((SELECT max(f.revision) FROM flows f WHERE f.name = conversations.flow), 0)", "the newest"},
    Bound{"conversations", conversation, "started_at <instant>", "the time of its start is none", "started_at = 0", "1970"},
    Bound{"conversations", conversation, "ended_at <instant>", "the time of its end is none", "ended_at = 0", "1970"},
    Bound{"conversations", conversation, "life >= 3 AND (due_at IS NOT NULL OR wake_at IS NOT NULL)", "has ended and still waits for a timer",
          "due_at = NULL, wake_at = NULL", "without one"},
    Bound{"conversations", conversation, "due_at IS NOT NULL AND coalesce(wake_at > due_at, 1)", "would wake up too late", "wake_at = due_at", "in time"},
    Bound{"conversations", conversation, "due_at <instant> OR wake_at <instant>", "its timer is none", "due_at = ?1, wake_at = ?1", "due at once"},
    Bound{"conversations", conversation, "last_message NOT BETWEEN 0 AND coalesce((SELECT max(row) FROM messages), 0)", "its newest text is none",
          "last_message = coalesce((SELECT max(m.row) FROM messages m WHERE m.contact = conversations.contact), 0)", "found again"},
    // Behind the lives, which it asks for.
    Bound{"contacts", contact,
          "(active_row <> 0 OR active <> 0) AND NOT EXISTS (SELECT 1 FROM conversations v WHERE v.row = contacts.active_row AND v.contact = contacts.key "
          "AND v.number = contacts.active AND v.life < 3)",
          "its active conversation is none",
          "active_row = coalesce((SELECT max(v.row) FROM conversations v WHERE v.contact = contacts.key AND v.life < 3), 0), "
          "active = coalesce((SELECT v.number FROM conversations v WHERE v.contact = contacts.key AND v.life < 3 ORDER BY v.row DESC LIMIT 1), 0), "
          "last_message = coalesce((SELECT max(m.row) FROM messages m WHERE m.contact = contacts.key), 0)",
          "the one that has not ended"},
    Bound{"messages", message, "direction NOT BETWEEN 0 AND 1", "its direction is none",
          "direction = coalesce((SELECT '+' || c.phone = messages.recipient FROM contacts c WHERE c.key = messages.contact), 1)", "by its recipient"},
    Bound{"messages", message, "status NOT BETWEEN 0 AND 9", "its status is none",
          "status = CASE direction WHEN 0 THEN 0 ELSE coalesce((SELECT CASE s.state WHEN 2 THEN 2 ELSE 1 END FROM sends s WHERE s.message = messages.row), 6) END",
          "what the queue of texts says, or unknown"},
    Bound{"messages", message, "at <instant>", "its time is none", "at = 0", "1970"},
    Bound{"messages", message, "expires_at <instant>", "its last time is none", "expires_at = at", "over"},
    Bound{"messages", message, "exempt NOT BETWEEN 0 AND 1", "a mark of it is none", "exempt = 0", "not set"},
    Bound{"messages", message, "previous NOT BETWEEN 0 AND row - 1", "does not lead back to the text before it",
          "previous = coalesce((SELECT max(m.row) FROM messages m WHERE m.contact = messages.contact AND m.row < messages.row), 0)", "linked again"},
    Bound{"ledger", "'ledger row ' || row || ' of ' || con(contact)", "status NOT BETWEEN 0 AND 3", "its status is none", "status = 3", "opted out"},
    Bound{"ledger", "'ledger row ' || row || ' of ' || con(contact)", "source NOT BETWEEN 0 AND 4", "its source is none", "source = 2", "manual"},
    Bound{"ledger", "'ledger row ' || row || ' of ' || con(contact)", "at <instant>", "its time is none", "at = ?1", "now"},
    Bound{"sends", "'send ' || message", "state NOT BETWEEN 0 AND 2", "its state is none",
          "state = message = (SELECT min(s.message) FROM sends s WHERE s.contact = sends.contact)", "queued"},
    Bound{"sends", "'send ' || message", "attempts <count>", "the count of its attempts is none", "attempts = 1", "1"},
    Bound{"sends", "'send ' || message", "due_at <instant>", "its time is none", "due_at = ?1", "due"},
    Bound{"deliveries", "dlv(key)", "state NOT IN (0, 1, 3, 4)", "its state is none", "state = 1", "pending"},
    Bound{"deliveries", "dlv(key)", "class NOT BETWEEN 0 AND 2", "its class is none", "class = 2", "a retry"},
    Bound{"deliveries", "dlv(key)", "attempts <count> OR failures <count>", "the count of its attempts is none",
          "attempts = (SELECT count(*) FROM attempts a WHERE a.delivery = deliveries.key), failures = 0", "counted anew"},
    Bound{"deliveries", "dlv(key)", "due_at <instant> OR created_at <instant>", "its time is none",
          "due_at = ?1, created_at = CASE WHEN created_at <instant> THEN ?1 ELSE created_at END", "due"},
    Bound{"campaign_entries", "cmp(campaign) || ' with ' || con(contact)", "state NOT BETWEEN 0 AND 5", "its state is none", "state = 5", "failed"},
    Bound{"endpoints", "ep(key)", "health NOT BETWEEN 0 AND 3", "its health is none", "health = 3, health_reason = 'operator'", "disabled until somebody enables it"},
    Bound{"endpoints", "ep(key)", "failures <count> OR ramp <count> OR disabled_count <count> OR paused_until <instant>", "a count of its health is none",
          "failures = 0, ramp = 0, paused_until = 0, disabled_count = CASE WHEN disabled_count <count> THEN 0 ELSE disabled_count END", "counted anew"},
};

void put(std::string& text, std::string_view what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
}

}  // namespace

std::span<const Bound> bounds() { return rows; }

std::string filled(const char* condition) {
  std::string sql = condition;
  put(sql, "<count>", "NOT BETWEEN 0 AND 4294967295");
  put(sql, "<sequence>", "NOT BETWEEN 0 AND 9007199254740991");  // what JSON's numbers hold (RFC 8259 section 6)
  put(sql, "<instant>", fmt::format("NOT BETWEEN {} AND {}", first_instant, last_instant));
  return sql;
}

}  // namespace answerback::storage
