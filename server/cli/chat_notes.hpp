// What a conversation tells about itself between two turns, one line each: how a reply was read, where it led, what it waits for.
#pragma once

#include <string>
#include <vector>

#include "server/rehearsal/conversation_script.hpp"

namespace answerback::server {

// How the reply was read at the question that waited before it: value, sure or a guess, by which words; or that it was not.
std::vector<std::string> reading_notes(const std::vector<flows::FlowPtr>& flows, const engine::Conversation& before, const Rehearsal& after,
                                       const ScriptTurn& turn);

// The steps that this turn went through: "service -> age".
std::string way_note(const flows::Flow& flow, const engine::Conversation* before, const engine::Conversation& after);

// What comes by itself when nobody writes: "in 1h: a reminder". "" when nothing does.
std::string timer_note(const std::vector<flows::FlowPtr>& flows, const engine::Conversation& conversation, engine::Instant now);

// Answers and variables, one line each.
std::vector<std::string> value_notes(const engine::Conversation& conversation);

// "1 segment, 45 of 160 GSM-7"
std::string segments_note(std::string_view text);

}  // namespace answerback::server
