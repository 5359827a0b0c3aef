// The things of the domain as JSON, the same in events and in API answers: written straight into a text, or as a tree.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/model.hpp"
#include "webhooks/json_writer.hpp"

namespace answerback::webhooks {

void write(JsonWriter& out, const flows::Value& value);
void write(JsonWriter& out, const flows::Values& values);
void write(JsonWriter& out, const engine::Interaction& interaction);

// {"id","phone","consent","external_id","source","language","fields"}
void write(JsonWriter& out, const engine::Contact& contact);

// {"id","flow","revision","outcome","reason","started_at","ended_at","messages_in","messages_out","trigger"}
void write(JsonWriter& out, const engine::Conversation& conversation);

// What is known of a conversation beside it, as events tell it.
struct Circumstances {
  std::string_view title, language, our_number;
};
// The same with {"title","language","our_number"}.
void write(JsonWriter& out, const engine::Conversation& conversation, const Circumstances& around);

// {"id","direction","from","to","text","media","status","error","at"}
void write(JsonWriter& out, const engine::Message& message);

// A member that is an instant, or null when it never came.
void write_instant(JsonWriter& out, std::string_view name, engine::Instant at);

// The same as trees.
nlohmann::ordered_json to_json(const flows::Value& value);
nlohmann::ordered_json to_json(const flows::Values& values);
nlohmann::ordered_json to_json(const engine::Interaction& interaction);
nlohmann::ordered_json contact_json(const engine::Contact& contact);
nlohmann::ordered_json conversation_json(const engine::Conversation& conversation);
nlohmann::ordered_json message_json(const engine::Message& message);
nlohmann::ordered_json instant_json(engine::Instant at);

// A value or null.
nlohmann::ordered_json or_null(const std::string& text);

// Minified; bytes that are no UTF-8 become U+FFFD.
std::string dump(const nlohmann::ordered_json& json);

}  // namespace answerback::webhooks
