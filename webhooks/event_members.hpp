// The larger members of an event's data.
#pragma once

#include "engine/decide.hpp"
#include "webhooks/json_writer.hpp"

namespace answerback::webhooks {

// {"status","source","keyword","text","message_id","scope","at","evidence","note","actor"}
void write_consent(JsonWriter& out, const engine::Event& event);

// Of contact.updated: `changed` and `previous`, each with those parts of the contact alone that are not what they were.
void write_changes(JsonWriter& out, const engine::Event& event);

// Each text of a handover's transcript is cut at so many bytes; how many texts there are is up to who reads them from the store.
inline constexpr std::size_t max_transcript_text_bytes = 1'000;

// Of conversation.bailed: what the person needs who takes over. `shortened`: the event was made shorter to fit.
void write_handover(JsonWriter& out, const engine::Event& event, bool shortened);

}  // namespace answerback::webhooks
