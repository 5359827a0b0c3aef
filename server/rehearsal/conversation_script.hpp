// What happens in a conversation, turn by turn: who it is with, when it begins, what the contact does. What a conversation test
// says, what `chat` saves and what `test --generate` finds; read from and written to *.test.json.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "flows/fields.hpp"
#include "server/rehearsal/rehearsal.hpp"

namespace answerback::server {

// When a script names no time: a Monday, in nobody's night on the American continent.
inline constexpr auto usual_start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours(15);

struct ScriptTurn {
  enum class Kind : std::uint8_t {
    start,       // by the API
    start_text,  // by a text
    reply,
    wait,
    call,        // the pending HTTP request is answered
  };
  Kind kind = Kind::start;
  std::string text;                // of start_text and reply
  std::vector<std::string> media;  // of reply
  flows::Duration wait{0};
  int status = 0;                  // of call; 0 = it fails without an answer
  std::string body;                // of call: JSON
  std::string expected_call;       // of call: what the request must be, as a JSON object of the members that count; "" = anything
  std::size_t index = 0;           // in the file
};

struct ConversationScript {
  std::string title;
  std::string flow;                // the flow's file, as the script names it
  engine::Values contact;          // its fields
  std::string phone{rehearsed_phone};
  std::optional<engine::ContactKey> as;  // which contact: weighted splits choose by it
  engine::Instant at = usual_start;
  std::vector<ScriptTurn> turns;
};

// Problems go to the report; the script is usable when there were none. `expect` of each turn and `outcome` are left to the caller.
ConversationScript read_script(const flows::Json& json, flows::Report& report);
nlohmann::ordered_json to_json(const ConversationScript& script);

// A rehearsal of it, not begun. `flows`: the flow itself, then those that it runs.
std::unique_ptr<Rehearsal> rehearse(const ConversationScript& script, const std::vector<flows::FlowPtr>& flows);

// Lets one turn happen. A call that nobody waits for leads to nothing.
Heard play(Rehearsal& rehearsal, const ScriptTurn& turn);

// "reply \"3\""
std::string describe(const ScriptTurn& turn);

}  // namespace answerback::server
