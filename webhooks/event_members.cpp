#include "webhooks/event_members.hpp"

#include <algorithm>

#include "flows/text/text.hpp"
#include "webhooks/json.hpp"

namespace answerback::webhooks {

namespace {

using engine::Contact;

bool is_changed(const flows::Values& before, const std::pair<std::string, flows::Value>& now) {
  const auto* value = flows::find(before, now.first);
  return value == nullptr || *value != now.second;
}

// What `one` has otherwise than `other`; null where it has nothing.
flows::Values differing_fields(const Contact& one, const Contact& other) {
  flows::Values found;
  for (const auto& field : one.fields) {
    if (is_changed(other.fields, field)) found.push_back(field);
  }
  for (const auto& field : other.fields) {
    if (flows::find(one.fields, field.first) == nullptr) found.emplace_back(field.first, std::monostate{});
  }
  return found;
}

void write_difference(JsonWriter& out, std::string_view name, const Contact& one, const Contact& other) {
  out.name(name);
  out.open_object();
  const auto member = [&](std::string_view part, const std::string& its, const std::string& theirs) {
    if (its != theirs) out.member_or_null(part, its);
  };
  member("external_id", one.external_id, other.external_id);
  member("source", one.source, other.source);
  member("language", one.spoken, other.spoken);
  if (const auto fields = differing_fields(one, other); !fields.empty()) {
    out.name("fields");
    write(out, fields);
  }
  out.close_object();
}

void write_left_question(JsonWriter& out, const engine::Rare<engine::LeftQuestion>& left) {
  out.name("question");
  if (!left) return out.value(nullptr);
  out.open_object();
  out.member("step", left->step);
  out.member("text", left->question);
  write_instant(out, "asked_at", left->asked_at);
  out.name("not_understood");
  out.open_array();
  for (const auto& reply : left->not_understood) {
    out.open_object();
    out.member("reply", reply.reply);
    out.member("cause", reply.cause);
    write_instant(out, "at", reply.at);
    out.close_object();
  }
  out.close_array();
  out.close_object();
}

void write_line(JsonWriter& out, const engine::Message& message) {
  out.open_object();
  out.member("id", engine::to_string(message.id));
  out.member("direction", engine::to_string(message.direction));
  out.member("text", flows::clipped(message.text, max_transcript_text_bytes));
  out.name("media");
  write(out, flows::Value(message.media));
  out.member("status", engine::to_string(message.status));
  write_instant(out, "at", message.at);
  out.close_object();
}

bool is_whole(const engine::Event& event) {
  const auto fits = [](const engine::Message& message) { return message.text.size() <= max_transcript_text_bytes; };
  return event.transcript.size() >= event.conversation->messages() && std::all_of(event.transcript.begin(), event.transcript.end(), fits);
}

}  // namespace

void write_consent(JsonWriter& out, const engine::Event& event) {
  const auto& row = *event.consent;
  out.name("consent");
  out.open_object();
  out.member("status", engine::to_string(row.status));
  out.member("source", engine::to_string(row.source));
  out.member_or_null("keyword", row.keyword);
  out.member_or_null("text", row.text);
  out.member_or_null("message_id", row.message ? to_string(*row.message) : std::string());
  out.member("scope", row.scope);
  out.member("at", flows::to_iso8601(row.at));
  out.member_or_null("evidence", row.evidence);
  out.member_or_null("note", event.note);
  out.member_or_null("actor", row.actor);
  out.close_object();
}

void write_changes(JsonWriter& out, const engine::Event& event) {
  const auto& previous = event.previous ? *event.previous : event.contact;
  write_difference(out, "changed", event.contact, previous);
  write_difference(out, "previous", previous, event.contact);
}

void write_handover(JsonWriter& out, const engine::Event& event, bool shortened) {
  out.name("handover");
  out.open_object();
  out.member_or_null("step", event.last_step);
  out.member_or_null("detail", event.detail);
  out.member_or_null("phrase", event.conversation->phrase);
  write_left_question(out, event.conversation->left);
  out.name("transcript");
  out.open_array();
  for (const auto& message : event.transcript) write_line(out, message);
  out.close_array();
  out.member("truncated", shortened || !is_whole(event));
  out.member("whole_at", "/v1/conversations/" + engine::to_string(event.conversation->id));
  out.close_object();
}

}  // namespace answerback::webhooks
